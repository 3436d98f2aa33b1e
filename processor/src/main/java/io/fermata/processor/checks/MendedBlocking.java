package io.fermata.processor.checks;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.fermata.processor.remedies.Edit;
import io.fermata.processor.remedies.Remedy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Mends calls that block: by what coroutines have instead, or in another thread.
 *
 * <p>A clause that catches what is not thrown any more would be an error of javac's. A {@code try}
 * around nothing but the call, for its {@code InterruptedException}, goes with it; any other keeps
 * the call from being mended.
 */
final class MendedBlocking {

  private static final String INTERRUPTED = "java.lang.InterruptedException";

  private final Api api;
  private final Trees trees;
  private final MendedSource source;
  private final RunningCode code;

  MendedBlocking(Api api, Trees trees, MendedSource source, RunningCode code) {
    this.api = api;
    this.trees = trees;
    this.source = source;
    this.code = code;
  }

  /**
   * The remedy.
   *
   * @param name of the method, or the creation of an object
   * @param instead what the finding names
   */
  Optional<Remedy> of(TreePath name, String instead) {
    TreePath call = name.getLeaf() instanceof NewClassTree ? name : name.getParentPath();
    if (!code.isCoroutine(call)
        || !(trees.getElement(name) instanceof ExecutableElement method)
        || !(method.getEnclosingElement() instanceof TypeElement owner)) {
      return Optional.empty();
    }
    Set<String> gone = new LinkedHashSet<>();
    Optional<String> text = Optional.empty();
    if (instead.startsWith("await(toThread(")) {
      text = inThread(call, gone);
    } else if (call.getLeaf() instanceof MethodInvocationTree tree) {
      method.getThrownTypes().forEach(each -> gone.add(each.toString()));
      text = byName(call, tree, owner, method, gone);
    }
    return text.flatMap(each -> replaced(call, each, gone));
  }

  private Optional<String> byName(
      TreePath call,
      MethodInvocationTree tree,
      TypeElement owner,
      ExecutableElement method,
      Set<String> gone) {
    String await = source.function("await", call);
    int arguments = tree.getArguments().size();
    String receiver =
        tree.getMethodSelect() instanceof MemberSelectTree select
            ? source.text(select.getExpression())
            : "";
    if (method.getSimpleName().contentEquals("sleep") && arguments == 1) {
      return duration(tree, owner, method, receiver)
          .map(time -> await + "(" + source.function("sleep", call) + "(" + time + "))");
    }
    if (receiver.isEmpty() || arguments > 0) {
      return Optional.empty();
    }
    if (api.isSubtype(owner.asType(), "java.util.concurrent.CompletableFuture")) {
      gone.add("java.util.concurrent.CompletionException");
      return Optional.of(await + "(" + receiver + ")");
    }
    if (api.isSubtype(owner.asType(), "java.lang.Process")) {
      boolean isStatement = call.getParentPath().getLeaf() instanceof ExpressionStatementTree;
      String exit = await + "(" + receiver + ".onExit())";
      return Optional.of(isStatement ? exit : exit + ".exitValue()");
    }
    return Optional.empty();
  }

  private Optional<String> duration(
      MethodInvocationTree tree, TypeElement owner, ExecutableElement method, String receiver) {
    String time = source.text(tree.getArguments().get(0));
    if (api.isSubtype(method.getParameters().get(0).asType(), "java.time.Duration")) {
      return Optional.of(time);
    }
    String duration = source.type("java.time.Duration");
    if (api.isSubtype(owner.asType(), "java.lang.Thread")) {
      return Optional.of(duration + ".ofMillis(" + time + ")");
    }
    return receiver.isEmpty()
        ? Optional.empty()
        : Optional.of(duration + ".of(" + time + ", " + receiver + ".toChronoUnit())");
  }

