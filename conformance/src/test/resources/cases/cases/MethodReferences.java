package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Method references beside resume points.
 *
 * <p>JLS 15.13.
 */
final class MethodReferences {
  static final class Target {
    final Env env;
    final String name;

    Target(Env env, String name) {
      this.env = env;
      this.name = name;
    }

    String call(int n) {
      return name + n;
    }
  }

  static Target target(Env env, String name) {
    env.trace("target " + name);
    return new Target(env, name);
  }

  static String use(IntFunction<String> f, int n) {
    return f.apply(n);
  }

  @Coroutine
  static String boundReceiverIsEvaluatedBeforeTheAwait(Env env) {
    Target t = target(env, "a");
    String s = use(t::call, await(env.value("n", 1)));
    return s + use(target(env, "b")::call, await(env.value("m", 2))) + (t = target(env, "c")).call(0);
  }

  @Coroutine
  static String boundReceiverNotReevaluatedAfterReassignment(Env env) {
    Target t = target(env, "a");
    Target[] cell = {t};
    return use(cell[0]::call, (cell[0] = target(env, "b")) == null ? 0 : await(env.value("n", 1)));
  }

  @Coroutine
  static String nullReceiverFailsBeforeTheAwait(Env env) {
    Target[] cell = {null};
    try {
      return use(cell[0]::call, await(env.value("never", 1)));
    } catch (NullPointerException e) {
      env.caught(e);
      return "npe";
    }
  }

  @Coroutine
  static String awaitInsideTheReceiver(Env env) {
    return use(await(env.value("t", target(env, "x")))::call, env.i("n", 4));
  }

  @Coroutine
  static String unboundStaticAndConstructor(Env env) {
    Function<Target, String> name = t -> t.name;
    BiFunction<Target, Integer, String> call = Target::call;
    BiFunction<Env, String, Target> make = Target::new;
    IntFunction<int[]> array = int[]::new;
    int n = await(env.value("n", 3));
    return name.apply(make.apply(env, "p")) + call.apply(make.apply(env, "q"), n) + array.apply(n).length;
  }

  class Inner {
    final String text;

    Inner(String... parts) {
      text = name() + parts.length;
    }
  }

  String name() {
    return "outer";
  }

  class Generic<T> {
    final T value;

    Generic(T value) {
      this.value = value;
    }
  }

  @Coroutine
  String innerCreations(Env env) {
    int n = await(env.value("inner", 1));
    Supplier<Inner> none = Inner::new;
    String out = "";
    if (n > 0) {
      Function<String, Inner> one = Inner::new;
      BinaryOperator<Object> two = (a, b) -> java.util.stream.Stream.of("a").map(Inner::new).toList().get(0).text;
      out = one.apply("x").text + two.apply(1, 2);
    }
    Function<String, Generic<String>> generic = Generic::new;
    out += join(Inner::new, await(env.value("y", "y")));
    return none.get().text + out + generic.apply("g").value;
  }

  static String join(Function<String[], Inner> f, String s) {
    return f.apply(new String[] {s, s}).text;
  }

  @Coroutine
  static String innerClasses(Env env) {
    return await(MethodReferencesAsync.innerCreations(new MethodReferences(), env));
  }
}
