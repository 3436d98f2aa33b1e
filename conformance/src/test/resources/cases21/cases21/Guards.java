package cases21;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `await` in the guards of a `switch` (Java 21).
 *
 * <p>JLS 14.11.1, 14.11.3, 15.28.
 */
final class Guards {
  sealed interface Shape permits Circle, Rect, Empty {}

  record Circle(int r) implements Shape {}

  record Rect(Integer w, int h) implements Shape {}

  record Empty() implements Shape {}

  record Pair<A, B>(A a, B b) {}

  enum Color implements Supplier<String> {
    RED,
    GREEN;

    @Override
    public String get() {
      return "color";
    }
  }

  static final Object[] MIXED = {
    "text", "x", 1, 70, 'c', 2.5, List.of(1), Color.RED, new Rect(2, 3), new Rect(4, 4)
  };

  @Coroutine
  static String rulesOfAnExpression(Env env) {
    String out = "";
    for (Object o : MIXED) {
      out +=
          switch (o) {
            case String s when await(env.value("long", s.length() > 1)) -> "long " + s;
            case String s -> "short " + await(env.value("short", s));
            case Integer i when i > 50 -> "big " + i;
            case Integer i when await(env.value("one", i)) == 1 -> {
              int k = await(env.value("k", 5));
              yield "one " + i * k;
            }
            case Character c when await(env.value("c", false)) -> "never " + c;
            default -> "other";
          };
    }
    return out;
  }

  @Coroutine
  static String groupsOfAnExpression(Env env) {
    String out = "";
    for (Object o : MIXED) {
      out +=
          switch (o) {
            case String s when await(env.value("long", s.length() > 1)):
              out += "L";
              yield "long " + s;
            case Integer i when await(env.value("i", i > 50)):
              yield "big" + await(env.value("f", "f"));
            default:
              yield "other";
          };
    }
    return out;
  }

  @Coroutine
  static String rulesOfAStatement(Env env) {
    String out = "";
    for (Object o : MIXED) {
      switch (o) {
        case String s when await(env.value("s", true)) && s.length() > 1 -> out += "long";
        case String s when s.length() == 1 && await(env.value("t", true)) -> {
          if (await(env.value("u", true))) break;
          out += "never";
        }
        case Integer i when i > 1 || await(env.value("v", false)) -> out += "big" + i;
        case Integer i -> out += "small" + i;
        case Object x when !await(env.value("w", true)) -> out += "never" + x;
        case Object x -> out += "o";
      }
    }
    return out;
  }

  @Coroutine
  static String groupsOfAStatement(Env env) {
    String out = "";
    outer:
    for (Object o : MIXED) {
      switch (o) {
        case String s when await(env.value("s", s.length() > 1)):
          out += s;
          break;
        case Integer i when await(env.value("i", i > 50)):
          out += i;
          continue outer;
        case Double d when await(env.value("d", d > 2)):
          return out + d;
        default:
          out += "d";
      }
      out += ";";
    }
    return out;
  }

  @Coroutine
  static String recordsAndTheirBindings(Env env) {
    String out = "";
    List<Shape> shapes =
        List.of(new Circle(3), new Rect(2, 5), new Rect(4, 4), new Rect(9, 1), new Empty());
    for (Shape shape : shapes) {
      out +=
          switch (shape) {
            case Circle(int r) when await(env.value("r", r)) > 5 -> "large " + r;
            case Rect(Integer w, int h) when w > await(env.value("h", h)) -> "wide " + w + h;
            case Rect(var w, var h) when await(env.value("square", w == h)) -> {
              Supplier<String> later = () -> "square " + w + h;
              yield later.get();
            }
            case Empty() when await(env.value("e", false)) -> "never";
            case Circle c -> "circle " + c;
            case Rect(var w, int h) -> "rect " + w + await(env.value("rect", h));
            case Empty e -> "empty";
          };
    }
    return out;
  }

  @Coroutine
  static String nestedAndGenericRecords(Env env) {
    String out = "";
    List<Pair<Pair<Integer, String>, Object>> pairs =
        List.of(
            new Pair<>(new Pair<>(1, "a"), "z"),
            new Pair<>(new Pair<>(2, "b"), 5),
            new Pair<>(new Pair<>(3, "c"), 'x'));
    for (Pair<Pair<Integer, String>, Object> pair : pairs) {
      switch (pair) {
        case Pair<Pair<Integer, String>, Object>(Pair(var n, var s), String z)
            when await(env.value("z", n + s.length())) == 2 ->
            out += n + s + z;
        case Pair<Pair<Integer, String>, Object>(var inner, Integer i)
            when await(env.value("i", i)) == inner.a() + 3 ->
            out += inner.b() + i;
        case Pair<Pair<Integer, String>, Object>(Pair(Integer n, String s), Object o) ->
            out += "rest" + n + s + o;
      }
    }
    return out;
  }

