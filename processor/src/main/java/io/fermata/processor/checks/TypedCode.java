package io.fermata.processor.checks;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** What javac knows of code; asked for only where it has attributed it. */
final class TypedCode {

  private final Trees trees;

  TypedCode(Trees trees) {
    this.trees = trees;
  }

  /** The method that is called. */
  Optional<ExecutableElement> method(TreePath call) {
    MethodInvocationTree tree = (MethodInvocationTree) call.getLeaf();
    TreePath select = new TreePath(call, tree.getMethodSelect());
    if (typeOf(select) == null
        || !(tree.getMethodSelect() instanceof IdentifierTree
            || tree.getMethodSelect() instanceof MemberSelectTree)) {
      return Optional.empty();
    }
    return trees.getElement(select) instanceof ExecutableElement method
        ? Optional.of(method)
        : Optional.empty();
  }

  /** What an expression gives, also where javac has found that it is of the wrong type. */
  @Nullable TypeMirror givenBy(TreePath expression) {
    TypeMirror type = typeOf(expression);
    return type == null && expression.getLeaf() instanceof MethodInvocationTree
        ? method(expression).map(ExecutableElement::getReturnType).orElse(null)
        : type;
  }

  @Nullable TypeMirror typeOf(TreePath path) {
    TypeMirror type = trees.getTypeMirror(path);
    return type == null || type.getKind() == TypeKind.ERROR ? null : type;
  }
}
