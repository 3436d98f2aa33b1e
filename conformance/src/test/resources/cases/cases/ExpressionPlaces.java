package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `await` in every place of the syntax where an expression may stand.
 *
 * <p>JLS 14, 15.
 */
final class ExpressionPlaces {
  static int statics;

  int field = 1;
  int[] array = {1, 2, 3};

  ExpressionPlaces self() {
    return this;
  }

  static <T> T id(T t) {
    return t;
  }

  static class Base {
    final int n;

    Base(int n) {
      this.n = n;
    }

    class Inner {
      final int m;

      Inner(int m) {
        this.m = m + n;
      }

      class Innermost {
        int sum() {
          return n + m;
        }
      }
    }
  }

  // Statements

  @Coroutine
  static int expressionStatements(Env env) {
    int n = 0;
    await(env.value("alone", 1));
    (n) = await(env.value("assigned", 2));
    n += await(env.value("added", 3));
    env.i("called", await(env.value("argument", 4)));
    new Base(await(env.value("created", 5)));
    new int[] {await(env.value("dropped", 6))}[0]++;
    new ExpressionPlaces().array[await(env.value("index", 1))]--;
    ++new ExpressionPlaces().self().array[await(env.value("prefix", 1))];
    return n;
  }

  @Coroutine
  static int declarations(Env env) {
    final int a = await(env.value("a", 1)), b[] = {a, await(env.value("b", 2))}, c = b[1];
    var d = await(env.value("d", "text"));
    Supplier<Integer> e = await(env.value("e", (Supplier<Integer>) () -> 5));
    Object[][] f = {{await(env.value("f", 1))}, {}, {a, await(env.value("g", "g"))}};
    return a + b.length + c + d.length() + e.get() + f[2].length;
  }

  @Coroutine
  static String conditionsOfStatements(Env env) {
    String out = "";
    if (await(env.value("if", true))) out += "if";
    if (!await(env.value("not", true))) out += "never";
    else if (await(env.value("else", true))) out += "else";
    int i = 0;
    while (await(env.value("while", i)) < 2) i++;
    do i--;
    while (await(env.value("do", i)) > 0);
    for (int j = await(env.value("init", 0)), k = await(env.value("second", 3));
        await(env.value("test", j)) < k;
        j += await(env.value("update", 1)), k -= await(env.value("and", 1))) out += j + k;
    for (i = await(env.value("expression", 0)), statics = await(env.value("list", 0)); i < 1; i++)
      ;
    for (String s : await(env.value("each", List.of("x")))) out += s;
    for (int n : new int[] {await(env.value("array", 7))}) out += n;
    return out;
  }

  @Coroutine
  static String assertions(Env env) {
    try {
      assert await(env.value("condition", true)) : "never";
      assert env.b("second", false) : await(env.value("detail", "detail"));
    } catch (AssertionError e) {
      return "" + e.getMessage();
    }
    return "off";
  }

  @Coroutine
  static String throwsAndReturns(Env env) throws Exception {
    try {
      throw await(env.value("thrown", new IOException("io")));
    } catch (IOException e) {
      env.caught(e);
    }
    try {
      throw id(await(env.value("inferred", new Boom("boom"))));
    } catch (Boom e) {
      env.caught(e);
    } finally {
      env.tag("finally", await(env.value("f", 1)));
    }
    return await(env.value("b", true)) ? await(env.value("r", "r")) : null;
  }

  @Coroutine
  static String locksAndResources(Env env) throws Exception {
    String out = "";
    synchronized (await(env.value("lock", new Object()))) {
      out += "locked";
    }
    synchronized (id(await(env.value("left", true)) ? env : out)) {
      out += "too";
    }
    try (Resource a = id(await(env.value("a", env.resource("a"))));
        Resource b = await(env.value("b", true)) ? env.resource("b") : null) {
      out += a != null && b != null;
    }
    Resource c = await(env.value("c", env.resource("c")));
    try (c) {
      out += await(env.value("inside", "inside"));
    }
    return out;
  }

