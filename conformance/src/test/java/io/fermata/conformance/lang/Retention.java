package io.fermata.conformance.lang;

import static io.fermata.Async.asCompleted;
import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.completed;

import io.fermata.AsyncGenerator;
import io.fermata.AsyncIterator;
import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.Promise;
import io.fermata.Yielder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Coroutines that say at each resume point which of their objects the rest of their code can still
 * use.
 */
@SuppressWarnings({
  "fallthrough",
  "FallThrough",
  "UnusedVariable"
}) // what is used no more is the point
final class Retention {
  private Retention() {}

  /** A coroutine that is kept when it has ended. */
  @Coroutine
  static void kept(Probe probe, Coro<?> coroutine) {
    await(coroutine);
    await(probe.pause());
    probe.use(coroutine);
  }

  @Coroutine
  static void localAfterItsLastUse(Probe probe) {
    Object a = probe.make("a");
    Object b = probe.make("b");
    await(probe.pause("a", "b"));
    probe.use(a);
    await(probe.pause("b"));
    probe.use(b);
    await(probe.pause());
  }

  @Coroutine
  static void localNeverUsed(Probe probe) {
    Object a = probe.make("a");
    await(probe.pause());
    a = probe.make("b");
    await(probe.pause("b"));
    probe.use(a);
  }

  @Coroutine
  static void parameters(Probe probe) {
    await(RetentionAsync.callee(probe, probe.make("a"), probe.make("b")));
    await(probe.pause());
  }

  @Coroutine
  static void callee(Probe probe, Object a, Object b) {
    await(probe.pause("b"));
    probe.use(b);
    b = "";
    await(probe.pause());
    probe.use(b);
  }

  @Coroutine
  static void operands(Probe probe) {
    probe.use(
        probe.make("a"), await(probe.pause("a")), probe.make("b"), await(probe.pause("a", "b")));
    await(probe.pause());
  }

  @Coroutine
  static void valueOfAnAwait(Probe probe) {
    Object a = await(completed(probe.make("a")));
    await(completed(probe.make("dropped")));
    await(probe.pause("a"));
    probe.use(a);
    await(probe.pause());
  }

  @Coroutine
  static void loop(Probe probe) {
    Object last = "";
    for (int i = 0; i < 3; i++) {
      Object current = probe.make("round" + i);
      await(probe.pause("round" + i));
      probe.use(current, last);
      await(probe.pause());
    }
    await(probe.pause());
  }

  @Coroutine
  static void carriedFromRoundToRound(Probe probe) {
    Object last = probe.make("start");
    for (int i = 0; i < 2; i++) {
      await(probe.pause(i == 0 ? "start" : "round0"));
      probe.use(last);
      last = probe.make("round" + i);
      await(probe.pause("round" + i));
    }
    probe.use(last);
    await(probe.pause());
  }

  @Coroutine
  static void iterated(Probe probe) {
    List<Object> list = new ArrayList<>(List.of(probe.make("a"), probe.make("b")));
    for (Object each : list) {
      await(probe.pause("a", "b"));
      probe.use(each);
    }
    await(probe.pause("a", "b"));
    probe.use(list);
    list = null;
    await(probe.pause());
    for (Object each : List.of(probe.make("c"))) {
      probe.use(each);
      await(probe.pause("c"));
    }
    await(probe.pause());
    for (Object each : new Object[] {probe.make("d")}) {
      probe.use(each);
      await(probe.pause("d"));
    }
    await(probe.pause());
  }

  /** What a variable held until it was assigned is free from there on, as in any method. */
  @Coroutine
  static void overwritten(Probe probe) {
    Object a = probe.make("a");
    Object b = probe.make("b");
    await(probe.pause("a", "b"));
    probe.use(a);
    a = null;
    probe.now("b");
    if (probe.pauses() == 1) {
      b = List.of();
      probe.now();
    }
    probe.use(a, b);
    await(probe.pause());
  }

  @Coroutine
  static void overwrittenParameter(Probe probe) {
    await(RetentionAsync.overwriting(probe, probe.make("a"), probe.make("b")));
    await(probe.pause());
  }

  @Coroutine
  static void overwriting(Probe probe, @Nullable Object a, @Nullable Object b) {
    a = null;
    probe.now("b");
    await(probe.pause("b"));
    probe.use(a, b);
    b = null;
    probe.now();
    probe.use(b);
  }

  @Coroutine
  static void overwrittenInLoop(Probe probe) {
    Object cell = probe.make("cell0");
    await(probe.pause("cell0"));
    for (int i = 1; i < 4; i++) {
      probe.use(cell);
      cell = probe.make("cell" + i);
      probe.now("cell" + i);
      if (i == 2) {
        await(probe.pause("cell2"));
      }
    }
    probe.use(cell);
  }

