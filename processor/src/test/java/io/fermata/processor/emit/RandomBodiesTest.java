package io.fermata.processor.emit;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.processor.ir.IrBody;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random bodies do the same blocking and as coroutines: trace, result and exception. */
final class RandomBodiesTest {
  private static final int METHODS_PER_CLASS = 40;
  private static final int RUNS_PER_METHOD = 25;
  private static final int UNCUT = 1_000_000;
  private static final int SAVES_WHERE_IT_WAITS = 1_000_000;

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

  @Test
  void randomBodiesThatSaveOnTheWay_holdTheSameWhereTheyWait() throws ReflectiveOperationException {
    long first = Long.getLong("fermata.fuzz.seed", 1);
    int programs = Integer.getInteger("fermata.fuzz.programs", 200);
    for (long seed = first; seed < first + programs; seed += METHODS_PER_CLASS) {
      compareHeld(seed);
    }
  }

  private static void compareHeld(long first) throws ReflectiveOperationException {
    List<TwinClass.Method> methods = new ArrayList<>();
    for (long seed = first; seed < first + METHODS_PER_CLASS; seed++) {
      IrBody body = new RandomBody(seed).build();
      int limit = seed % 2 == 0 ? UNCUT : 40 + (int) seed % 200;
      methods.add(Twins.cutMethod("late" + seed, body, UNCUT, SAVES_WHERE_IT_WAITS));
      methods.add(Twins.cutMethod("early" + seed, body, limit, (int) seed % 3));
    }
    String twin = new TwinEmitter().emit(new TwinClass(Twins.OWNER, methods));
    Runs runs =
        new Runs(
            Compiled.of(
                Map.of(
                    "app.Hello",
                    HelloSource.TEXT,
                    "app.HelloAsync",
                    twin,
                    "app.Blocking",
                    "package app;\nfinal class Blocking {}\n")));
    for (long seed = first; seed < first + METHODS_PER_CLASS; seed++) {
      for (int run = 0; run < RUNS_PER_METHOD; run++) {
        IrBody body = new RandomBody(seed).build();
        assertEquals(
            runs.coroutine("late" + seed, run) + runs.held(),
            runs.coroutine("early" + seed, run) + runs.held(),
            () -> "early\n" + BlockingText.method("early", body) + "\n" + twin);
      }
    }
  }

  static void compare(long first, int limit) throws ReflectiveOperationException {
    Map<String, IrBody> bodies = new HashMap<>();
    List<TwinClass.Method> methods = new ArrayList<>();
    StringBuilder blocking = new StringBuilder("package app;\nfinal class Blocking {\n");
    for (long seed = first; seed < first + METHODS_PER_CLASS; seed++) {
      IrBody body = new RandomBody(seed).build();
      bodies.put("m" + seed, body);
      methods.add(Twins.cutMethod("m" + seed, body, limit, SAVES_WHERE_IT_WAITS));
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
        .emit(
            new TwinClass(
                Twins.OWNER, List.of(Twins.cutMethod(name, body, limit, SAVES_WHERE_IT_WAITS))));
  }

  static final class Runs {
    private final Class<?> hello;
    private final Class<?> blocking;
    private final Class<?> twin;
    private final List<List<String>> held = new ArrayList<>();

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
      held.clear();
      hello.getField("watch").set(null, (Runnable) () -> held.add(heldBy(coro)));
      return outcome(() -> Async.run(coro));
    }

    /** What the last coroutine held each time that it waited. */
    String held() {
      return held.toString();
    }

    private static List<String> heldBy(Coro<?> coro) {
      return Arrays.stream(coro.getClass().getDeclaredFields())
          .filter(field -> !Modifier.isStatic(field.getModifiers()))
          .filter(field -> !field.getType().isPrimitive())
          .map(field -> valueOf(field, coro))
          .filter(Objects::nonNull)
          .map(String::valueOf)
          .sorted()
          .toList();
    }

    private static @Nullable Object valueOf(Field field, Coro<?> coro) {
      try {
        field.setAccessible(true);
        return field.get(coro);
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
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
