package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Local variables of every type, `var`, scopes, definite assignment.
 *
 * <p>JLS 14.4, 16.
 */
final class Locals {
  @Coroutine
  static String everyPrimitiveTypeSurvives(Env env) {
    boolean z = true;
    byte b = 1;
    short s = 2;
    char c = 'c';
    int i = 3;
    long l = 4L;
    float f = 5.5f;
    double d = 6.25;
    int awaited = await(env.value("x", 7));
    b++;
    s += 2;
    c++;
    return z + " " + b + " " + s + " " + c + " " + i + " " + l + " " + f + " " + d + " " + awaited;
  }

  @Coroutine
  static String varOfEveryKind(Env env) {
    var text = await(env.value("text", "abc"));
    var numbers = new int[] {1, await(env.value("two", 2)), 3};
    var list = new ArrayList<Map<String, int[]>>();
    list.add(Map.of(text, numbers));
    var anonymous =
        new Object() {
          int count = 5;

          int next() {
            return ++count;
          }
        };
    anonymous.count += await(env.value("ten", 10));
    var lambda = (Function<Integer, Integer>) n -> n + numbers[1];
    return text + list.get(0).get("abc")[2] + anonymous.next() + lambda.apply(await(env.value("n", 1)));
  }

  @Coroutine
  static int uninitialisedUntilLater(Env env) {
    int x;
    final String s;
    if (await(env.value("c", true))) {
      x = 1;
      s = "a";
    } else {
      x = await(env.value("e", 2));
      s = "b";
    }
    await(env.value("y", 0));
    return x + s.length();
  }

  @Coroutine
  static String sameNameInSiblingScopesOtherType(Env env) {
    StringBuilder out = new StringBuilder();
    {
      int x = await(env.value("a", 1));
      out.append(x).append(await(env.value("b", 2)));
    }
    {
      String x = await(env.value("c", "s"));
      await(env.value("d", 0));
      out.append(x);
    }
    for (long x = await(env.value("e", 5L)); x < 7; x++) {
      out.append(await(env.value("f", x)));
    }
    for (String x : List.of("p", "q")) {
      await(env.value("g", 0));
      out.append(x);
    }
    return out.toString();
  }

  @Coroutine
  static int declarationWithSeveralVariables(Env env) {
    int a = env.i("a", 1), b = await(env.value("b", 2)), c[] = {a, b, await(env.value("c", 3))}, d;
    d = a + b + c[2];
    await(env.value("end", 0));
    return d + c.length;
  }

  @Coroutine
  static int reusedInLoopsAfterAwaits(Env env) {
    int sum = 0;
    for (int i = 0; i < 3; i++) {
      int fresh;
      if (i % 2 == 0) {
        fresh = await(env.value("v" + i, i * 10));
      } else {
        fresh = -1;
      }
      await(env.value("w" + i, 0));
      sum += fresh;
    }
    return sum;
  }

  @Coroutine
  static String fieldHiddenByLocal(Env env) {
    Locals.name = "field";
    String before = name;
    String name = await(env.value("n", "local"));
    await(env.value("m", 0));
    Locals.name = name + "!";
    String result = before + name + Locals.name;
    Locals.name = "field";
    return result;
  }

  static String name = "field";

  @Coroutine
  static int assignedParameter(Env env) {
    return await(LocalsAsync.countdown(3, env));
  }

  @Coroutine
  static int countdown(int n, Env env) {
    int sum = 0;
    while (n > 0) {
      sum += await(env.value("n" + n, n));
      n--;
    }
    env = null;
    await(completed(1));
    return sum * 10 + n + (env == null ? 1 : 0);
  }

  @Coroutine
  static String nullInEveryPlace(Env env) {
    String nothing = null;
    Object awaited = await(env.value("null", null));
    nothing = nothing == null ? await(env.value("s", (String) null)) : "x";
    return "" + nothing + awaited;
  }

  @Coroutine
  static long longAndDoubleBesideEachOther(Env env) {
    long a = 1L << 40;
    double b = 0.5;
    long c = await(env.value("c", 3L));
    double d = await(env.value("d", 1.5));
    for (int i = 0; i < 2; i++) {
      a += c;
      b *= d;
      c = await(env.value("e" + i, c + 1));
    }
    return a + (long) (b * 1000);
  }

  @Coroutine
  static String constantNarrowing(Env env) {
    byte b = 10;
    char c = 65;
    final int k = 7;
    byte fromConstant = k;
    short s = (short) await(env.value("s", 70_000)).intValue();
    Byte boxed = 5;
    Character letter = 'x';
    await(env.value("a", 0));
    b += 300;
    c += 1;
    boxed++;
    return b + "|" + c + "|" + fromConstant + "|" + s + "|" + boxed + "|" + letter;
  }

  @Coroutine
  static String bracketsBehindTheName(Env env) {
    int n = await(env.value("n", 2));
    int line[] = new int[n], grid[][] = {{1}, {2, 3}}, one = 1;
    String names[] = {"a", await(env.value("name", "b"))};
    int mixed[][] = {line, {one}}, later[];
    if (n > 1) {
      final int inner[] = line, sum = inner.length;
      for (int row[] : grid) {
        inner[0] += row[0] + sum;
      }
      Function<int[], Integer> first = (int a[]) -> a[0];
      class Local {
        int field[] = {first.apply(inner)}, two[][] = {field};

        int method(int a[], String... names)[] {
          int a2[] = a;
          return a2;
        }
      }
      later = new Local().method(new Local().two[0]);
    } else {
      later = line;
    }
    for (int row[] : mixed) {
      one += row[0] + await(env.value("row", row.length));
    }
    return names[1] + one + later[0];
  }
}