  @Coroutine
  static String switchesOfEveryKind(Env env) {
    String out = "";
    switch (await(env.value("selector", 2))) {
      case 2:
        out += await(env.value("two", "two"));
      default:
        out += "through";
    }
    switch (id(await(env.value("string", "s")))) {
      case "s" -> throwIfNull(await(env.value("arrow", "arrow")));
      default -> throw new IllegalStateException(await(env.value("never", "never")));
    }
    out +=
        switch (await(env.value("color", Color.RED))) {
          case RED -> await(env.value("red", "red"));
          default -> {
            String s = await(env.value("n", "never"));
            yield await(env.value("y", s));
          }
        };
    out += switch (await(env.value("plain", 1))) {
      case 1 -> "one";
      default -> "other";
    };
    try {
      out +=
          switch (out.length()) {
            case 0 -> "";
            default -> throw await(env.value("thrown", new Boom("thrown")));
          };
    } catch (Boom e) {
      env.caught(e);
    }
    return out;
  }

  static void throwIfNull(Object o) {
    Objects.requireNonNull(o);
  }

  @Coroutine
  static int labelsAndBlocks(Env env) {
    int n = 0;
    label:
    {
      if (await(env.value("a", true))) break label;
      n += 100;
    }
    alone:
    n += await(env.value("labelled", 1));
    ;
    {
      {
        n += await(env.value("nested", 2));
      }
    }
    return n;
  }

  // Expressions

  @Coroutine
  static int parenthesesAndCasts(Env env) {
    int n = (await(env.value("a", 1)));
    n += (int) (long) await(env.value("b", 2L));
    n += ((Number) (Object) await(env.value("c", 3))).intValue();
    n += (char) (await(env.value("d", 'd')) + 1);
    n += ((Runnable & Serializable) await(env.value("e", (Runnable & Serializable) () -> {}))).hashCode() * 0;
    return n;
  }

  @Coroutine
  static String unaryAndBinary(Env env) {
    int minus = -await(env.value("minus", 1)) + +await(env.value("plus", 2));
    int not = ~await(env.value("not", 3)) ^ await(env.value("xor", 4)) & 7 | await(env.value("or", 8));
    boolean logic = !await(env.value("l", false)) & await(env.value("m", true)) ^ await(env.value("n", true));
    boolean compared = await(env.value("o", 1)) < 2 == await(env.value("p", 3L)) >= 3;
    boolean same = await(env.value("q", (Object) "q")) != await(env.value("r", (Object) "r"));
    int shifted = await(env.value("s", 1)) << await(env.value("t", 3)) >>> await(env.value("u", 1));
    double math = await(env.value("v", 7)) / 2 % await(env.value("w", 2)) * await(env.value("x", 1.5));
    return "" + minus + not + logic + compared + same + shifted + math;
  }

  @Coroutine
  static String conditionals(Env env) {
    String a = await(env.value("a", true)) ? "t" : "f";
    String b = env.b("b", false) ? await(env.value("c", "t")) : await(env.value("d", "f"));
    boolean c = await(env.value("e", true)) && env.b("f", true) || await(env.value("g", true));
    Object d = await(env.value("h", false)) ? 1 : await(env.value("i", 2.5));
    Supplier<String> e = await(env.value("j", true)) ? () -> "lambda" : () -> "other";
    return a + b + c + d + e.get();
  }

  @Coroutine
  static String tests(Env env) {
    String out = "";
    out += await(env.value("a", (Object) "text")) instanceof String;
    out += await(env.value("b", (Object) "text")) instanceof String s ? s : "none";
    if (await(env.value("c", (Object) 5)) instanceof Integer i && i > await(env.value("d", 4))) out += i;
    if (!(await(env.value("e", (Object) 'c')) instanceof Character c)) return "never";
    while (!(await(env.value("f", (Object) c)) instanceof Character d)) out += "never";
    out += c;
    out += d;
    return out;
  }

  @Coroutine
  static int calls(Env env) {
    int n = await(env.value("receiver", "text")).length();
    n += await(env.value("chained", new ExpressionPlaces())).self().self().field;
    n += ExpressionPlaces.<Integer>id(await(env.value("argument", 3)));
    n += await(env.value("left", "abc")).substring(await(env.value("right", 1))).length();
    n += Arrays.asList(await(env.value("v1", 1)), 2, await(env.value("v3", 3))).size();
    n += ((Supplier<Integer>) await(env.value("s", (Supplier<Integer>) () -> 4))).get();
    return n;
  }

  @Coroutine
  static int selections(Env env) {
    int n = await(env.value("field", new ExpressionPlaces())).field;
    n += await(env.value("length", new int[4])).length;
    n += await(env.value("element", new int[] {1, 2}))[await(env.value("index", 1))];
    n += new int[][] {{1}, {2, await(env.value("in", 3))}}[1][await(env.value("at", 1))];
    statics = 5;
    n += await(env.value("static", new ExpressionPlaces())).statics;
    return n;
  }

