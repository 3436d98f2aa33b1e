package io.fermata.conformance.fuzz;

import io.fermata.conformance.fuzz.Node.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a program smaller as long as something stays true of it. */
final class Shrinker {
  private static final int MOST_ATTEMPTS = 300;

  private final Predicate<Node> stillFails;
  private int attempts;

  private Shrinker(Predicate<Node> stillFails) {
    this.stillFails = stillFails;
  }

  /** A smaller program of which {@code stillFails} is true, as it is of {@code program}. */
  static Node shrink(Node program, Predicate<Node> stillFails) {
    return new Shrinker(stillFails).shrink(program);
  }

  private Node shrink(Node program) {
    Node smallest = program;
    boolean smaller = true;
    while (smaller && attempts < MOST_ATTEMPTS) {
      Node next = pass(smallest);
      smaller = next.size() < smallest.size();
      smallest = next;
    }
    return smallest;
  }

  /**
   * One walk over all places, from the outside in; each is replaced by the first smaller that
   * fails.
   */
  private Node pass(Node program) {
    Node current = program;
    List<List<Integer>> paths = new ArrayList<>();
    collect(current, List.of(), paths);
    for (List<Integer> path : paths) {
      boolean again = true;
      while (again && attempts < MOST_ATTEMPTS) {
        again = false;
        Node place = at(current, path);
        if (place == null) {
          break;
        }
        for (Node candidate : smallerThan(place)) {
          Node changed = replace(current, path, 0, candidate);
          attempts++;
          if (stillFails.test(changed)) {
            current = changed;
            again = true;
            break;
          }
          if (attempts >= MOST_ATTEMPTS) {
            break;
          }
        }
      }
    }
    return current;
  }

  private static void collect(Node node, List<Integer> path, List<List<Integer>> paths) {
    paths.add(path);
    for (int i = 0; i < node.parts().size(); i++) {
      if (node.parts().get(i) instanceof Node child) {
        List<Integer> longer = new ArrayList<>(path);
        longer.add(i);
        collect(child, longer, paths);
      }
    }
  }

  private static @Nullable Node at(Node root, List<Integer> path) {
    Node node = root;
    for (int index : path) {
      if (index >= node.parts().size() || !(node.parts().get(index) instanceof Node child)) {
        return null;
      }
      node = child;
    }
    return node;
  }

  private static Node replace(Node root, List<Integer> path, int depth, Node replacement) {
    if (depth == path.size()) {
      return replacement;
    }
    int index = path.get(depth);
    Node child = (Node) root.parts().get(index);
    return root.with(index, replace(child, path, depth + 1, replacement));
  }

  private static List<Node> smallerThan(Node node) {
    List<Node> candidates = new ArrayList<>();
    switch (node.kind()) {
      case LIST -> {
        int length = node.parts().size();
        for (int chunk = length; chunk > 0; chunk /= 2) {
          for (int from = 0; from + chunk <= length; from += chunk) {
            candidates.add(node.without(from, from + chunk));
          }
        }
      }
      case STATEMENT -> innerLists(node, candidates);
      case EXPRESSION -> {
        if (node.size() > 1) {
          candidates.add(Node.expression(node.type(), simplest(node.type())));
        }
        innerExpressions(node, node.type(), candidates);
      }
      case OTHER -> {}
    }
    return candidates.stream().filter(candidate -> candidate.size() < node.size()).toList();
  }

  /** The lists of statements in a statement, to stand in its place. */
  private static void innerLists(Node node, List<Node> found) {
    for (Object part : node.parts()) {
      if (part instanceof Node child) {
        if (child.kind() == Kind.LIST) {
          found.add(Node.statement("{\n", child, "}"));
        } else {
          innerLists(child, found);
        }
      }
    }
  }

  private static void innerExpressions(Node node, String type, List<Node> found) {
    for (Object part : node.parts()) {
      if (part instanceof Node child) {
        if (child.kind() == Kind.EXPRESSION && child.type().equals(type)) {
          found.add(child);
        }
        if (child.kind() != Kind.LIST) {
          innerExpressions(child, type, found);
        }
      }
    }
  }

  private static String simplest(String type) {
    return switch (type) {
      case "int" -> "1";
      case "long" -> "1L";
      case "boolean" -> "true";
      case "String" -> "\"s\"";
      case "int[]" -> "new int[] {1, 2}";
      case "Box" -> "new Box(env, 1)";
      case "Integer" -> "Integer.valueOf(1)";
      case "char" -> "'a'";
      case "byte" -> "(byte) 1";
      case "double" -> "1.5";
      case "List<String>" -> "List.of(\"s\")";
      case "Color" -> "Color.RED";
      default -> "\"o\"";
    };
  }
}
