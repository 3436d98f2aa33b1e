package io.fermata.conformance.realcode;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Gives every static method of a class a copy that is a coroutine and awaits wherever it can.
 *
 * <pre>{@code
 * static int count(String s, char c) {
 *   if (isEmpty(s)) {
 *     return 0;
 *   }
 *   int n = s.length();
 *   return n;
 * }
 *
 * // a coroutine:
 * static int countCo(String s, char c) {
 *   if (await(Steps.<Boolean>later(((boolean) await(UtilsAsync.isEmptyCo(s)))))) {
 *     return 0;
 *   }
 *   int n = await(Steps.<Integer>later(s.length()));
 *   return await(Steps.<Integer>later(n));
 * }
 * }</pre>
 *
 * <p>Conditions, initialisers and results are awaited, and the copies call each other's twins.
 * Lambdas and classes in a body stay as they are.
 */
final class CoroutineCopies {
  private static final String AWAIT = "io.fermata.Async.await(";
  private static final String LATER = AWAIT + Steps.class.getName() + ".<%s>later(";

  private final Trees trees;
  private final SourcePositions positions;
  private final CompilationUnitTree unit;
  private final ClassTree type;
  private final TypeElement element;
  private final String text;
  private final Set<String> copied = new TreeSet<>();

  private CoroutineCopies(JavacTask task, CompilationUnitTree unit, ClassTree type, String text) {
    this.trees = Trees.instance(task);
    this.positions = trees.getSourcePositions();
    this.unit = unit;
    this.type = type;
    this.text = text;
    this.element =
        (TypeElement) requireNonNull(trees.getElement(TreePath.getPath(unit, type)), "no element");
  }

  /**
   * The source with copies.
   *
   * @param task has analysed the source
   */
  static String add(JavacTask task, CompilationUnitTree unit, String text) {
    ClassTree type =
        unit.getTypeDecls().stream()
            .filter(ClassTree.class::isInstance)
            .map(ClassTree.class::cast)
            .findFirst()
            .orElseThrow();
    return new CoroutineCopies(task, unit, type, text).add();
  }

  /** The name of the copy of a method. */
  static String copyOf(String method) {
    return method + "Co";
  }

