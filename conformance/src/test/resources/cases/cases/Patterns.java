package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `instanceof` patterns whose bindings flow on.
 *
 * <p>JLS 15.20.2, 6.3.1.
 */
final class Patterns {
  @Coroutine
  static String bindingFlowsIntoBody(Env env) {
    Object o = await(env.value("o", "text"));
    if (o instanceof String s) {
      return s + await(env.value("a", 1)) + s.length();
    }
    return "none";
  }

  @Coroutine
  static String bindingFlowsBehindNegation(Env env) {
    Object o = await(env.value("o", "text"));
    if (!(o instanceof String s)) {
      await(env.value("never", 0));
      return "none";
    }
    await(env.value("a", 1));
    return s + s.length();
  }

  @Coroutine
  static String bindingInConditions(Env env) {
    String out = "";
    for (Object o : new Object[] {"abc", 5, "x", null, 2.5}) {
      if (o instanceof String s && s.length() > await(env.value("limit", 1))) {
        out += s;
      } else if (o instanceof Integer i && await(env.value("c", true)) && i > 3) {
        out += i + await(env.value("i", i));
      } else if (!(o instanceof Double d) || await(env.value("d", d)) < 1) {
        out += "?";
      } else {
        out += d + await(env.value("e", d));
      }
    }
    return out;
  }

  @Coroutine
  static String instanceofOverAwait(Env env) {
    return await(env.value("o", (Object) 5)) instanceof Integer i && i > await(env.value("four", 4))
        ? "big" + i
        : "other";
  }

  @Coroutine
  static int bindingInWhile(Env env) {
    Object o = 3;
    int n = 0;
    while (o instanceof Integer i && i > 0) {
      n += await(env.value("n" + i, i));
      o = i == 1 ? "end" : (Object) (i - 1);
    }
    while (!(o instanceof String s)) {
      o = await(env.value("never", ""));
    }
    return n * 10 + s.length();
  }

  @Coroutine
  static String bindingInConditional(Env env) {
    Object o = await(env.value("o", (Object) List.of(1, 2)));
    int n = o instanceof List<?> list ? list.size() + await(env.value("a", 1)) : await(env.value("b", 2));
    boolean b = o instanceof Set<?> set ? set.isEmpty() : !(o instanceof List<?> l) || l.size() == await(env.value("c", 2));
    return n + "" + b;
  }

  @Coroutine
  static boolean bindingInReturn(Env env) {
    Object o = await(env.value("o", (Object) "s"));
    return o instanceof String s && await(env.value("a", s.length())) == 1 && s.equals(await(env.value("b", "s")));
  }

  @Coroutine
  static String sameBindingNameTwice(Env env) {
    Object a = "s";
    Object b = 7;
    String out = "";
    if (a instanceof String x) {
      await(env.value("p", 0));
      out += x;
    }
    if (b instanceof Integer x) {
      await(env.value("q", 0));
      out += x + 1;
    }
    return out;
  }

  @Coroutine
  static String plainInstanceof(Env env) {
    Object o = await(env.value("o", (Object) new int[] {1}));
    boolean a = o instanceof int[];
    boolean b = await(env.value("p", (Object) null)) instanceof String;
    if (o instanceof int[] ints && ints[0] == await(env.value("one", 1))) {
      return a + "" + b + ints.length;
    }
    return "no";
  }

  @Coroutine
  static String finalBindingAndForCondition(Env env) {
    String out = "";
    Object o = "abc";
    for (int i = 0; o instanceof final String s && i < s.length(); i++) {
      out += s.charAt(i) + await(env.value("v" + i, "."));
    }
    return out;
  }

  @Coroutine
  static String sameNameBehindANegatedPattern(Env env) {
    String all = "";
    for (Object each : List.of("a", 1)) {
      {
        if (!(await(env.value("each", each)) instanceof String s)) {
          throw env.boom("no string");
        }
      }
      int length = 1;
      IntUnaryOperator s = x -> x + length;
      all += s.applyAsInt(await(env.value("x", 2)));
    }
    return all;
  }
}
