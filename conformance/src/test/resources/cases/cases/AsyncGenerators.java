package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Async generators and `for` over `AsyncIterable`: lazy, ended early with their `finally`, failing at the consumer.
 *
 * <p>JLS 14.14.2.
 */
final class AsyncGenerators {
  @Coroutine
  static void ticker(Emitter<Integer> out, Env env, int to) {
    env.trace("begin");
    try {
      for (int i = 0; i < to; i++) {
        int v = await(env.value("tick" + i, i));
        env.trace("emit " + v);
        out.emit(v);
      }
    } finally {
      env.trace("closing");
      await(env.value("close", 0));
      env.trace("closed");
    }
  }

  @Coroutine
  static int asyncFor(Env env) {
    int sum = 0;
    for (int i : AsyncGeneratorsAsync.ticker(env, 3)) {
      sum = sum * 10 + i + await(env.value("body" + i, 1));
    }
    return sum;
  }

  @Coroutine
  static int earlyBreak(Env env) {
    int n = 0;
    for (int i : AsyncGeneratorsAsync.ticker(env, 5)) {
      n += i;
      if (await(env.value("stop" + i, i == 2))) break;
    }
    env.trace("after");
    return n;
  }

  @Coroutine
  static int earlyReturnThroughFinally(Env env) {
    try {
      for (int i : AsyncGeneratorsAsync.ticker(env, 5)) {
        if (i == 1) return i;
      }
      return -1;
    } finally {
      await(env.value("f", 0));
      env.trace("finally");
    }
  }

  @Coroutine
  static int labelledContinueLeavesTheGenerator(Env env) {
    int n = 0;
    outer:
    for (int k = 0; k < 2; k++) {
      for (int i : AsyncGeneratorsAsync.ticker(env, 3)) {
        n += 1;
        if (i == k) continue outer;
      }
    }
    return n;
  }

  @Coroutine
  static String heldInAVariable(Env env) {
    try (AsyncGenerator<Integer> g = AsyncGeneratorsAsync.ticker(env, 2)) {
      AsyncIterator<Integer> it = g.asyncIterator();
      String s = "";
      while (await(it.moveNext())) {
        s += it.current() + ",";
      }
      return s + await(it.moveNext());
    }
  }

  @Coroutine
  static int asyncForOverAVariable(Env env) {
    int sum = 0;
    try (AsyncGenerator<Integer> ticker = AsyncGeneratorsAsync.ticker(env, 3)) {
      AsyncIterable<Integer> all = ticker;
      for (Integer i : all) {
        sum += i + await(env.value("v" + i, 10));
      }
    }
    return sum;
  }

  static final class Countdown implements AsyncIterable<String> {
    final Env env;
    final int from;

    Countdown(Env env, int from) {
      this.env = env;
      this.from = from;
    }

    @Override
    public AsyncIterator<String> asyncIterator() {
      env.trace("iterator");
      return new AsyncIterator<>() {
        int at = from;

        @Override
        public Awaitable<Boolean> moveNext() {
          return env.value("move" + at, at-- > 0);
        }

        @Override
        public String current() {
          return "c" + at;
        }
      };
    }
  }

  @Coroutine
  static String ownAsyncIterable(Env env) {
    String s = "";
    for (var x : new Countdown(env, 4)) {
      if (x.equals("c2")) continue;
      s += x + await(env.value("b" + x, "."));
      if (x.equals("c1")) break;
    }
    return s;
  }

  @Coroutine
  static void failing(Emitter<Integer> out, Env env) {
    out.emit(1);
    await(env.value("a", 0));
    out.emit(2);
    throw env.boom("generator");
  }

  @Coroutine
  static int exceptionComesOutAtTheConsumer(Env env) {
    int n = 0;
    try {
      for (int i : AsyncGeneratorsAsync.failing(env)) {
        n = n * 10 + i;
        await(env.value("v" + i, 0));
      }
    } catch (Boom e) {
      env.caught(e);
      n += 100;
    }
    return n;
  }

  @Coroutine
  static void filtered(Emitter<String> out, Env env, AsyncIterable<Integer> in) {
    for (int i : in) {
      if (i % 2 == 0) {
        out.emit("e" + await(env.value("f" + i, i)));
      }
    }
  }

  @Coroutine
  static String pipeline(Env env) {
    String s = "";
    try (AsyncGenerator<Integer> ticker = AsyncGeneratorsAsync.ticker(env, 5)) {
      for (String x : AsyncGeneratorsAsync.filtered(env, ticker)) {
        s += x;
      }
    }
    return s;
  }

  @Coroutine
  static void all(Emitter<Object> out, Env env) {
    out.emit("start");
    out.emitAll(AsyncGeneratorsAsync.ticker(env, 2));
    out.emit(await(env.value("end", (Object) "end")));
  }

  @Coroutine
  static String emitAll(Env env) {
    String s = "";
    for (Object x : AsyncGeneratorsAsync.all(env)) {
      s += x + " ";
    }
    return s;
  }

  @Coroutine
  static String emptyAndNested(Env env) {
    String s = "";
    for (int i : AsyncGeneratorsAsync.ticker(env, 0)) {
      s += "never" + i;
    }
    for (int a : AsyncGeneratorsAsync.ticker(env, 2)) {
      for (int b : AsyncGeneratorsAsync.ticker(env, 2)) {
        s += a + "" + b + " ";
        if (a == 0) break;
      }
    }
    return s;
  }

  @Coroutine
  static String bodyThrowsInTheLoop(Env env) {
    try {
      for (int i : AsyncGeneratorsAsync.ticker(env, 3)) {
        if (i == 1) throw env.boom("body");
      }
      return "never";
    } catch (Boom e) {
      env.caught(e);
      return "caught";
    }
  }

  @Coroutine
  static int emitInExpressionsOrder(Env env) {
    int n = 0;
    for (String s : AsyncGeneratorsAsync.order(env)) {
      env.trace(s);
      n += s.length();
    }
    return n;
  }

  @Coroutine
  static void order(Emitter<String> out, Env env) {
    int i = 0;
    out.emit("a" + i++ + await(env.value("x", i)));
    String[] cell = {"b"};
    out.emit(cell[0] += await(env.value("y", i)) + i);
    do out.emit(cell[0] + i++); while (i < 3);
    if (i == 3) out.emit("last");
    Runnable plain = () -> env.trace("plain");
    plain.run();
  }
}
