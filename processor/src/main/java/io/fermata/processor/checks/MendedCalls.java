package io.fermata.processor.checks;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.fermata.processor.declaration.ClassReader;
import io.fermata.processor.remedies.Edit;
import io.fermata.processor.remedies.Remedy;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Mends calls: of templates, and what is or is not awaited. */
final class MendedCalls {

  private final Api api;
  private final Trees trees;
  private final MendedSource source;
  private final RunningCode code;

  MendedCalls(Api api, Trees trees, MendedSource source, RunningCode code) {
    this.api = api;
    this.trees = trees;
    this.source = source;
    this.code = code;
  }

  /** {@code await(HelloAsync.greet(this, "you"))} for {@code greet("you")}. */
  Optional<Remedy> twin(TreePath name) {
    MethodInvocationTree call = (MethodInvocationTree) name.getParentPath().getLeaf();
    if (!(trees.getElement(name) instanceof ExecutableElement method)
        || !call.getTypeArguments().isEmpty()
        || api.isGenerator(method)) {
      return Optional.empty();
    }
    TypeElement owner = ClassReader.ownerOf(method);
    Optional<String> object = api.isStatic(method) ? Optional.of("") : object(name, owner);
    Optional<String> waits = isHandedOver(name.getParentPath()) ? Optional.of("") : waits(name);
    if (object.isEmpty() || waits.isEmpty()) {
      return Optional.empty();
    }
    String twin = source.type(api.twinOf(owner)) + "." + method.getSimpleName();
    String first = object.get();
    String before = waits.get().isEmpty() ? "" : waits.get() + "(";
    int open = source.find('(', source.end(name.getLeaf())) + 1;
    String parted = first.isEmpty() || call.getArguments().isEmpty() ? first : first + ", ";
    Remedy called = Remedy.of(new Edit(source.start(call), open, before + twin + "(" + parted));
    return Optional.of(
        before.isEmpty() ? called : called.and(Remedy.of(Edit.insert(source.end(call), ")"))));
  }

  private Optional<String> object(TreePath name, TypeElement owner) {
    if (name.getLeaf() instanceof MemberSelectTree select
        && !select.getExpression().toString().equals("super")) {
      return Optional.of(source.text(select.getExpression()));
    }
    return code.objectOf(owner, name);
  }

  /** What waits for a coroutine there: {@code await}, or {@code run}. */
  private Optional<String> waits(TreePath place) {
    if (code.isCoroutine(place)) {
      return Optional.of(source.function("await", place));
    }
    return code.isBeginning(place) ? Optional.of(source.function("run", place)) : Optional.empty();
  }

  /** Whether it is an argument of what takes coroutines. */
  private static boolean isHandedOver(TreePath call) {
    Tree child = call.getLeaf();
    TreePath parent = call.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree) {
      child = parent.getLeaf();
      parent = parent.getParentPath();
    }
    return parent.getLeaf() instanceof MethodInvocationTree around
        && around.getArguments().contains(child)
        && RunningCode.TAKE_COROUTINES.contains(Mending.nameOf(around));
  }

  /** {@code await(…)} around what only gives a coroutine. */
  Optional<Remedy> waitedFor(TreePath value) {
    boolean isCall = value.getLeaf() instanceof MethodInvocationTree;
    if (!isCall && !(value.getLeaf() instanceof IdentifierTree)) {
      return Optional.empty();
    }
    return waits(value)
        .map(
            waits ->
                Remedy.of(
                    Edit.insert(source.start(value.getLeaf()), waits + "("),
                    Edit.insert(source.end(value.getLeaf()), ")")));
  }

  /** {@code await(…)} for {@code run(…)}. */
  Optional<Remedy> awaited(TreePath name) {
    MethodInvocationTree call = (MethodInvocationTree) name.getParentPath().getLeaf();
    if (call.getArguments().size() != 1 || !code.isCoroutine(name)) {
      return Optional.empty();
    }
    String await = source.function("await", name);
    return Optional.of(
        Remedy.of(new Edit(source.start(name.getLeaf()), source.end(name.getLeaf()), await)));
  }

  /** What stands in {@code await(…)} alone. */
  Optional<Remedy> withoutAwait(TreePath argument) {
    Tree call = argument.getParentPath().getLeaf();
    Tree value = argument.getLeaf();
    boolean isStatement =
        argument.getParentPath().getParentPath().getLeaf() instanceof ExpressionStatementTree;
    boolean isCall = value instanceof MethodInvocationTree;
    boolean isPrimary =
        isCall
            || value instanceof IdentifierTree
            || value instanceof LiteralTree
            || value instanceof MemberSelectTree
            || value instanceof ParenthesizedTree;
    if (!isPrimary
        || (isStatement && !isCall)
        || !(call instanceof MethodInvocationTree await)
        || await.getArguments().size() != 1) {
      return Optional.empty();
    }
    return Optional.of(
        Remedy.of(
            Edit.delete(source.start(call), source.start(value)),
            Edit.delete(source.end(value), source.end(call))));
  }

  /** {@code toThread(() -> future.get())} for a future that tells nobody. */
  Optional<Remedy> inThread(TreePath future) {
    if (!(future.getLeaf() instanceof IdentifierTree tree)
        || !new CapturedVariables(trees).areFixed(future)) {
      return Optional.empty();
    }
    String text = source.function("toThread", future) + "(() -> " + tree.getName() + ".get())";
    return Optional.of(Remedy.of(new Edit(source.start(tree), source.end(tree), text)));
  }

  /** {@code HelloAsync.greet(this)} for {@code HelloAsync.greet()}. */
  Optional<Remedy> withObject(TreePath name) {
    ExpressionTree twin = ((MemberSelectTree) name.getLeaf()).getExpression();
    List<? extends Tree> arguments =
        ((MethodInvocationTree) name.getParentPath().getLeaf()).getArguments();
    int open = source.find('(', source.end(name.getLeaf())) + 1;
    String more = arguments.isEmpty() ? "" : ", ";
    return ownerOf(twin, name)
        .flatMap(owner -> code.objectOf(owner, name))
        .map(object -> Remedy.of(Edit.insert(open, object + more)));
  }

  private Optional<TypeElement> ownerOf(ExpressionTree twin, TreePath name) {
    return trees.getElement(new TreePath(name, twin)) instanceof TypeElement type
        ? name.getCompilationUnit().getTypeDecls().stream()
            .map(each -> new TreePath(new TreePath(name.getCompilationUnit()), each))
            .flatMap(each -> Optional.ofNullable(trees.getElement(each)).stream())
            .filter(TypeElement.class::isInstance)
            .map(TypeElement.class::cast)
            .filter(each -> type.getQualifiedName().contentEquals(api.twinOf(each)))
            .findFirst()
        : Optional.empty();
  }
}
