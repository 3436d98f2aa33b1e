package io.fermata.processor.desugar;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrRewriter;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrStmt.TryResources.Swallowing;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Try with resources as try, catch and finally (JLS 14.20.3), and "async with".
 *
 * <pre>
 * try (R r = open()) { S }            R r = open();
 *                                     try { S }
 *                                     finally (thrown) {
 *                                       closeResource(r, thrown);
 *                                       if (thrown != null) throw thrown;
 *                                     }
 *
 * try (Scope s = open()) { S }        Scope s = open();
 *                                     await(s.enter());
 *                                     try { S }
 *                                     finally (thrown) {
 *                                       Throwable outcome;
 *                                       try { outcome = await(s.exit(thrown)); }
 *                                       catch (Throwable t) { throw exitFailed(t, thrown); }
 *                                       if (outcome != null) throw outcome;
 *                                     }
 * </pre>
 *
 * <p>Where a scope has swallowed what its block threw, and Java holds the statement's end
 * unreachable, {@code swallowed(…)} is thrown behind it.
 */
final class ResourceRewriter extends IrRewriter {

  private static final IrType AWAITABLE = IrType.Declared.of("io.fermata", "Awaitable");

  @Override
  protected List<IrStmt> statement(IrStmt statement) {
    IrStmt rebuilt = rebuilt(statement);
    if (!(rebuilt instanceof IrStmt.TryResources attempt)) {
      return List.of(rebuilt);
    }
    List<IrStmt> body = nested(attempt.resources(), attempt);
    if (attempt.catches().isEmpty() && attempt.finallyBody().isEmpty()) {
      return List.of(new IrStmt.Block(body));
    }
    return List.of(new IrStmt.Try(body, attempt.catches(), attempt.finallyBody(), attempt.span()));
  }

  private static List<IrStmt> nested(List<IrStmt.Resource> resources, IrStmt.TryResources attempt) {
    if (resources.isEmpty()) {
      return attempt.body();
    }
    IrStmt.Resource first = resources.get(0);
    List<IrStmt> rest = nested(resources.subList(1, resources.size()), attempt);
    return first.protocol() == IrStmt.Resource.Protocol.ASYNC_SCOPE
        ? scope(first, rest, attempt.swallowing())
        : closeable(first, rest);
  }

  private static List<IrStmt> closeable(IrStmt.Resource resource, List<IrStmt> body) {
    IrLocal thrown = temporary("thrown");
    Code close =
        Code.of("closeResource(")
            .then(Code.read(resource.variable()))
            .then(", ")
            .then(Code.read(thrown))
            .then(");");
    List<IrStmt> last = List.of(new IrStmt.Exec(close, resource.span()), throwIfAny(thrown));
    return List.of(
        new IrStmt.Declare(resource.variable(), Optional.of(resource.value()), resource.span()),
        new IrStmt.Try(body, List.of(), Optional.of(last), Optional.of(thrown), resource.span()));
  }

  private static List<IrStmt> scope(
      IrStmt.Resource resource, List<IrStmt> body, Swallowing swallowing) {
    IrLocal thrown = temporary("thrown");
    Code enter = Code.read(resource.variable()).then(".enter()");
    List<IrStmt> statements = new ArrayList<>();
    statements.add(
        new IrStmt.Declare(resource.variable(), Optional.of(resource.value()), resource.span()));
    statements.add(
        new IrStmt.Evaluate(
            await(enter, CommonTypes.OBJECT, labelled("enter: ", resource.span())),
            resource.span()));
    statements.add(
        new IrStmt.Try(
            body,
            List.of(),
            Optional.of(exit(resource, thrown)),
            Optional.of(thrown),
            resource.span()));
    if (swallowing != Swallowing.ENDS) {
      statements.add(swallowed(resource, thrown, swallowing));
    }
    return statements;
  }

  private static IrStmt swallowed(IrStmt.Resource resource, IrLocal thrown, Swallowing swallowing) {
    String block = resource.span().text().replace("\\", "\\\\").replace("\"", "\\\"");
    IrStmt failure =
        new IrStmt.Throw(
            new IrExpr.Plain(
                Code.of("swallowed(\"" + block + "\", " + resource.span().line() + ")"),
                CommonTypes.THROWABLE,
                IrExpr.Stability.ANY),
            resource.span());
    return swallowing == Swallowing.UNREACHABLE
        ? failure
        : new IrStmt.If(notNull(thrown), failure, Optional.empty(), Span.NONE);
  }

  private static List<IrStmt> exit(IrStmt.Resource resource, IrLocal thrown) {
    IrLocal outcome = temporary("outcome");
    IrLocal failure = temporary("t");
    Code exit = Code.read(resource.variable()).then(".exit(").then(Code.read(thrown)).then(")");
    Code failed =
        Code.of("exitFailed(")
            .then(Code.read(failure))
            .then(", ")
            .then(Code.read(thrown))
            .then(")");
    IrStmt awaited =
        new IrStmt.Evaluate(
            new IrExpr.Assign(
                new IrExpr.Target.Local(outcome),
                await(exit, CommonTypes.THROWABLE, labelled("exit: ", resource.span()))),
            resource.span());
    IrStmt failing =
        new IrStmt.Throw(
            new IrExpr.Plain(failed, CommonTypes.THROWABLE, IrExpr.Stability.ANY), resource.span());
    return List.of(
        new IrStmt.Declare(outcome, Optional.empty(), Span.NONE),
        new IrStmt.Try(
            List.of(awaited),
            List.of(new IrStmt.Catch(List.of(CommonTypes.THROWABLE), failure, List.of(failing))),
            Optional.empty(),
            resource.span()),
        throwIfAny(outcome));
  }

  private static IrExpr await(Code operand, IrType type, Span span) {
    return new IrExpr.Await(new IrExpr.Plain(operand, AWAITABLE, IrExpr.Stability.ANY), type, span);
  }

  private static Span labelled(String label, Span span) {
    return new Span(span.line(), label + span.text());
  }

  private static IrStmt throwIfAny(IrLocal throwable) {
    return new IrStmt.If(
        notNull(throwable),
        new IrStmt.Throw(IrExpr.Plain.read(throwable), Span.NONE),
        Optional.empty(),
        Span.NONE);
  }

  private static IrExpr notNull(IrLocal local) {
    return new IrExpr.Plain(
        Code.read(local).then(" != null"), CommonTypes.BOOLEAN, IrExpr.Stability.ANY);
  }

  private static IrLocal temporary(String name) {
    return new IrLocal(name, CommonTypes.THROWABLE, IrLocal.Origin.TEMPORARY);
  }
}
