package io.fermata.processor.desugar;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrRewriter;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrStmt.TryResources.Swallowing;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Try with resources as try, catch and finally (JLS 14.20.3), and "async with".
 *
 * <pre>
 * try (R r = open()) { S }            R r = open();
 *                                     Throwable t = null;
 *                                     try { S } catch (Throwable e) { t = e; throw e; }
 *                                     finally { closeResource(r, t); }
 *
 * try (Scope s = open()) { S }        Scope s = open();
 *                                     await(s.enter());
 *                                     Throwable t = null;
 *                                     try { S } catch (Throwable e) { t = e; }
 *                                     finally {
 *                                       Throwable x;
 *                                       try { x = await(s.exit(t)); }
 *                                       catch (Throwable e) { x = exitFailed(e, t); }
 *                                       if (x != null) throw x;
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
    IrLocal caught = temporary("t");
    Code close =
        Code.of("closeResource(")
            .then(Code.read(resource.variable()))
            .then(", ")
            .then(Code.read(thrown))
            .then(");");
    IrStmt.Catch keep =
        new IrStmt.Catch(
            List.of(CommonTypes.THROWABLE),
            caught,
            List.of(
                assign(thrown, Code.read(caught)),
                new IrStmt.Throw(IrExpr.Plain.read(caught), Span.NONE)));
    return List.of(
        new IrStmt.Declare(resource.variable(), Optional.of(resource.value()), resource.span()),
        declareNull(thrown),
        new IrStmt.Try(
            body,
            List.of(keep),
            Optional.of(List.of(new IrStmt.Exec(close, resource.span()))),
            resource.span()));
  }

  private static List<IrStmt> scope(
      IrStmt.Resource resource, List<IrStmt> body, Swallowing swallowing) {
    IrLocal thrown = temporary("thrown");
    IrLocal caught = temporary("t");
    IrStmt.Catch keep =
        new IrStmt.Catch(
            List.of(CommonTypes.THROWABLE), caught, List.of(assign(thrown, Code.read(caught))));
    List<IrStmt> statements = new ArrayList<>();
    statements.add(
        new IrStmt.Declare(resource.variable(), Optional.of(resource.value()), resource.span()));
    statements.add(
        new IrStmt.Evaluate(
            await(resource, Code.read(resource.variable()).then(".enter()"), CommonTypes.OBJECT),
            resource.span()));
    statements.add(declareNull(thrown));
    statements.add(
        new IrStmt.Try(body, List.of(keep), Optional.of(exit(resource, thrown)), resource.span()));
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

  private static IrExpr notNull(IrLocal local) {
    return new IrExpr.Plain(
        Code.read(local).then(" != null"), CommonTypes.BOOLEAN, IrExpr.Stability.ANY);
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
                new IrExpr.Target.Local(outcome), await(resource, exit, CommonTypes.THROWABLE)),
            resource.span());
    return List.of(
        declareNull(outcome),
        new IrStmt.Try(
            List.of(awaited),
            List.of(
                new IrStmt.Catch(
                    List.of(CommonTypes.THROWABLE), failure, List.of(assign(outcome, failed)))),
            Optional.empty(),
            resource.span()),
        new IrStmt.If(
            new IrExpr.Plain(
                Code.read(outcome).then(" != null"), CommonTypes.BOOLEAN, IrExpr.Stability.ANY),
            new IrStmt.Throw(IrExpr.Plain.read(outcome), Span.NONE),
            Optional.empty(),
            Span.NONE));
  }

  private static IrExpr await(IrStmt.Resource resource, Code operand, IrType type) {
    return new IrExpr.Await(
        new IrExpr.Plain(operand, AWAITABLE, IrExpr.Stability.ANY), type, resource.span());
  }

  private static IrStmt declareNull(IrLocal local) {
    IrExpr nothing = new IrExpr.Plain(Code.of("null"), local.type(), IrExpr.Stability.CONSTANT);
    return new IrStmt.Declare(local, Optional.of(nothing), Span.NONE);
  }

  private static IrStmt assign(IrLocal local, Code value) {
    return new IrStmt.Exec(
        Code.of(new Part.Write(local, Part.Mode.SET), new Part.Text(" = ")).then(value).then(";"),
        Span.NONE);
  }

  private static IrLocal temporary(String name) {
    return new IrLocal(name, CommonTypes.THROWABLE, IrLocal.Origin.TEMPORARY);
  }
}
