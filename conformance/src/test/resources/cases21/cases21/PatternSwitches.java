package cases21;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `switch` on patterns, guards and records (Java 21).
 *
 * <p>JLS 14.11.1, 14.30.
 */
final class PatternSwitches {
  sealed interface Shape permits Circle, Rect, Empty {}

  record Circle(int r) implements Shape {}

  record Rect(int w, int h) implements Shape {}

  record Empty() implements Shape {}

  record Pair<A, B>(A a, B b) {}

  @Coroutine
  static int typePatternsAndGuards(Env env) {
    int n = 0;
    for (Object o : new Object[] {1, "text", "x", 2.5, List.of(1), 70}) {
      n +=
          switch (await(env.value("o", o))) {
            case Integer i when i > 50 -> await(env.value("big", 1000)) + i;
            case Integer i -> i;
            case String s when s.length() > 1 -> {
              int k = await(env.value("s", s.length()));
              yield k * s.length();
            }
            case String s -> s.charAt(0);
            case Double d -> (int) (d * await(env.value("d", 2)));
            default -> await(env.value("default", 7));
          };
    }
    return n;
  }

  @Coroutine
  static int recordPatterns(Env env) {
    int n = 0;
    for (Shape s : List.of(new Circle(3), new Rect(2, 5), new Rect(4, 4), new Empty())) {
      n +=
          switch (s) {
            case Circle(int r) -> r * await(env.value("c", 10));
            case Rect(int w, int h) when w == h -> await(env.value("square", w));
            case Rect(var w, var h) -> w * h + await(env.value("r", 0)) + w;
            case Empty() -> await(env.value("e", 100000));
          };
    }
    return n;
  }

  @Coroutine
  static String nestedRecordPatterns(Env env) {
    Object o = await(env.value("o", new Pair<>(new Pair<>("a", 1), "z")));
    if (o instanceof Pair<?, ?>(Pair<?, ?>(String a, Integer b), var c) && await(env.value("c", true))) {
      return a + b + c + await(env.value("d", b));
    }
    return "no";
  }

  @Coroutine
  static String switchStatementWithPatterns(Env env) {
    String out = "";
    for (Object o : new Object[] {"a", 5, 'c', null}) {
      switch (o) {
        case null -> out += await(env.value("null", "null"));
        case String s -> out += s + await(env.value("s", 1));
        case Integer i when i == 5 -> {
          if (await(env.value("i", true))) break;
          out += "never";
        }
        default -> out += "d";
      }
    }
    return out;
  }

  @Coroutine
  static String nullAndDefault(Env env) {
    String none = null;
    return switch (none) {
      case "a" -> "a";
      case null, default -> await(env.value("x", "null"));
    };
  }

  @Coroutine
  static int bindingsAreCaptured(Env env) {
    Object o = await(env.value("o", new Rect(2, 3)));
    Supplier<Integer> s =
        switch (o) {
          case Rect(int w, int h) -> {
            await(env.value("x", 0));
            yield () -> w * 10 + h;
          }
          default -> () -> 0;
        };
    await(env.value("y", 0));
    return s.get();
  }

  @Coroutine
  static int negatedRecordPattern(Env env) {
    Object o = await(env.value("o", new Circle(4)));
    if (!(o instanceof Circle(int r))) {
      return await(env.value("never", 0));
    }
    await(env.value("x", 0));
    return r;
  }

  enum E {
    A,
    B
  }

  @Coroutine
  static int qualifiedEnumConstants(Env env) {
    int n = 0;
    for (E e : E.values()) {
      switch (e) {
        case E.A -> n += await(env.value("a", 1));
        case E.B -> n += 10;
      }
    }
    return n;
  }
}
