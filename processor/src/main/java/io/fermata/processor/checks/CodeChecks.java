package io.fermata.processor.checks;

import static io.fermata.processor.diagnostics.Diagnostic.ASYNC_OF_OTHER;
import static io.fermata.processor.diagnostics.Diagnostic.ASYNC_REFERENCE;
import static io.fermata.processor.diagnostics.Diagnostic.AWAIT_IN_CLASS;
import static io.fermata.processor.diagnostics.Diagnostic.AWAIT_IN_GENERATOR;
import static io.fermata.processor.diagnostics.Diagnostic.AWAIT_IN_INITIALIZER;
import static io.fermata.processor.diagnostics.Diagnostic.AWAIT_IN_LAMBDA;
import static io.fermata.processor.diagnostics.Diagnostic.AWAIT_IN_METHOD;
import static io.fermata.processor.diagnostics.Diagnostic.AWAIT_IN_SYNCHRONIZED;
import static io.fermata.processor.diagnostics.Diagnostic.AWAIT_REFERENCE;
import static io.fermata.processor.diagnostics.Diagnostic.BLOCKING_CALL;
import static io.fermata.processor.diagnostics.Diagnostic.DIRECT_CALL;
import static io.fermata.processor.diagnostics.Diagnostic.DIRECT_REFERENCE;
import static io.fermata.processor.diagnostics.Diagnostic.EARLIER_TWIN;
import static io.fermata.processor.diagnostics.Diagnostic.EMIT_ELSEWHERE;
import static io.fermata.processor.diagnostics.Diagnostic.NESTED_RUN;
import static io.fermata.processor.diagnostics.Diagnostic.NEVER_AWAITED;
import static io.fermata.processor.diagnostics.Diagnostic.UNSUPPORTED_LOCAL;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.fermata.processor.attribution.AsyncArguments;
import io.fermata.processor.checks.Surroundings.Code;
import io.fermata.processor.checks.Surroundings.Monitor;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Walks a class that javac has analysed and finds resume points where none can be, templates that
 * are called themselves, coroutines that are dropped, and calls that block the loop.
 */
final class CodeChecks extends TreePathScanner<@Nullable Void, @Nullable Void> {

  private final Api api;
  private final Trees trees;
  private final BlockingCalls blockingCalls;
  private final TypedCode typed;
  private final DroppedValues dropped;
  private final Function<ExecutableElement, Optional<String>> lostBy;
  private final CompilationUnitTree unit;
  private final List<Fault> faults = new ArrayList<>();
  private Surroundings here = Surroundings.INITIALIZER;
  private CoroutineBody body;

  private CodeChecks(
      Api api,
      Trees trees,
      Function<ExecutableElement, Optional<String>> lostBy,
      CompilationUnitTree unit) {
    this.api = api;
    this.trees = trees;
    this.lostBy = lostBy;
    this.blockingCalls = new BlockingCalls(api);
    this.typed = new TypedCode(trees);
    this.dropped = new DroppedValues(api, typed, this::add);
    this.unit = unit;
    this.body = newBody();
  }

  private CoroutineBody newBody() {
    return new CoroutineBody(api, trees, this::add);
  }

  /**
   * @param lostBy the class that had the coroutine of a method in an old twin, if it is one
   */
  static List<Fault> check(
      Api api, Trees trees, Function<ExecutableElement, Optional<String>> lostBy, TreePath type) {
    CodeChecks checks = new CodeChecks(api, trees, lostBy, type.getCompilationUnit());
    checks.scan(type, null);
    return List.copyOf(checks.faults);
  }