  @Coroutine
  static String nullBehindAGuard(Env env) {
    String out = "";
    for (Object o : new Object[] {null, "a", 1, null}) {
      out +=
          switch (o) {
            case String s when await(env.value("s", false)) -> "never";
            case null -> "null" + await(env.value("n", 1));
            case Integer i when await(env.value("i", true)) -> "i" + i;
            default -> "d";
          };
      switch (o) {
        case Integer i when await(env.value("j", i < 5)):
          out += i;
          break;
        case null, default:
          out += "nd" + await(env.value("k", 2));
      }
      out +=
          switch (o) {
            case null -> "first";
            case Object x when await(env.value("x", x instanceof String)) -> "string";
            case Object x -> "object";
          };
      switch (o) {
        case Object x when await(env.value("y", false)) -> out += "never";
        case null, default -> out += "!";
      }
    }
    return out;
  }

  @Coroutine
  static String nullWithoutALabel(Env env) {
    String none = null;
    try {
      return switch (none) {
        case String s when await(env.value("s", true)) -> "never";
        default -> "never either";
      };
    } catch (NullPointerException e) {
      env.trace("null");
    }
    try {
      switch ((Object) await(env.value("none", none))) {
        case String s when await(env.value("s", true)):
          return "never";
        default:
          return "never either";
      }
    } catch (NullPointerException e) {
      return "null";
    }
  }

  @Coroutine
  static String selectorIsEvaluatedOnce(Env env) {
    int[] calls = {0};
    String out = "";
    for (int i = 0; i < 4; i++) {
      out +=
          switch ((Object) env.i("selector", calls[0]++)) {
            case Integer n when await(env.value("0", n == 0)) -> "zero";
            case Integer n when await(env.value("1", n == 1)) -> "one";
            case Integer n when n == 2 && await(env.value("2", true)) -> "two";
            default -> "many" + calls[0];
          };
    }
    return out;
  }

  @Coroutine
  static String constantsAmongGuards(Env env) {
    String out = "";
    for (String s : List.of("a", "b", "cc", "ddd", "ddddd")) {
      out +=
          switch (s) {
            case "a" -> "A";
            case String t when await(env.value("t", t.length() == 2)) -> "two";
            case "b", "c" -> "BC";
            case String t when await(env.value("u", t.length())) == 3 -> "three";
            default -> "rest";
          };
      switch (s) {
        default:
          out += "!";
          break;
        case "a":
          out += await(env.value("a", 'a'));
      }
      switch (s) {
        case String t when await(env.value("long", t.length() > 3)):
          out += "long";
          break;
        case "a":
          out += "falls";
        case "b":
          out += await(env.value("through", "through"));
        default:
          out += ";";
      }
    }
    for (Integer i : List.of(1, 2, 3)) {
      out +=
          switch (i) {
            case 1 -> "one";
            case Integer n when await(env.value("n", n > 2)) -> "large";
            case 2 -> "two";
            case Integer n -> "never";
          };
    }
    for (Color c : Color.values()) {
      switch (c) {
        case Color x when await(env.value("x", x == Color.GREEN)) -> out += "green";
        case RED -> out += "red";
        case GREEN -> out += "never";
      }
    }
    return out;
  }

  @Coroutine
  static String bindingsOfTheGuardItself(Env env) {
    String out = "";
    for (Object o : new Object[] {new Pair<>("a", 1), new Pair<>(2, "b"), new Pair<>(3, 4)}) {
      out +=
          switch (o) {
            case Pair<?, ?> p when p.a() instanceof String s && await(env.value("s", true)) ->
                s + p.b();
            case Pair<?, ?> p
                when await(env.value("p", p)) instanceof Pair<?, ?>(var a, String b)
                    && await(env.value("b", b)) != null -> {
              await(env.value("between", 0));
              yield b + a;
            }
            case Pair<?, ?>(var a, var b) -> "" + a + b;
            default -> "never";
          };
    }
    return out;
  }

  @Coroutine
  static String everyKindOfGuard(Env env) {
    String out = "";
    for (Object o : new Object[] {"a", "bb", 3}) {
      switch (o) {
        case String s when (await(env.value("p", s.length())) == 1) -> out += "1";
        case String s when await(env.value("q", s)).length() == 2 ? await(env.value("r", true)) : false ->
            out += "2";
        case Integer i
            when switch (i) {
              case Integer j when await(env.value("j", j == 3)) -> true;
              default -> await(env.value("k", false));
            } ->
            out += "3";
        case Object x when Boolean.TRUE.equals(await(env.value("x", null))) -> out += "never";
        case Object x -> out += "x";
      }
      BooleanSupplier none = null;
      switch (o) {
        case Integer i when await(env.value("n", (Boolean) null)) -> out += "never";
        default -> out += "d";
      }
    }
    return out;
  }

  @Coroutine
  static String failuresOfGuardsAreCaught(Env env) {
    String out = "";
    for (Object o : new Object[] {"a", 1}) {
      try {
        switch (o) {
          case String s when await(env.failing("s", true, env.boom("s"))) -> out += "s";
          case Integer i when i / await(env.value("zero", 0)) == 1 -> out += "never";
          default -> out += "d";
        }
      } catch (Boom | ArithmeticException e) {
        env.caught(e);
        out += "caught";
      } finally {
        out += await(env.value("f", "f"));
      }
    }
    return out;
  }