  @Coroutine
  static int targets(Env env) {
    ExpressionPlaces p = new ExpressionPlaces();
    await(env.value("a", p)).field = await(env.value("b", 2));
    await(env.value("c", p)).field += await(env.value("d", 3));
    await(env.value("e", p)).field++;
    --(await(env.value("f", p)).self().field);
    await(env.value("g", p)).array[await(env.value("h", 0))] = await(env.value("i", 4));
    (await(env.value("j", p)).array)[1] *= await(env.value("k", 5));
    await(env.value("l", p)).array[2]++;
    p.array[await(env.value("m", 2))] <<= 1;
    statics = p.field = await(env.value("n", 6)) + p.field;
    int local;
    int other = local = await(env.value("o", 7));
    return p.field + p.array[0] + p.array[1] + p.array[2] + statics + local + other;
  }

  @Coroutine
  static int creations(Env env) {
    int n = new Base(await(env.value("a", 1))).n;
    n += await(env.value("b", new Base(2))).new Inner(await(env.value("c", 3))).m;
    n += new Base(4).new Inner(await(env.value("d", 5))).new Innermost().sum();
    n += new int[await(env.value("e", 2))][await(env.value("f", 3))][].length;
    n += new Integer[] {await(env.value("g", 6)), 7}[0];
    n += new ArrayList<>(await(env.value("h", List.of(1, 2)))).size();
    n += new Base(await(env.value("i", 8))) {
      final int twice = n * 2;
    }.twice;
    Base local = new Base(await(env.value("j", 9))) {};
    return n + local.n;
  }

  @Coroutine
  static int explicitConstructorArguments(Env env) {
    int before = await(env.value("a", 1));
    class Local extends Base {
      Local(int n) {
        super(n + before);
      }
    }
    return new Local(await(env.value("b", 2))).n + new Local(3) {}.n;
  }

  @Coroutine
  static String references(Env env) {
    Supplier<Integer> bound = await(env.value("a", "text"))::length;
    Function<Integer, int[]> array = int[]::new;
    Supplier<String> ofCall = id(await(env.value("b", "b")))::toString;
    Supplier<Base.Inner> inner = null;
    IntFunction<Base.Inner> create = await(env.value("c", new Base(5))).new Inner(1).new Innermost().sum() > 0
        ? m -> new Base(1).new Inner(m)
        : null;
    return bound.get() + ofCall.get() + array.apply(await(env.value("d", 2))).length + create.apply(3).m;
  }

  @Coroutine
  static int lambdasBeside(Env env) {
    int captured = await(env.value("a", 1));
    IntUnaryOperator plain = x -> x + captured;
    int n = plain.applyAsInt(await(env.value("b", 2)));
    n += Optional.of(await(env.value("c", 3))).map(x -> x + captured).get();
    n += await(async(() -> await(env.value("d", 4)) + captured));
    n += Stream.of(await(env.value("e", 5)), 6).mapToInt(x -> x * captured).sum();
    return n;
  }

  interface Stream {
    static java.util.stream.Stream<Integer> of(Integer... all) {
      return java.util.stream.Stream.of(all);
    }
  }

  @Coroutine
  static String strings(Env env) {
    String s = "a" + await(env.value("a", 1)) + 'c' + await(env.value("b", null)) + 2.5;
    s += 1 + await(env.value("c", 2)) + "x" + 1 + await(env.value("d", 2));
    s += """
        block %s
        """.formatted(await(env.value("e", "e")));
    char c = 'c';
    c += await(env.value("f", 1));
    return s + c;
  }

  @Coroutine
  static String operandsOfAwaitItself(Env env) {
    String s = await(await(env.value("outer", env.value("inner", "x"))));
    s += await(env.b("b", true) ? env.value("t", "t") : env.value("f", "f"));
    s += await(switch (s.length()) {
      case 0 -> env.value("never", "never");
      default -> env.value("d", await(env.value("e", "e")));
    });
    s += await((Awaitable<? extends Object>) env.value("cast", "c"));
    s += await(new Object() {
      Awaitable<String> made() {
        return env.value("made", "m");
      }
    }.made());
    return s;
  }
}