  @Coroutine
  static void overwrittenInCondition(Probe probe) {
    Object cell = probe.make("cell");
    await(probe.pause("cell"));
    probe.use(cell);
    if ((cell = probe.make("next")) != null) {
      probe.now("next");
      await(probe.pause("next"));
    }
    probe.use(cell);
  }

  @Coroutine
  static void overwrittenInTry(Probe probe) {
    Object a = probe.make("a");
    try {
      await(probe.pause("a"));
      a = null;
      probe.now();
      throw probe.failure("failure");
    } catch (RuntimeException e) {
      probe.use(a, e);
      a = probe.make("b");
      await(probe.pause("b"));
      probe.use(a);
    }
  }

  @Coroutine
  static void caught(Probe probe) {
    try {
      await(probe.pause());
      throw probe.failure("x");
    } catch (RuntimeException e) {
      await(probe.pause("x"));
      probe.use(e);
      await(probe.pause());
    }
    await(probe.pause());
  }

  @Coroutine
  static void pendingInFinally(Probe probe) {
    try {
      try {
        await(probe.pause());
        throw probe.failure("x");
      } finally {
        await(probe.pause("x"));
      }
    } catch (RuntimeException e) {
      probe.use(e);
    }
    await(probe.pause());
  }

  @Coroutine
  static Object pendingResult(Probe probe) {
    try {
      return probe.make("result");
    } finally {
      await(probe.pause("result"));
    }
  }

  @Coroutine
  static void resource(Probe probe) {
    Object a = probe.make("a");
    try (AutoCloseable c = () -> probe.use(a)) {
      await(probe.pause("a"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    await(probe.pause());
  }

  @Coroutine
  static void lambdas(Probe probe) {
    Object a = probe.make("a");
    Supplier<Object> s = () -> a;
    await(probe.pause("a"));
    probe.use(s.get());
    await(probe.pause());
  }

  @Coroutine
  static void asyncLambda(Probe probe) {
    Object a = probe.make("a");
    await(
        async(
            () -> {
              await(probe.pause("a"));
              probe.use(a);
              await(probe.pause());
            }));
    await(probe.pause());
  }

  @Coroutine
  static void branches(Probe probe) {
    Object a = probe.make("a");
    Object b = probe.make("b");
    if (probe.pauses() == 0) {
      await(probe.pause("a"));
      probe.use(a);
    } else {
      await(probe.pause("b"));
      probe.use(b);
    }
    await(probe.pause());
  }

  @Coroutine
  static void pattern(Probe probe) {
    Object o = probe.make("a");
    if (o instanceof Object[] array) {
      await(probe.pause("a"));
      probe.use(array.length);
      o = "";
      await(probe.pause());
    }
    probe.use(o);
    await(probe.pause());
  }

  @Coroutine
  static void switched(Probe probe) {
    Object o = probe.make("a");
    switch (((Object[]) o).length) {
      case 1:
        await(probe.pause());
        o = probe.make("b");
      default:
        await(probe.pause("b"));
        probe.use(o);
    }
    await(probe.pause());
  }

  @Coroutine
  static void stringConcatenation(Probe probe) {
    String s = "" + probe.make("a").hashCode() + await(probe.pause());
    await(probe.pause());
    probe.use(s);
  }

  @Coroutine
  static void generated(Probe probe) {
    for (Object each : RetentionAsync.generator(probe)) {
      probe.use(each);
      each = "";
      await(probe.pause("kept"));
    }
    await(probe.pause());
  }

  @Coroutine
  static void plainlyGenerated(Yielder<Object> out, Probe probe, Object parameter) {
    Object local = probe.make("local");
    try {
      out.yield(probe.make("element"));
      out.yield("second");
    } finally {
      probe.use(parameter, local);
    }
  }

  @Coroutine
  static void asynchronouslyGenerated(Emitter<Object> out, Probe probe, Object parameter) {
    Object local = probe.make("local");
    try {
      out.emit(probe.make("element"));
      out.emit("second");
    } finally {
      probe.use(parameter, local);
    }
  }

  /** Leaves a loop over what is done after the first. */
  @Coroutine
  static void firstCompleted(Promise<String> slow) {
    for (Promise<? extends String> done : asCompleted(List.of(slow, completed("first")))) {
      await(done);
      break;
    }
  }

  /** Takes so many elements, and ends the generator. */
  @Coroutine
  static void ending(AsyncGenerator<Object> generator, int elements) {
    AsyncIterator<Object> iterator = generator.asyncIterator();
    for (int i = 0; i < elements; i++) {
      await(iterator.moveNext());
    }
    await(generator.aclose());
  }

  @Coroutine
  static void generator(Emitter<Object> out, Probe probe) {
    Object kept = probe.make("kept");
    out.emit("first");
    probe.use(kept);
    kept = null;
    await(probe.pause());
  }
}