  /** {@code await(toThread(() -> read(path)), IOException.class)}. */
  private Optional<String> inThread(TreePath call, Set<String> gone) {
    MovedCode moved = new MovedCode();
    moved.scan(call, null);
    Set<String> thrown = new LinkedHashSet<>(moved.thrown);
    if (thrown.remove(INTERRUPTED)) {
      gone.add(INTERRUPTED);
    }
    if (!moved.canMove || thrown.size() > 2 || !new CapturedVariables(trees).areFixed(call)) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(source.function("await", call)).append('(');
    text.append(source.function("toThread", call)).append("(() -> ");
    text.append(source.text(call.getLeaf())).append(')');
    thrown.forEach(each -> text.append(", ").append(source.type(each)).append(".class"));
    return Optional.of(text.append(')').toString());
  }

  /** What the code of a call throws, and whether a thread of its own can run it. */
  private final class MovedCode extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final Set<String> thrown = new LinkedHashSet<>();
    private boolean canMove = true;

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
      add(trees.getElement(new TreePath(getCurrentPath(), tree.getMethodSelect())));
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
      add(trees.getElement(getCurrentPath()));
      canMove &= tree.getClassBody() == null;
      return super.visitNewClass(tree, null);
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
      return null;
    }

    private void add(@Nullable Element called) {
      if (!(called instanceof ExecutableElement method)
          || api.isOfAsync(method)
          || api.isCoroutine(method)) {
        canMove = false;
        return;
      }
      for (TypeMirror each : method.getThrownTypes()) {
        canMove &= each instanceof DeclaredType;
        if (!api.isSubtype(each, "java.lang.RuntimeException")
            && !api.isSubtype(each, "java.lang.Error")) {
          thrown.add(each.toString());
        }
      }
    }
  }

  private Optional<Remedy> replaced(TreePath call, String text, Set<String> gone) {
    Edit edit = new Edit(source.start(call.getLeaf()), source.end(call.getLeaf()), text);
    Optional<TreePath> catching = catching(call, gone);
    if (catching.isEmpty()) {
      return Optional.of(Remedy.of(edit));
    }
    TryTree tree = (TryTree) catching.get().getLeaf();
    StatementTree statement =
        tree.getBlock().getStatements().isEmpty() ? null : tree.getBlock().getStatements().get(0);
    boolean isOnly =
        tree.getBlock().getStatements().size() == 1
            && statement instanceof ExpressionStatementTree only
            && only.getExpression() == call.getLeaf()
            && tree.getResources().isEmpty()
            && tree.getFinallyBlock() == null
            && tree.getCatches().size() == 1
            && isNamed(catching.get(), tree.getCatches().get(0), Set.of(INTERRUPTED))
            && !(tree.getCatches().get(0).getParameter().getType() instanceof UnionTypeTree)
            && catching.get().getParentPath().getLeaf() instanceof BlockTree;
    return isOnly && catching(catching.get(), gone).isEmpty()
        ? Optional.of(Remedy.of(new Edit(source.start(tree), source.end(tree), text + ";")))
        : Optional.empty();
  }

  /** The innermost statement around that catches by name what is not thrown any more. */
  private Optional<TreePath> catching(TreePath place, Set<String> gone) {
    Tree child = place.getLeaf();
    for (TreePath path = place.getParentPath();
        path != null
            && !(path.getLeaf() instanceof MethodTree)
            && !(path.getLeaf() instanceof LambdaExpressionTree);
        path = path.getParentPath()) {
      if (path.getLeaf() instanceof TryTree tree
          && (tree.getBlock() == child || tree.getResources().contains(child))) {
        TreePath at = path;
        if (tree.getCatches().stream().anyMatch(each -> isNamed(at, each, gone))) {
          return Optional.of(path);
        }
      }
      child = path.getLeaf();
    }
    return Optional.empty();
  }

  private boolean isNamed(TreePath path, CatchTree clause, Set<String> names) {
    Tree type = clause.getParameter().getType();
    List<? extends Tree> all =
        type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
    return all.stream()
        .map(each -> trees.getPath(path.getCompilationUnit(), each))
        .map(trees::getElement)
        .anyMatch(
            each ->
                each instanceof TypeElement caught
                    && names.contains(caught.getQualifiedName().toString()));
  }
}