  @Coroutine
  static String insideEachOther(Env env) {
    String out = "";
    for (Object o : new Object[] {new Circle(1), new Rect(1, 2), "s"}) {
      out +=
          switch (o) {
            case Shape s when await(env.value("shape", true)) ->
                switch (s) {
                  case Circle c when await(env.value("c", c.r() == 2)) -> "never";
                  case Rect(Integer w, int h) when await(env.value("w", w)) == 1 -> {
                    switch (h) {
                      case 2:
                        yield "rect" + await(env.value("h", h));
                      default:
                        yield "never";
                    }
                  }
                  default -> "shape";
                };
            default -> "d";
          };
    }
    return out;
  }

  @Coroutine
  static int capturedInTheBody(Env env) {
    List<Supplier<Integer>> all = new ArrayList<>();
    for (Object o : new Object[] {1, 2, "abc"}) {
      switch (o) {
        case Integer i when await(env.value("i", i > 1)) -> all.add(() -> i * 10);
        case String s when await(env.value("s", s)).equals(s) -> {
          await(env.value("x", 0));
          all.add(s::length);
        }
        case Object x -> all.add(x::hashCode);
      }
    }
    int sum = 0;
    for (Supplier<Integer> each : all) {
      sum += each.get();
    }
    return sum;
  }

  @Coroutine
  static String asAnOperand(Env env) {
    Object o = "abc";
    return env.tag("left", "l")
        + switch (o) {
          case String s when await(env.value("no", false)) -> "never";
          case String s when await(env.value("yes", true)) -> s;
          default -> "never";
        }
        + await(env.value("right", "r"));
  }

  static String guardOfALambdasSwitch(Object o) {
    Function<Object, String> plain =
        x ->
            switch (x) {
              case String s when s.isEmpty() -> "empty";
              default -> "d";
            };
    return plain.apply(o);
  }

  @Coroutine
  static String inACoroutineLambda(Env env) {
    Object o = 5;
    return await(
        async(
            () ->
                switch (o) {
                  case Integer i when await(env.value("i", i == 5)) -> "five" + guardOfALambdasSwitch("");
                  default -> "never";
                }));
  }

  @Coroutine
  static String unconditionalPatternInAStatement(Env env) {
    String out = "";
    for (Object o : new Object[] {"a", 1}) {
      switch (o) {
        case String s -> out += s + await(env.value("s", 1));
        case Object x -> out += await(env.value("x", x));
      }
      switch (o) {
        case String s:
          out += await(env.value("t", s));
          break;
        case Object x when true:
          out += "all";
      }
    }
    CharSequence text = "t";
    switch (text) {
      case String s when await(env.value("never", false)) -> out += "never";
      case CharSequence c -> out += c;
    }
    return out;
  }

  @Coroutine
  static String sealedInAStatement(Env env) {
    String out = "";
    for (Shape shape : List.of(new Circle(3), new Empty())) {
      switch (shape) {
        case Circle(var r) when await(env.value("r", r < 3)) -> out += "never";
        case Circle c -> out += "c";
        case Rect r -> out += "never";
        case Empty e -> out += await(env.value("e", "e"));
      }
    }
    return out;
  }

  @Coroutine
  static String plainGuardsReadWhatLivesOn(Env env) {
    String out = "";
    int i = await(env.value("i", 1));
    final int j;
    if (i == 1) {
      j = 2;
    } else {
      j = 3;
    }
    for (Object o : new Object[] {"h", 1, 2L}) {
      out += await(env.value("o", o));
      switch (o) {
        case String q when i == 1 && o != q.trim().concat("x") -> out += "q" + q;
        case Integer n when n == i && j == 2 -> out += "n" + n;
        default -> out += "d";
      }
      out +=
          switch (o) {
            case Long l when l == j -> "l";
            case String q when o.equals(q) -> switch (q) { case String r when r.length() == i -> "r"; default -> "s"; };
            default -> "e";
          };
    }
    if ((Object) out instanceof String p) {
      out += await(env.value("p", p.length()));
      Object text = p;
      out += switch (text) { case String q when p.equals(q) -> "same"; default -> "other"; };
    }
    return out;
  }

  @Coroutine
  static String plainGuardsBesideOnesThatWait(Env env) {
    String out = "";
    int i = await(env.value("i", 1));
    for (Object o : new Object[] {"h", 1}) {
      switch (o) {
        case String q when await(env.value("never", false)) -> out += "never";
        case String q when i == 1 -> out += "i" + q;
        case Integer n when n == i && new Object[] {n, i}.length == 2 -> out += "n";
        default -> out += "d";
      }
    }
    try {
      await(env.value("x", 1));
      throw new IllegalStateException(out);
    } catch (IllegalStateException e) {
      out += await(env.value("caught", "c"));
      Object message = e.getMessage();
      out += switch (message) { case String q when q.equals(e.getMessage()) -> q; default -> "d"; };
    }
    return out;
  }
}
