package io.fermata.processor.checks;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.attribution.BodyErrors.BodyError;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Finds what javac's errors in a class come from, where it is a misunderstanding of coroutines:
 * {@code await(fetch(url))} brings a page on overloads of {@code await}, and all that is wrong is
 * that {@code fetch} is a template.
 *
 * <p>Looked at is the class as the nested compile has it, for calls whose method javac has not
 * found and values that are not of the type which is wanted.
 */
public final class FirstSteps extends TreePathScanner<@Nullable Void, @Nullable Void> {

  /**
   * What javac's errors in a class come from.
   *
   * @param faults to be told before what javac says
   * @param statements those that the faults stand in
   */
  public record Explanation(List<Fault> faults, List<Range> statements) {

    /** Nothing is explained. */
    public static final Explanation NONE = new Explanation(List.of(), List.of());

    public Explanation {
      faults = List.copyOf(faults);
      statements = List.copyOf(statements);
    }

    /** Whether javac's error stands in a statement of which all is said. */
    public boolean covers(BodyError error) {
      return statements.stream()
          .anyMatch(each -> each.start() <= error.start() && error.end() <= each.end());
    }
  }

  /**
   * A piece of the file.
   *
   * @param end exclusive
   */
  public record Range(int start, int end) {}

  private final AttributedBody body;
  private final Api api;
  private final Trees trees;
  private final TypedCode typed;
  private final TreePath type;
  private final Set<Fault> faults = new LinkedHashSet<>();
  private boolean hasErrors;

  private FirstSteps(AttributedBody body) {
    this.body = body;
    this.api = new Api(body.elements(), body.types());
    this.trees = body.trees();
    this.typed = new TypedCode(trees);
    TreePath outermost = body.path();
    for (TreePath each = body.path(); each != null; each = each.getParentPath()) {
      outermost = each.getLeaf() instanceof ClassTree ? each : outermost;
    }
    this.type = outermost;
  }

  /** Explains the errors in the class of a body. */
  public static Explanation explain(AttributedBody body) {
    return new FirstSteps(body).explain();
  }

  private Explanation explain() {
    scan(type, null);
    if (!hasErrors) {
      return Explanation.NONE;
    }
    Set<Fault> all = new LinkedHashSet<>();
    CodeChecks.check(api, trees, method -> Optional.empty(), type).stream()
        .filter(Fault::isError)
        .forEach(all::add);
    List<Range> misused = all.stream().map(this::statement).toList();
    faults.stream().filter(each -> !misused.contains(statement(each))).forEach(all::add);
    return new Explanation(
        withOneImport(all).stream().map(body::inUsersFile).toList(),
        all.stream().map(this::statement).toList());
  }

  /** An import that is missing is so once, however many functions are called. */
  private static List<Fault> withOneImport(Set<Fault> all) {
    List<Fault> told = new ArrayList<>(all);
    told.sort(Comparator.comparingInt(Fault::start));
    List.copyOf(told).stream()
        .filter(each -> each.diagnostic() == Diagnostic.MISSING_IMPORT)
        .skip(1)
        .forEach(told::remove);
    return told;
  }

  // What javac has not found

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
    TreePath select = new TreePath(getCurrentPath(), tree.getMethodSelect());
    if (typed.typeOf(select) == null) {
      hasErrors = true;
      faults.addAll(cause().ofCall(getCurrentPath()));
    }
    return super.visitMethodInvocation(tree, null);
  }

  // What is of the wrong type

  @Override
  public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
    check(tree.getInitializer(), getCurrentPath());
    return super.visitVariable(tree, null);
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
    check(tree.getExpression(), new TreePath(getCurrentPath(), tree.getVariable()));
    return super.visitAssignment(tree, null);
  }

  @Override
  public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
    TreePath around = getCurrentPath();
    while (!(around.getLeaf() instanceof MethodTree
        || around.getLeaf() instanceof LambdaExpressionTree)) {
      around = around.getParentPath();
    }
    if (around.getLeaf() instanceof MethodTree method && method.getReturnType() != null) {
      check(tree.getExpression(), new TreePath(around, method.getReturnType()));
    }
    return super.visitReturn(tree, null);
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void unused) {
    TypeMirror all = typed.givenBy(new TreePath(getCurrentPath(), tree.getExpression()));
    if (all != null
        && all.getKind() == TypeKind.DECLARED
        && !api.isSubtype(all, "java.lang.Iterable")
        && !api.isAsyncIterable(all)) {
      report(new TreePath(getCurrentPath(), tree.getExpression()));
    }
    return super.visitEnhancedForLoop(tree, null);
  }

  /** javac leaves no type to what is of the wrong one. */
  private void check(@Nullable ExpressionTree value, TreePath target) {
    if (value == null || typed.typeOf(target) == null) {
      return;
    }
    TreePath path = new TreePath(getCurrentPath(), value);
    boolean known =
        value instanceof MethodInvocationTree
            ? typed.method(path).isPresent()
            : isInCoroutineOfCoro(target) && value instanceof LiteralTree;
    if (known && typed.typeOf(path) == null) {
      report(path);
    }
  }

  /** The result type of a coroutine that says it gives one. */
  private boolean isInCoroutineOfCoro(TreePath target) {
    return target.getParentPath().getLeaf() instanceof MethodTree
        && trees.getElement(target.getParentPath()) instanceof ExecutableElement method
        && api.isCoroutine(method)
        && api.isSubtype(method.getReturnType(), "io.fermata.Awaitable");
  }

  private void report(TreePath value) {
    List<Fault> found = cause().ofValue(value);
    hasErrors |= !found.isEmpty();
    faults.addAll(found);
  }

  private ErrorCause cause() {
    return new ErrorCause(api, trees, type.getCompilationUnit());
  }

  // Where it is

  /** The statement around a fault, or the declaration. */
  private Range statement(Fault fault) {
    List<Range> statements = new ArrayList<>();
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
        if ((tree instanceof StatementTree || tree instanceof MethodTree)
            && start(tree) >= 0
            && start(tree) <= fault.start()
            && fault.end() <= end(tree)) {
          statements.add(new Range(start(tree), end(tree)));
        }
        return super.scan(tree, null);
      }
    }.scan(type, null);
    return statements.isEmpty()
        ? new Range(fault.start(), fault.end())
        : statements.get(statements.size() - 1);
  }

  private int start(Tree tree) {
    SourcePositions positions = trees.getSourcePositions();
    return (int) positions.getStartPosition(type.getCompilationUnit(), tree);
  }

  private int end(Tree tree) {
    SourcePositions positions = trees.getSourcePositions();
    return (int) positions.getEndPosition(type.getCompilationUnit(), tree);
  }
}
