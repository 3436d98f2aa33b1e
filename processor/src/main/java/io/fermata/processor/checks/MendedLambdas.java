package io.fermata.processor.checks;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberReferenceTree.ReferenceMode;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.fermata.processor.declaration.ClassReader;
import io.fermata.processor.remedies.Edit;
import io.fermata.processor.remedies.Remedy;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.ElementFilter;

/** Mends lambdas that are to be coroutines, and references to what is one. */
final class MendedLambdas {

  private final Api api;
  private final Trees trees;
  private final MendedSource source;
  private final RunningCode code;

  MendedLambdas(Api api, Trees trees, MendedSource source, RunningCode code) {
    this.api = api;
    this.trees = trees;
    this.source = source;
    this.code = code;
  }

  /** {@code async(() -> await(…))} around the lambda that an await stands in. */
  Optional<Remedy> coroutineLambda(TreePath await) {
    TreePath path = await;
    while (path != null && !(path.getLeaf() instanceof LambdaExpressionTree)) {
      path = path.getParentPath();
    }
    return path == null || !isCoroutineWanted(path) ? Optional.empty() : async(path);
  }

  private boolean isCoroutineWanted(TreePath lambda) {
    Tree around = lambda.getParentPath().getLeaf();
    if (around instanceof VariableTree variable && variable.getType() != null) {
      TypeMirror type =
          trees.getTypeMirror(new TreePath(lambda.getParentPath(), variable.getType()));
      return type != null && (api.isCoro(type) || api.isSubtype(type, "io.fermata.ThrowingCoro"));
    }
    return around instanceof MethodInvocationTree call
        && call.getArguments().contains(lambda.getLeaf())
        && RunningCode.TAKE_COROUTINES.contains(Mending.nameOf(call));
  }

  private Optional<Remedy> async(TreePath path) {
    LambdaExpressionTree lambda = (LambdaExpressionTree) path.getLeaf();
    if (!lambda.getParameters().isEmpty() || !code.isCoroutine(path.getParentPath())) {
      return Optional.empty();
    }
    return Optional.of(
        Remedy.of(
            Edit.insert(source.start(lambda), source.function("async", path) + "("),
            Edit.insert(source.end(lambda), ")")));
  }

  /** {@code () -> body.call()} for {@code body::call}, where a lambda has to stand. */
  Optional<Remedy> called(TreePath path) {
    return calledBy(path).map(call -> replaced(path.getLeaf(), "() -> " + call));
  }

  private Optional<String> calledBy(TreePath path) {
    if (!(path.getLeaf() instanceof MemberReferenceTree reference)
        || reference.getMode() != ReferenceMode.INVOKE
        || reference.getTypeArguments() != null) {
      return Optional.empty();
    }
    ExpressionTree qualifier = reference.getQualifierExpression();
    boolean isName = qualifier instanceof IdentifierTree;
    return isName
            && methods(path, reference).stream()
                .allMatch(each -> each.getParameters().isEmpty() && !api.isCoroutine(each))
            && new CapturedVariables(trees).areFixed(path)
        ? Optional.of(source.text(qualifier) + "." + reference.getName() + "()")
        : Optional.empty();
  }

  /** Those that a reference may mean; none of them, where javac does not know its qualifier. */
  private List<ExecutableElement> methods(TreePath path, MemberReferenceTree reference) {
    TypeMirror type = trees.getTypeMirror(new TreePath(path, reference.getQualifierExpression()));
    return type instanceof DeclaredType declared
            && declared.asElement() instanceof TypeElement element
        ? ElementFilter.methodsIn(api.elements().getAllMembers(element)).stream()
            .filter(each -> each.getSimpleName().equals(reference.getName()))
            .toList()
        : List.of();
  }

  /** A coroutine for the lambda or the reference that gives, or is to be, one. */
  Optional<Remedy> handedOver(TreePath path) {
    if (path.getLeaf() instanceof LambdaExpressionTree lambda) {
      boolean givesOne =
          lambda.getParameters().isEmpty()
              && lambda.getBody() instanceof MethodInvocationTree call
              && call.getMethodSelect() instanceof MemberSelectTree select
              && isTwin(path, select.getExpression());
      return givesOne
          ? Optional.of(
              Remedy.of(Edit.delete(source.start(lambda), source.start(lambda.getBody()))))
          : async(path);
    }
    if (!code.isCoroutine(path)) {
      return Optional.empty();
    }
    String async = source.function("async", path);
    return calledBy(path).map(call -> replaced(path.getLeaf(), async + "(() -> " + call + ")"));
  }

  private boolean isTwin(TreePath path, ExpressionTree qualifier) {
    TreePath place = trees.getPath(path.getCompilationUnit(), qualifier);
    return place != null
        && trees.getElement(place) instanceof TypeElement type
        && (api.isGenerated(type) || type.getSimpleName().toString().endsWith("Async"));
  }

  /** {@code HelloAsync::greet}, where inference takes what it gives. */
  Optional<Remedy> twinReference(TreePath path, String twin) {
    MemberReferenceTree reference = (MemberReferenceTree) path.getLeaf();
    TreePath qualifier = new TreePath(path, reference.getQualifierExpression());
    boolean isOfType = trees.getElement(qualifier) instanceof TypeElement;
    if (!isOfType || !isResultInferred(path)) {
      return Optional.empty();
    }
    ExecutableElement method = (ExecutableElement) trees.getElement(path);
    String type = source.type(api.twinOf(ClassReader.ownerOf(method)));
    return Optional.of(replaced(path.getLeaf(), type + twin.substring(twin.indexOf("::"))));
  }

  /** Whether it is an argument whose result is a type variable of the method that takes it. */
  private boolean isResultInferred(TreePath argument) {
    TreePath call = argument.getParentPath();
    if (!(call.getLeaf() instanceof MethodInvocationTree tree)
        || !(trees.getElement(new TreePath(call, tree.getMethodSelect()))
            instanceof ExecutableElement method)) {
      return false;
    }
    int index = tree.getArguments().indexOf(argument.getLeaf());
    return index < method.getParameters().size()
        && method.getParameters().get(index).asType() instanceof DeclaredType function
        && ElementFilter.methodsIn(function.asElement().getEnclosedElements()).stream()
            .filter(each -> each.getModifiers().contains(Modifier.ABSTRACT))
            .anyMatch(each -> isOfMethod(each, function, method));
  }

  private static boolean isOfMethod(
      ExecutableElement called, DeclaredType function, ExecutableElement method) {
    List<?> parameters = ((TypeElement) function.asElement()).getTypeParameters();
    if (!(called.getReturnType() instanceof TypeVariable result)) {
      return false;
    }
    int index = parameters.indexOf(result.asElement());
    return index >= 0
        && method.getTypeParameters().stream()
            .anyMatch(
                each ->
                    function
                        .getTypeArguments()
                        .get(index)
                        .toString()
                        .matches("(\\? extends )?" + each.getSimpleName()));
  }

  private Remedy replaced(Tree tree, String text) {
    return Remedy.of(new Edit(source.start(tree), source.end(tree), text));
  }
}