  private String add() {
    List<MethodTree> methods = new ArrayList<>();
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method && isCandidate(method)) {
        methods.add(method);
        copied.add(method.getName().toString());
      }
    }
    // One overload that stays plain would be called by the copies of the others.
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method && !isCandidate(method)) {
        copied.remove(method.getName().toString());
      }
    }
    StringBuilder copies = new StringBuilder();
    for (MethodTree method : methods) {
      if (copied.contains(method.getName().toString())) {
        copies.append("\n\n    ").append(copy(method));
      }
    }
    int end = end(type) - 1;
    return text.substring(0, end) + copies + "\n" + text.substring(end);
  }

  private static boolean isCandidate(MethodTree method) {
    Set<Modifier> flags = method.getModifiers().getFlags();
    boolean[] locks = {false};
    method.accept(
        new com.sun.source.util.TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable Void unused) {
            locks[0] = true;
            return null;
          }
        },
        null);
    return method.getReturnType() != null
        && method.getBody() != null
        && flags.contains(Modifier.STATIC)
        && !flags.contains(Modifier.SYNCHRONIZED)
        && !locks[0];
  }

  private String copy(MethodTree method) {
    Edits edits = new Edits(method);
    edits.scan(new TreePath(TreePath.getPath(unit, type), method), null);
    int from = end(method.getReturnType());
    Matcher name =
        Pattern.compile("\\b" + method.getName() + "\\s*\\(")
            .matcher(text)
            .region(from, end(method));
    if (!name.find()) {
      throw new IllegalStateException("no name: " + method);
    }
    String parameters =
        method.getTypeParameters().isEmpty()
            ? ""
            : text.substring(
                    text.lastIndexOf('<', start(method.getTypeParameters().get(0))),
                    start(method.getReturnType()))
                .strip();
    return "@io.fermata.Coroutine @SuppressWarnings(\"all\") static "
        + parameters
        + " "
        + text.substring(start(method.getReturnType()), from)
        + " "
        + copyOf(method.getName().toString())
        + text.substring(name.start() + method.getName().length(), start(method.getBody()))
        + edits.apply(start(method.getBody()), end(method.getBody()));
  }

  private int start(Tree tree) {
    return (int) positions.getStartPosition(unit, tree);
  }

  private int end(Tree tree) {
    return (int) positions.getEndPosition(unit, tree);
  }

  /** Text to put in at a place; {@code removed} characters go. */
  private record Edit(int at, int order, int removed, String inserted) {}

  /** What changes in one body. */
  private final class Edits extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final MethodTree method;
    private final List<Edit> edits = new ArrayList<>();
    private int order;

    Edits(MethodTree method) {
      this.method = method;
    }

    String apply(int from, int to) {
      edits.sort(Comparator.comparingInt(Edit::at).thenComparingInt(Edit::order));
      StringBuilder result = new StringBuilder();
      int at = from;
      for (Edit edit : edits) {
        result.append(text, at, edit.at()).append(edit.inserted());
        at = edit.at() + edit.removed();
      }
      return result.append(text, at, to).toString();
    }

    /** At the same place ends come before starts, inner ends first, outer starts first. */
    private void around(Tree tree, String before, String after) {
      order++;
      edits.add(new Edit(start(tree), order, 0, before));
      edits.add(new Edit(end(tree), -order, 0, after));
    }

    private void await(ExpressionTree tree, @Nullable TypeMirror wanted) {
      TypeMirror found = trees.getTypeMirror(TreePath.getPath(unit, tree));
      ExpressionTree bare = tree;
      while (bare instanceof ParenthesizedTree parentheses) {
        bare = parentheses.getExpression();
      }
      if (found == null || bare instanceof LiteralTree) {
        return;
      }
      boolean primitive = found.getKind().isPrimitive();
      if (primitive && wanted != null && wanted.getKind() == found.getKind()) {
        String boxed =
            switch (found.getKind()) {
              case INT -> "Integer";
              case CHAR -> "Character";
              default -> capitalized(found.getKind().name().toLowerCase(Locale.ROOT));
            };
        around(tree, LATER.formatted("java.lang." + boxed), "))");
      } else if (found instanceof DeclaredType declared
          && declared.getTypeArguments().isEmpty()
          && found.getKind() == TypeKind.DECLARED
          && ((TypeElement) declared.asElement()).getTypeParameters().isEmpty()
          && !declared.asElement().getSimpleName().contentEquals("")) {
        around(
            tree,
            LATER.formatted(((TypeElement) declared.asElement()).getQualifiedName().toString()),
            "))");
      }
    }

    private void condition(ExpressionTree tree) {
      ExpressionTree bare = tree instanceof ParenthesizedTree p ? p.getExpression() : tree;
      if (!(bare instanceof LiteralTree)) {
        around(bare, LATER.formatted("java.lang.Boolean"), "))");
      }
    }

    @Override
    public @Nullable Void visitIf(IfTree tree, @Nullable Void unused) {
      condition(tree.getCondition());
      return super.visitIf(tree, null);
    }

    @Override
    public @Nullable Void visitWhileLoop(WhileLoopTree tree, @Nullable Void unused) {
      condition(tree.getCondition());
      return super.visitWhileLoop(tree, null);
    }

    @Override
    public @Nullable Void visitConditionalExpression(
        ConditionalExpressionTree tree, @Nullable Void unused) {
      condition(tree.getCondition());
      return super.visitConditionalExpression(tree, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
      ExpressionTree initializer = tree.getInitializer();
      Element variable = trees.getElement(getCurrentPath());
      boolean isLocal = getCurrentPath().getParentPath().getLeaf() instanceof BlockTree;
      if (initializer != null && variable != null && isLocal) {
        await(initializer, variable.asType());
      }
      return super.visitVariable(tree, null);
    }

    @Override
    public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
      if (tree.getExpression() != null) {
        await(
            tree.getExpression(),
            trees.getTypeMirror(TreePath.getPath(unit, method.getReturnType())));
      }
      return super.visitReturn(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
      if (trees.getElement(new TreePath(getCurrentPath(), tree.getMethodSelect()))
              instanceof ExecutableElement called
          && element.equals(called.getEnclosingElement())
          && called.getModifiers().contains(Modifier.STATIC)
          && tree.getTypeArguments().isEmpty()
          && copied.contains(called.getSimpleName().toString())) {
        boolean isStatement =
            getCurrentPath().getParentPath().getLeaf() instanceof ExpressionStatementTree;
        boolean isPrimitive = called.getReturnType().getKind().isPrimitive();
        String cast =
            isPrimitive && !isStatement ? "((" + called.getReturnType().getKind() + ") " : "";
        around(tree, cast.toLowerCase(Locale.ROOT) + AWAIT, cast.isEmpty() ? ")" : "))");
        Tree select = tree.getMethodSelect();
        String twin =
            element.getSimpleName() + "Async." + copyOf(called.getSimpleName().toString());
        edits.add(new Edit(start(select), ++order, end(select) - start(select), twin));
        return scan(tree.getArguments(), null);
      }
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      return null;
    }
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