  // What surrounds code

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
    return within(here.member(Surroundings.INITIALIZER), () -> super.visitClass(tree, null));
  }

  @Override
  public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
    Element element = trees.getElement(getCurrentPath());
    Surroundings own = here.member(Surroundings.METHOD);
    if (element instanceof ExecutableElement method) {
      if (api.isCoroutine(method)) {
        checkOwner(tree, method);
        own = coroutine(method);
      } else if (method.getKind() == ElementKind.CONSTRUCTOR) {
        own = here.member(Surroundings.INITIALIZER);
      }
    }
    return within(own, () -> super.visitMethod(tree, null));
  }

  private void checkOwner(MethodTree tree, ExecutableElement method) {
    for (Element e = method.getEnclosingElement();
        e instanceof TypeElement type;
        e = e.getEnclosingElement()) {
      if (type.getNestingKind() == NestingKind.LOCAL
          || type.getNestingKind() == NestingKind.ANONYMOUS) {
        add(UNSUPPORTED_LOCAL, tree, method.getSimpleName().toString());
        return;
      }
    }
  }

  private static Surroundings coroutine(ExecutableElement method) {
    if (!method.getParameters().isEmpty()) {
      VariableElement first = method.getParameters().get(0);
      if (first.asType() instanceof DeclaredType type) {
        String name = ((TypeElement) type.asElement()).getQualifiedName().toString();
        if (name.equals("io.fermata.Emitter")) {
          return Surroundings.coroutine(Code.ASYNC_GENERATOR, first);
        }
        if (name.equals("io.fermata.Yielder")) {
          return Surroundings.coroutine(Code.GENERATOR, first);
        }
      }
    }
    return Surroundings.coroutine(Code.COROUTINE, null);
  }

  @Override
  public @Nullable Void visitBlock(BlockTree tree, @Nullable Void unused) {
    boolean initializer = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
    return initializer
        ? within(here.member(Surroundings.INITIALIZER), () -> super.visitBlock(tree, null))
        : super.visitBlock(tree, null);
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
    if (tree.getBody() instanceof ExpressionTree body && dropped.isVoid(getCurrentPath())) {
      dropped.check(new TreePath(getCurrentPath(), body));
    }
    Surroundings inner =
        isArgumentOfAsync(getCurrentPath()) ? here.coroutineLambda() : here.lambda();
    return within(inner, () -> super.visitLambdaExpression(tree, null));
  }

  private boolean isArgumentOfAsync(TreePath lambda) {
    return AsyncArguments.callAround(lambda)
        .map(call -> trees.getPath(unit, call))
        .flatMap(typed::method)
        .filter(api::isAsync)
        .isPresent();
  }

  @Override
  public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable Void unused) {
    scan(tree.getExpression(), null);
    if (isAsked(getCurrentPath())) {
      return scan(tree.getBlock(), null);
    }
    return within(here.holdingMonitor(), () -> scan(tree.getBlock(), null));
  }

  /** What Lombok's annotation asks for is refused where it stands. */
  private boolean isAsked(TreePath path) {
    TreePath around = path.getParentPath().getParentPath();
    return around.getLeaf() instanceof MethodTree
        && trees.getElement(around) instanceof ExecutableElement method
        && api.isCoroutine(method)
        && api.isSynchronizedByLombok(method);
  }

  private @Nullable Void within(Surroundings inner, Runnable walk) {
    Surroundings outer = here;
    CoroutineBody outerBody = body;
    here = inner;
    body = newBody();
    walk.run();
    here = outer;
    body = outerBody;
    return null;
  }

  // Resume points

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
    typed.method(getCurrentPath()).ifPresent(method -> checkCall(tree, method));
    return super.visitMethodInvocation(tree, null);
  }

  private void checkCall(MethodInvocationTree tree, ExecutableElement method) {
    ExpressionTree name = tree.getMethodSelect();
    String simpleName = method.getSimpleName().toString();
    checkTwin(name, method);
    if (here.isCoroutine()) {
      body.call(getCurrentPath(), tree, method);
    }
    if (api.isAwait(method)) {
      checkResumePoint(name, simpleName);
    } else if (api.isEmit(method)) {
      checkEmit(name, simpleName);
    } else if (api.isAsync(method)) {
      checkCoroutineLambda(tree);
    } else if (api.isRun(method)) {
      if (here.isCoroutine() || here.code() == Code.GENERATOR) {
        add(NESTED_RUN, name, simpleName);
      }
    } else if (api.isCoroutine(method)) {
      add(DIRECT_CALL, name, Api.displayName(method), twinCall(tree, method));
    } else if (here.isCoroutine()) {
      checkBlocking(name, method);
    }
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
    if (here.isCoroutine()
        && trees.getElement(getCurrentPath()) instanceof ExecutableElement constructor) {
      checkBlocking(tree, constructor);
    }
    return super.visitNewClass(tree, null);
  }

  private void checkResumePoint(Tree at, String what) {
    if (here.code() == Code.GENERATOR) {
      add(AWAIT_IN_GENERATOR, at, what);
    } else {
      checkSurroundings(at, what);
    }
  }

  private void checkSurroundings(Tree at, String what) {
    switch (here.code()) {
      case METHOD -> add(AWAIT_IN_METHOD, at, what);
      case INITIALIZER -> add(AWAIT_IN_INITIALIZER, at, what);
      case LAMBDA -> add(AWAIT_IN_LAMBDA, at, what);
      case CLASS -> add(AWAIT_IN_CLASS, at, what);
      case COROUTINE, ASYNC_GENERATOR, GENERATOR -> {
        Tree whole = getCurrentPath().getLeaf();
        body.resumePoint(whole instanceof MethodInvocationTree ? whole : at);
        if (here.monitor() == Monitor.HELD) {
          add(AWAIT_IN_SYNCHRONIZED, at, what);
        }
      }
    }
  }

  private void checkEmit(ExpressionTree select, String what) {
    Element receiver =
        select instanceof MemberSelectTree member
            ? trees.getElement(
                new TreePath(new TreePath(getCurrentPath(), select), member.getExpression()))
            : null;
    boolean inBody = here.isCoroutine() || here.code() == Code.GENERATOR;
    if (inBody && (receiver == null || !receiver.equals(here.sink()))) {
      add(EMIT_ELSEWHERE, select, what);
    } else {
      checkSurroundings(select, what);
    }
  }

  private void checkCoroutineLambda(MethodInvocationTree call) {
    ExpressionTree name = call.getMethodSelect();
    if (here.code() == Code.GENERATOR) {
      add(AWAIT_IN_GENERATOR, name, "async");
    } else if (!here.hasTemplate()) {
      checkSurroundings(name, "async");
    } else {
      AsyncArguments.choices(call.getArguments().get(0)).stream()
          .filter(choice -> !(choice instanceof LambdaExpressionTree))
          .forEach(choice -> add(ASYNC_OF_OTHER, choice, shortened(choice)));
    }
  }

  private static String shortened(Tree tree) {
    String text = tree.toString().strip();
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end).strip() + " …";
  }

  @Override
  public @Nullable Void visitTry(TryTree tree, @Nullable Void unused) {
    CoroutineBody.Mark before = body.mark();
    checkResources(tree);
    scan(tree.getResources(), null);
    List<Element> taken = here.isCoroutine() ? takeLocks(tree) : List.of();
    scan(tree.getBlock(), null);
    body.giveBack(taken);
    if (here.isCoroutine()) {
      body.checkClauses(getCurrentPath(), tree, before);
    }
    scan(tree.getCatches(), null);
    if (here.isCoroutine()) {
      body.checkFinally(tree, before);
    }
    return scan(tree.getFinallyBlock(), null);
  }

  private List<Element> takeLocks(TryTree tree) {
    List<Element> taken = new ArrayList<>();
    for (Tree resource : tree.getResources()) {
      body.take(new TreePath(getCurrentPath(), resource)).ifPresent(taken::add);
    }
    return taken;
  }

  private void checkResources(TryTree tree) {
    for (Tree resource : tree.getResources()) {
      Tree at = resource instanceof VariableTree variable ? variable.getInitializer() : resource;
      TypeMirror type = typed.typeOf(new TreePath(getCurrentPath(), resource));
      if (at != null && type != null && api.isScope(type)) {
        checkResumePoint(at, "try (" + simpleName(type) + " …)");
      }
    }
  }

  @Override
  public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
    if (here.isCoroutine()) {
      body.declare(tree, getCurrentPath());
    }
    return super.visitVariable(tree, null);
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
    if (here.isCoroutine() && tree.getVariable() instanceof IdentifierTree) {
      body.assign(new TreePath(getCurrentPath(), tree.getVariable()));
    }
    return super.visitAssignment(tree, null);
  }

  @Override
  public @Nullable Void visitWhileLoop(WhileLoopTree tree, @Nullable Void unused) {
    CoroutineBody.Mark before = body.mark();
    super.visitWhileLoop(tree, null);
    return checkLoop(tree.getCondition(), List.of(tree.getStatement()), before);
  }

  @Override
  public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, @Nullable Void unused) {
    CoroutineBody.Mark before = body.mark();
    super.visitDoWhileLoop(tree, null);
    return checkLoop(tree.getCondition(), List.of(tree.getStatement()), before);
  }

  @Override
  public @Nullable Void visitForLoop(ForLoopTree tree, @Nullable Void unused) {
    CoroutineBody.Mark before = body.mark();
    super.visitForLoop(tree, null);
    List<Tree> repeated = new ArrayList<>(tree.getUpdate());
    repeated.add(tree.getStatement());
    return checkLoop(tree.getCondition(), repeated, before);
  }

  private @Nullable Void checkLoop(
      @Nullable ExpressionTree condition, List<Tree> repeated, CoroutineBody.Mark before) {
    if (here.isCoroutine()) {
      body.checkLoop(getCurrentPath(), condition, repeated, before);
    }
    return null;
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void unused) {
    TypeMirror type = typed.typeOf(new TreePath(getCurrentPath(), tree.getExpression()));
    if (type != null && api.isAsyncIterable(type)) {
      checkResumePoint(tree.getExpression(), "for (… : " + simpleName(type) + ")");
    }
    return super.visitEnhancedForLoop(tree, null);
  }

  @Override
  public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
    if (typed.typeOf(getCurrentPath()) != null
        && trees.getElement(getCurrentPath()) instanceof ExecutableElement method) {
      checkTwin(tree, method);
      if (api.isAwait(method) || api.isEmit(method)) {
        add(AWAIT_REFERENCE, tree, tree.toString());
      } else if (api.isAsync(method)) {
        add(ASYNC_REFERENCE, tree, tree.toString());
      } else if (api.isCoroutine(method)) {
        add(
            DIRECT_REFERENCE,
            tree,
            tree.toString(),
            Api.twinName(method) + "::" + method.getSimpleName());
      } else if (dropped.isVoid(getCurrentPath()) && api.isCoro(method.getReturnType())) {
        add(NEVER_AWAITED, tree, tree.toString());
      }
    }
    return super.visitMemberReference(tree, null);
  }

  // Templates, old twins, dropped coroutines, blocking calls

  private void checkTwin(Tree at, ExecutableElement method) {
    String name = method.getSimpleName().toString();
    lostBy.apply(method).ifPresent(owner -> add(EARLIER_TWIN, at, at.toString(), owner, name));
  }

  private String twinCall(MethodInvocationTree tree, ExecutableElement method) {
    List<String> arguments = new ArrayList<>();
    if (!api.isStatic(method)) {
      boolean named =
          tree.getMethodSelect() instanceof MemberSelectTree select
              && !select.getExpression().toString().equals("super");
      arguments.add(
          named ? ((MemberSelectTree) tree.getMethodSelect()).getExpression().toString() : "this");
    }
    if (!tree.getArguments().isEmpty()) {
      arguments.add("…");
    }
    return Api.twinName(method)
        + "."
        + method.getSimpleName()
        + "("
        + String.join(", ", arguments)
        + ")";
  }

  @Override
  public @Nullable Void visitExpressionStatement(
      ExpressionStatementTree tree, @Nullable Void unused) {
    dropped.check(new TreePath(getCurrentPath(), tree.getExpression()));
    return super.visitExpressionStatement(tree, null);
  }

  private void checkBlocking(Tree at, ExecutableElement method) {
    blockingCalls
        .insteadOf(at, method)
        .ifPresent(instead -> add(BLOCKING_CALL, at, BlockingCalls.name(method), instead));
  }

  private static String simpleName(TypeMirror type) {
    return type instanceof DeclaredType declared
        ? declared.asElement().getSimpleName().toString()
        : type.toString();
  }

  private void add(Diagnostic diagnostic, Tree at, String... arguments) {
    SourcePositions positions = trees.getSourcePositions();
    int start = (int) positions.getStartPosition(unit, at);
    int end = (int) positions.getEndPosition(unit, at);
    Fault fault =
        new Fault(diagnostic, List.of(arguments), start, end)
            .mendedBy(new Mending(api, trees, unit).of(diagnostic, at, arguments));
    boolean again = !faults.isEmpty() && faults.get(faults.size() - 1).isAtSamePlaceAs(fault);
    if (!again || !fault.isError()) {
      faults.add(fault);
    }
  }
}
