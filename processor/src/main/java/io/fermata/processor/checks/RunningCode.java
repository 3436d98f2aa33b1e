package io.fermata.processor.checks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.fermata.processor.attribution.AsyncArguments;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Types;

/** What runs the code at a place, also where javac has not come to its types. */
final class RunningCode {

  private final Api api;
  private final Trees trees;

  RunningCode(Api api, Trees trees) {
    this.api = api;
    this.trees = trees;
  }

  /** Whether an await may stand there. */
  boolean isCoroutine(TreePath place) {
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof LambdaExpressionTree) {
        return isOfAsync(path) && hasTemplate(path.getParentPath());
      } else if (path.getLeaf() instanceof ClassTree
          || path.getLeaf() instanceof SynchronizedTree) {
        return false;
      } else if (path.getLeaf() instanceof MethodTree) {
        return isCoroutineMethod(path);
      }
    }
    return false;
  }

  private static boolean isOfAsync(TreePath lambda) {
    return AsyncArguments.callAround(lambda)
        .filter(call -> Mending.nameOf(call).equals("async"))
        .isPresent();
  }

  /** Whether a coroutine stands around it, however far out. */
  private boolean hasTemplate(TreePath place) {
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof MethodTree && isCoroutineMethod(path)) {
        return true;
      }
    }
    return false;
  }

  private boolean isCoroutineMethod(TreePath path) {
    return trees.getElement(path) instanceof ExecutableElement method
        && api.isCoroutine(method)
        && method.getParameters().stream()
            .limit(1)
            .noneMatch(each -> api.isSubtype(each.asType(), "io.fermata.Yielder"));
  }

  /** Whether it is ordinary code with which a thread begins: a {@code main}, or a test. */
  boolean isBeginning(TreePath place) {
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof LambdaExpressionTree || path.getLeaf() instanceof ClassTree) {
        return false;
      } else if (path.getLeaf() instanceof MethodTree) {
        return trees.getElement(path) instanceof ExecutableElement method
            && !api.isCoroutine(method)
            && (isMain(method) || isTest(method));
      }
    }
    return false;
  }

  private static boolean isMain(ExecutableElement method) {
    return method.getSimpleName().contentEquals("main")
        && method.getModifiers().contains(Modifier.STATIC);
  }

  private static boolean isTest(ExecutableElement method) {
    return method.getAnnotationMirrors().stream()
        .anyMatch(
            each -> each.getAnnotationType().asElement().getSimpleName().contentEquals("Test"));
  }

  /** The object of a class, or of one that extends it, that code can name: {@code this}. */
  Optional<String> objectOf(TypeElement type, TreePath place) {
    Types types = api.types();
    boolean isInner = false;
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      Element element =
          path.getLeaf() instanceof MethodTree || path.getLeaf() instanceof ClassTree
              ? trees.getElement(path)
              : null;
      if (element instanceof ExecutableElement && api.isStatic(element)) {
        return Optional.empty();
      }
      if (element instanceof TypeElement around) {
        if (types.isSubtype(types.erasure(around.asType()), types.erasure(type.asType()))) {
          return Optional.of(isInner ? around.getSimpleName() + ".this" : "this");
        }
        if (api.isStatic(around)) {
          return Optional.empty();
        }
        isInner = true;
      }
    }
    return Optional.empty();
  }

  /** What takes coroutines, and brings them to their end. */
  static final List<String> TAKE_COROUTINES =
      List.of(
          "await", "createTask", "gather", "gatherOutcomes", "race", "run", "shield", "waitFor");
}
