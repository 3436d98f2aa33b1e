package io.fermata.processor.checks;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WildcardTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.remedies.Edit;
import io.fermata.processor.remedies.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which findings in a body have a mechanical remedy, and what it is. A remedy leaves nothing to
 * choose, and what it makes compiles; where it is in doubt, there is none.
 */
final class Mending {

  private final Api api;
  private final Trees trees;
  private final CompilationUnitTree unit;

  Mending(Api api, Trees trees, CompilationUnitTree unit) {
    this.api = api;
    this.trees = trees;
    this.unit = unit;
  }

  /**
   * What mends a finding.
   *
   * @param at where it is told
   * @param arguments of the diagnostic
   */
  Remedy of(Diagnostic diagnostic, Tree at, String... arguments) {
    if (diagnostic == Diagnostic.MISSING_IMPORT) {
      return Remedy.NONE.with(Set.of("static io.fermata.Async.*"));
    }
    TreePath path = trees.getPath(unit, at);
    if (path == null) {
      return Remedy.NONE;
    }
    MendedSource source = new MendedSource(api, trees, unit);
    if (!source.isWritten(at) || !source.isWritten(path.getParentPath().getLeaf())) {
      return Remedy.NONE;
    }
    RunningCode code = new RunningCode(api, trees);
    MendedCalls calls = new MendedCalls(api, trees, source, code);
    MendedLambdas lambdas = new MendedLambdas(api, trees, source, code);
    Optional<Remedy> remedy =
        switch (diagnostic) {
          case AWAIT_IN_LAMBDA -> lambdas.coroutineLambda(path);
          case ASYNC_OF_OTHER -> lambdas.called(path);
          case NO_LAMBDA -> lambdas.handedOver(path);
          case DIRECT_CALL -> calls.twin(path);
          case DIRECT_REFERENCE -> lambdas.twinReference(path, arguments[1]);
          case NESTED_RUN -> calls.awaited(path);
          case NEVER_AWAITED, MISSING_AWAIT, MISSING_RUN -> calls.waitedFor(path);
          case NOT_AWAITABLE -> calls.withoutAwait(path);
          case NO_FUTURE -> calls.inThread(path);
          case NO_OBJECT -> calls.withObject(path);
          case BLOCKING_CALL -> new MendedBlocking(api, trees, source, code).of(path, arguments[1]);
          case SWALLOWED_WITH_OTHERS -> rethrown(path, source);
          case OTHER_NAME -> Optional.of(replaced(at, source.function(arguments[1], path), source));
          case DECLARES_COROUTINE -> result(at, source);
          default -> Optional.empty();
        };
    return remedy.map(each -> each.with(source.imports())).orElse(Remedy.NONE);
  }

  private static Remedy replaced(Tree tree, String text, MendedSource source) {
    return Remedy.of(new Edit(source.start(tree), source.end(tree), text));
  }

  /** {@code catch (CancelledError e) { throw e; }} before the clause that would take it. */
  private Optional<Remedy> rethrown(TreePath caught, MendedSource source) {
    TreePath path = caught;
    while (!(path.getLeaf() instanceof CatchTree)) {
      path = path.getParentPath();
    }
    if (!source.isWritten(path.getLeaf())) {
      return Optional.empty();
    }
    int at = source.start(path.getLeaf());
    String line = source.lineEnd() + source.indentAt(at);
    String name = new DeclaredNames(path).isFree("e") ? "e" : "cancelled";
    String clause =
        "catch (%s %s) {%s  throw %s;%s} "
            .formatted(source.type("io.fermata.CancelledError"), name, line, name, line);
    return Optional.of(Remedy.of(Edit.insert(at, clause)));
  }

  /** {@code String} for {@code Coro<String>}. */
  private static Optional<Remedy> result(Tree type, MendedSource source) {
    if (!(type instanceof ParameterizedTypeTree coroutine)) {
      return Optional.empty();
    }
    List<? extends Tree> arguments = coroutine.getTypeArguments();
    if (arguments.isEmpty() || arguments.get(0) instanceof WildcardTree) {
      return Optional.empty();
    }
    String result = source.text(arguments.get(0));
    return result.equals("Void") ? Optional.empty() : Optional.of(replaced(type, result, source));
  }

  /** The name of a method as it is called: {@code await} of {@code Async.await(…)}. */
  static String nameOf(MethodInvocationTree call) {
    ExpressionTree select = call.getMethodSelect();
    String text = select.toString();
    return select instanceof IdentifierTree ? text : text.substring(text.lastIndexOf('.') + 1);
  }
}
