package io.fermata.processor.desugar;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CodeShape;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrRewriter;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.List;
import java.util.Optional;

/**
 * For-each loops as loops over an index, an iterator or an async iterator (JLS 14.14.2).
 *
 * <pre>
 * for (T x : array) S       T[] t = array; for (int i = 0; i &lt; t.length; i++) { T x = t[i]; S }
 * for (T x : items) S       Iterator&lt;T&gt; t = items.iterator(); while (t.hasNext()) { T x = t.next(); S }
 * for (T x : events) S      AsyncIterator&lt;T&gt; t = events.asyncIterator();
 *                           while (await(t.moveNext())) { T x = t.current(); S }
 * for (T x : ticks()) S     try (AsyncGenerator&lt;T&gt; t = ticks()) { for (T x : t) S }
 * </pre>
 */
final class ForEachRewriter extends IrRewriter {

  @Override
  protected List<IrStmt> statement(IrStmt statement) {
    IrStmt rebuilt = rebuilt(statement);
    if (!(rebuilt instanceof IrStmt.ForEach loop)) {
      return List.of(rebuilt);
    }
    return List.of(
        switch (loop.over()) {
          case ARRAY -> overArray(loop);
          case ITERABLE -> overIterable(loop, loop.subject());
          case ASYNC_ITERABLE -> overAsyncIterable(loop, loop.subject());
          case ASYNC_GENERATOR_CALL -> overCall(loop, IrStmt.Resource.Protocol.ASYNC_SCOPE);
          case GENERATOR_CALL -> overCall(loop, IrStmt.Resource.Protocol.CLOSEABLE);
        });
  }

  private static IrStmt overArray(IrStmt.ForEach loop) {
    IrLocal array = temporary(loop.subject().type());
    IrLocal index = temporary(CommonTypes.INT);
    return new IrStmt.Block(
        List.of(
            new IrStmt.Declare(array, Optional.of(loop.subject()), loop.span()),
            new IrStmt.Declare(index, Optional.of(plain(Code.of("0"), CommonTypes.INT)), Span.NONE),
            new IrStmt.Loop(
                loop.label(),
                IrStmt.Loop.Test.BEFORE,
                Optional.of(
                    plain(
                        read(index).then(" < ").then(read(array)).then(".length"),
                        CommonTypes.BOOLEAN)),
                body(loop, read(array).then("[").then(read(index)).then("]")),
                List.of(
                    new IrStmt.Exec(
                        Code.of(new Part.Write(index, Part.Mode.UPDATE), new Part.Text("++;")),
                        Span.NONE)),
                loop.span())));
  }

  private static IrStmt overIterable(IrStmt.ForEach loop, IrExpr subject) {
    IrLocal iterator = temporary(iteratorType("java.util", "Iterator", loop.element()));
    return new IrStmt.Block(
        List.of(
            declare(iterator, subject, ".iterator()", loop.span()),
            new IrStmt.Loop(
                loop.label(),
                IrStmt.Loop.Test.BEFORE,
                Optional.of(plain(read(iterator).then(".hasNext()"), CommonTypes.BOOLEAN)),
                body(loop, read(iterator).then(".next()")),
                List.of(),
                loop.span())));
  }

  private static IrStmt overAsyncIterable(IrStmt.ForEach loop, IrExpr subject) {
    IrLocal iterator = temporary(iteratorType("io.fermata", "AsyncIterator", loop.element()));
    IrType awaitable = IrType.Declared.of("io.fermata", "Awaitable");
    IrExpr moved =
        new IrExpr.Await(
            plain(read(iterator).then(".moveNext()"), awaitable), CommonTypes.BOOLEAN, loop.span());
    return new IrStmt.Block(
        List.of(
            declare(iterator, subject, ".asyncIterator()", loop.span()),
            new IrStmt.Loop(
                loop.label(),
                IrStmt.Loop.Test.BEFORE,
                Optional.of(moved),
                body(loop, read(iterator).then(".current()")),
                List.of(),
                loop.span())));
  }

  private static IrStmt overCall(IrStmt.ForEach loop, IrStmt.Resource.Protocol protocol) {
    IrLocal generator = temporary(loop.subject().type());
    IrExpr subject = IrExpr.Plain.read(generator);
    IrStmt inner =
        protocol == IrStmt.Resource.Protocol.ASYNC_SCOPE
            ? overAsyncIterable(loop, subject)
            : overIterable(loop, subject);
    return new IrStmt.TryResources(
        List.of(new IrStmt.Resource(protocol, generator, loop.subject(), loop.span())),
        List.of(inner),
        List.of(),
        Optional.empty(),
        IrStmt.TryResources.Swallowing.ENDS,
        loop.span());
  }

  private static IrStmt body(IrStmt.ForEach loop, Code element) {
    return new IrStmt.Block(
        List.of(
            new IrStmt.Declare(
                loop.variable(), Optional.of(plain(element, loop.element())), loop.span()),
            loop.body()));
  }

  private static IrStmt declare(IrLocal iterator, IrExpr subject, String call, Span span) {
    Code code = receiver(subject).then(call);
    return new IrStmt.Declare(
        iterator, Optional.of(new IrExpr.Composite(code, iterator.type())), span);
  }

  private static Code receiver(IrExpr subject) {
    if (subject instanceof IrExpr.Plain plain) {
      return CodeShape.operand(plain.code());
    }
    return subject instanceof IrExpr.Composite composite
        ? CodeShape.operand(composite.code())
        : CodeShape.operand(Code.of(new Part.Operand(subject)));
  }

  private static IrType iteratorType(String packageName, String name, IrType element) {
    return new IrType.Declared(
        packageName,
        List.of(name),
        List.of(new IrType.Wildcard(Optional.of(new IrType.Wildcard.Bound("extends", element)))),
        Optional.empty());
  }

  private static IrExpr plain(Code code, IrType type) {
    return new IrExpr.Plain(code, type, IrExpr.Stability.ANY);
  }

  private static Code read(IrLocal local) {
    return Code.read(local);
  }

  private static IrLocal temporary(IrType type) {
    return new IrLocal("t", type, IrLocal.Origin.TEMPORARY);
  }
}
