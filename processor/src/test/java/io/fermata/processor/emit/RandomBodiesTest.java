package io.fermata.processor.emit;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.processor.ir.IrBody;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Random bodies do the same blocking and as coroutines: trace, result and exception. */
final class RandomBodiesTest {
  private static final int METHODS_PER_CLASS = 40;
  private static final int RUNS_PER_METHOD = 25;
  private static final int UNCUT = 1_000_000;

  @Test
  void randomBodies_runBlockingAndAsCoroutines_doTheSame() throws ReflectiveOperationException {
    long first = Long.getLong("fermata.fuzz.seed", 1);
    int programs = Integer.getInteger("fermata.fuzz.programs", 200);
    for (long seed = first; seed < first + programs; seed += METHODS_PER_CLASS) {
      compare(seed, UNCUT);
    }
  }

  @Test
  void randomBodiesCutIntoManyMethods_runBlockingAndAsCoroutines_doTheSame()
      throws ReflectiveOperationException {
    long first = Long.getLong("fermata.fuzz.seed", 1);
    int programs = Integer.getInteger("fermata.fuzz.programs", 200);
    for (long seed = first; seed < first + programs; seed += METHODS_PER_CLASS) {
      compare(seed, 40 + (int) seed % 200);
    }
  }

  static void compare(long first, int limit) throws ReflectiveOperationException {
    Map<String, IrBody> bodies = new HashMap<>();
    List<TwinClass.Method> methods = new ArrayList<>();
    StringBuilder blocking = new StringBuilder("package app;\nfinal class Blocking {\n");
    for (long seed = first; seed < first + METHODS_PER_CLASS; seed++) {
      IrBody body = new RandomBody(seed).build();
      bodies.put("m" + seed, body);
      methods.add(Twins.cutMethod("m" + seed, body, limit));
      blocking.append(BlockingText.method("m" + seed, body));
    }
    String twin = new TwinEmitter().emit(new TwinClass(Twins.OWNER, methods));
    Compiled compiled =
        Compiled.of(
            Map.of(
                "app.Hello",
                HelloSource.TEXT,
                "app.HelloAsync",
                twin,
                "app.Blocking",
                blocking.append("}\n").toString()));
    Runs runs = new Runs(compiled);
    for (long seed = first; seed < first + METHODS_PER_CLASS; seed++) {
      for (int run = 0; run < RUNS_PER_METHOD; run++) {
        String name = "m" + seed;
        String expected = runs.blocking(name, run);
        String actual = runs.coroutine(name, run);
        IrBody body = requireNonNull(bodies.get(name));
        assertEquals(
            expected,
            actual,
            () -> name + "\n" + BlockingText.method(name, body) + "\n" + twinOf(name, body, limit));
      }
    }
  }

  private static String twinOf(String name, IrBody body, int limit) {
    return new TwinEmitter()
        .emit(new TwinClass(Twins.OWNER, List.of(Twins.cutMethod(name, body, limit))));
  }

  static final class Runs {
    private final Class<?> hello;
    private final Class<?> blocking;
    private final Class<?> twin;

    Runs(Compiled compiled) throws ReflectiveOperationException {
      hello = compiled.loadClass("app.Hello");
      blocking = compiled.loadClass("app.Blocking");
      twin = compiled.loadClass("app.HelloAsync");
    }

    String blocking(String name, int run) throws ReflectiveOperationException {
      hello.getMethod("start", long.class).invoke(null, run);
      Method method = blocking.getDeclaredMethod(name, int.class, String.class);
      method.setAccessible(true);
      return outcome(() -> method.invoke(null, run, "what"));
    }

    String coroutine(String name, int run) throws ReflectiveOperationException {
      hello.getMethod("start", long.class).invoke(null, run);
      Method method = twin.getMethod(name, int.class, String.class);
      Coro<?> coro = (Coro<?>) method.invoke(null, run, "what");
      return outcome(() -> Async.run(coro));
    }

    private String outcome(Call call) throws ReflectiveOperationException {
      String end;
      try {
        end = "returned " + call.run();
      } catch (InvocationTargetException e) {
        end = "threw " + e.getCause();
      } catch (Throwable e) {
        end = "threw " + e;
      }
      return hello.getMethod("finish").invoke(null) + end;
    }
  }

  private interface Call {
    Object run() throws Exception;
  }
}
