package cases25;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import module java.base;

/**
 * Unnamed variables and patterns, module imports, statements before `super(…)` (Java 25).
 *
 * <p>JLS 6.1, 7.5.5, 8.8.7.
 */
final class NewerForms {
  record Pair(Object a, Object b) {}

  @Coroutine
  static int unnamedVariables(Env env) {
    int n = 0;
    for (String _ : List.of("a", "b")) {
      n += await(env.value("n", 1));
    }
    for (int i = 0, _ = await(env.value("unused", 5)); i < 2; i++) {
      int _ = await(env.value("dropped", 7));
      n++;
    }
    try (Resource _ = env.resource("r")) {
      n += await(env.value("inside", 2));
    } catch (Boom _) {
      n += await(env.value("caught", 100));
    }
    IntBinaryOperator first = (a, _) -> a;
    return first.applyAsInt(n, await(env.value("b", 9)));
  }

  @Coroutine
  static String unnamedScope(Env env) {
    try (Scope _ = env.scope("s")) {
      return await(env.value("a", "x"));
    }
  }

  @Coroutine
  static String unnamedPatterns(Env env) {
    String all = "";
    for (Object each : List.of(new Pair(1, "x"), new Pair("y", 2), 3, "z")) {
      all +=
          switch (await(env.value("each", each))) {
            case Pair(Integer n, _) -> n + await(env.value("first", "!"));
            case Pair(_, Integer n) when await1(n) -> "second" + await(env.value("second", n));
            case Integer _, String _ -> await(env.value("plain", "p"));
            default -> "never";
          };
    }
    if (await(env.value("o", (Object) new Pair("a", "b"))) instanceof Pair(_, String b)) {
      all += b;
    }
    return all;
  }

  static boolean await1(int n) {
    return n > 0;
  }

  @Coroutine
  static int statementsBeforeSuper(Env env) {
    int least = await(env.value("least", 3));
    class Base {
      final int n;

      Base(int n) {
        this.n = n;
      }
    }
    class Checked extends Base {
      Checked(int n) {
        int checked = Math.max(n, least);
        super(checked);
      }
    }
    return new Checked(await(env.value("n", 2))).n;
  }

  @Coroutine
  static int importedByModule(Env env) {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.merge("a", await(env.value("n", 2)), Integer::sum);
    return map.values().stream().collect(Collectors.summingInt(n -> n));
  }

  @Coroutine
  static String guardsOfUnnamedPatterns(Env env) {
    String out = "";
    for (Object each : new Object[] {1, "s", new Pair("a", 1), new Pair(2, "b"), null, 'c', 2.5}) {
      switch (each) {
        case Integer _, String _ when await(env.value("either", each)) instanceof String s:
          out += s;
        case Pair(_, Integer _) when await(env.value("second", true)):
          out += "falls";
        case null:
          out += "null" + await(env.value("n", 1));
          break;
        case Pair(Integer n, _) when await(env.value("first", n)) == 2:
          out += n;
          break;
        case Character _, Double _ when await(env.value("cd", each)).equals('c'):
        default:
          out += "d";
      }
    }
    return out;
  }

  @Coroutine
  static int superBehindAnAwait(Env env) {
    int before = await(env.value("before", 1));
    class Base {
      final int n;

      Base(int n) {
        this.n = n;
      }
    }
    class Local extends Base {
      Local(int n) {
        int sum = n + before;
        super(sum);
      }
    }
    return new Local(await(env.value("n", 2))).n;
  }
}
