package io.fermata.processor.diagnostics;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Whether {@code @SuppressWarnings("fermata:code")} stands around a place. */
final class Suppressions {

  private Suppressions() {}

  static boolean cover(TreePath place, String code, Trees trees) {
    String wanted = "fermata:" + code;
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      if (namesAt(path, trees).contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> namesAt(TreePath path, Trees trees) {
    Tree tree = path.getLeaf();
    if (tree instanceof VariableTree variable) {
      // A local has no element before javac has come to it, and asking for it would bring it there.
      return literals(variable.getModifiers().getAnnotations());
    }
    if (tree instanceof ClassTree || tree instanceof MethodTree) {
      Element element = trees.getElement(path);
      SuppressWarnings annotation =
          element == null ? null : element.getAnnotation(SuppressWarnings.class);
      return annotation == null ? Set.of() : new HashSet<>(Arrays.asList(annotation.value()));
    }
    return Set.of();
  }

  private static Set<String> literals(List<? extends AnnotationTree> annotations) {
    Set<String> names = new HashSet<>();
    TreeScanner<@Nullable Void, Set<String>> scanner =
        new TreeScanner<>() {
          @Override
          public @Nullable Void visitLiteral(LiteralTree literal, Set<String> found) {
            found.add(String.valueOf(literal.getValue()));
            return null;
          }
        };
    for (AnnotationTree each : annotations) {
      String type = each.getAnnotationType().toString();
      if (type.equals("SuppressWarnings") || type.equals("java.lang.SuppressWarnings")) {
        for (ExpressionTree argument : each.getArguments()) {
          argument.accept(scanner, names);
        }
      }
    }
    return names;
  }
}
