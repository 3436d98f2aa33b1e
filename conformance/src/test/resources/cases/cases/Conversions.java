package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.concurrent.locks.*;
import java.util.function.*;

/**
 * Boxing, promotion, casts, inference and constant narrowing.
 *
 * <p>JLS 5.
 */
final class Conversions {
  static String kind(int x) {
    return "int";
  }

  static String kind(long x) {
    return "long";
  }

  static String kind(Integer x) {
    return "Integer";
  }

  static String kind(Object x) {
    return "Object";
  }

  static String kind(double x) {
    return "double";
  }

  static String wide(long x) {
    return "long" + x;
  }

  static String wide(double x) {
    return "double" + x;
  }

  @Coroutine
  static String overloadsKeepTheirChoice(Env env) {
    return kind(await(env.value("a", 1)))
        + kind((int) await(env.value("b", 1)))
        + kind(await(env.value("c", 1)) + 1)
        + kind(await(env.value("d", 'c')))
        + kind(await(env.value("e", 1L)) + 1)
        + kind(await(env.value("f", "s")))
        + kind(await(env.value("g", (Object) 5)))
        + kind(await(env.value("h", 1f)) * 2)
        + wide(await(env.value("i", 7)))
        + wide((char) 65 + await(env.value("j", (byte) 1)));
  }

  @Coroutine
  static String unboxingAndWidening(Env env) {
    long l = await(env.value("i", 1));
    double d = await(env.value("c", 'a'));
    float f = await(env.value("l", 3L));
    Object o = await(env.value("z", 4));
    Number n = await(env.value("n", 5));
    Comparable<Integer> c = await(env.value("k", 6));
    Integer boxed = env.i("b", 7);
    short s = (short) (byte) (int) await(env.value("s", 300));
    return l + " " + d + " " + f + " " + o + " " + n + " " + c + " " + boxed + " " + s;
  }

  @Coroutine
  static String binaryPromotion(Env env) {
    byte b = 1;
    Object a = b + await(env.value("a", (byte) 2));
    Object c = 'a' + await(env.value("c", (short) 1));
    Object d = 1 + await(env.value("d", 1L));
    Object e = 1L * await(env.value("e", 1.5f));
    Object f = 1f / await(env.value("f", 3.0));
    Object g = (char) (await(env.value("g", 'a')) + 1);
    Object h = -await(env.value("h", (byte) 1));
    Object i = await(env.value("i", 1)) << 2L;
    Object j = +await(env.value("j", 'x'));
    StringBuilder out = new StringBuilder();
    for (Object x : new Object[] {a, c, d, e, f, g, h, i, j}) {
      out.append(x.getClass().getSimpleName()).append(x).append(' ');
    }
    return out.toString();
  }

  @Coroutine
  static boolean boxedIdentity(Env env) {
    Integer a = await(env.value("a", 1000));
    Integer b = 1000;
    boolean sameValue = a.equals(b) && a == 1000 && await(env.value("c", 1000)) == (int) b;
    boolean sameObject = a == b;
    Integer small = await(env.value("d", 100));
    Integer other = 100;
    return sameValue && !sameObject && small == other;
  }

  @Coroutine
  static String casts(Env env) {
    Object o = await(env.value("o", (Object) "text"));
    String s = (String) await(env.value("s", o));
    CharSequence c = (CharSequence & Comparable<String>) await(env.value("c", "seq"));
    int i = (int) await(env.value("i", 3.9).toPromise()).doubleValue();
    @SuppressWarnings("unchecked")
    List<String> list = (List<String>) await(env.value("l", (Object) List.of("x")));
    try {
      Integer bad = (Integer) await(env.value("bad", o));
      return "never" + bad;
    } catch (ClassCastException e) {
      return s + c + i + list;
    }
  }

  @Coroutine
  static String intersectionCast(Env env) {
    var r = (Runnable & Serializable) () -> env.trace("run");
    await(env.value("x", 0));
    r.run();
    Serializable s = r;
    return "" + (s instanceof Runnable);
  }

  @Coroutine
  static String genericInference(Env env) {
    List<Integer> list = List.of(await(env.value("a", 1)), await(env.value("b", 2)));
    var mixed = List.of(await(env.value("c", 1)), await(env.value("d", 2.0)));
    Number first = mixed.get(0);
    Map<String, List<Integer>> map = new HashMap<>(Map.of(await(env.value("k", "k")), list));
    map.computeIfAbsent(await(env.value("l", "l")), k -> new ArrayList<>()).add(await(env.value("e", 3)));
    Optional<String> o = Optional.of(await(env.value("o", "o"))).map(x -> x + list.size());
    String s = Objects.requireNonNullElse(await(env.value("null", null)), "other");
    return list + "" + first + new TreeMap<>(map) + o.get() + s;
  }

  @Coroutine
  static long returnIsConverted(Env env) {
    if (await(env.value("c", true))) {
      return await(env.value("i", 5));
    }
    return 'a';
  }

  @Coroutine
  static byte returnNarrowsConstants(Env env) {
    if (await(env.value("c", false))) {
      return (byte) (int) await(env.value("i", 5));
    }
    return 12;
  }

  @Coroutine
  static double[] arrayResult(Env env) {
    double[] a = {1, await(env.value("a", 2)), 'c'};
    a[0] = await(env.value("b", 3L));
    return a;
  }

  @Coroutine
  static String charArithmeticAndSwitch(Env env) {
    char c = await(env.value("c", 'x'));
    c++;
    c += 1;
    int i = c;
    final char d = 'd';
    byte b = d;
    return "" + c + i + b + (char) i + (c > await(env.value("y", 'y')));
  }

  @Coroutine
  static String classLiteralsAndConstants(Env env) {
    Class<?> k = await(env.value("k", int[].class));
    return k.getSimpleName() + int.class + Map.Entry.class.getSimpleName() + Long.MAX_VALUE + 0x1.8p1 + 0b101 + 1_000 + 017 + await(env.value("n", Float.NaN));
  }

  @Coroutine
  static String floatingPointEdges(Env env) {
    double nan = await(env.value("n", Double.NaN));
    double zero = -await(env.value("z", 0.0));
    return (nan == nan) + " " + (1 / zero) + " " + (int) nan + " " + (long) await(env.value("inf", Double.POSITIVE_INFINITY)).doubleValue() + " " + Integer.MIN_VALUE / await(env.value("m", -1)) + " " + (float) await(env.value("t", 0.1)).doubleValue();
  }

  @Coroutine
  static Integer nullOfABoxedResult(Env env) {
    Integer n = await(env.value("n", 1));
    if (env.b("never", false)) {
      return null;
    }
    for (int i = 0; i < 3; i++) {
      if (i == n) {
        return null;
      }
    }
    return await(env.value("m", true)) ? null : 2;
  }

  @Coroutine
  static String typesThatOnlyInferenceFinds(Env env) {
    boolean up = await(env.value("up", true));
    ReentrantReadWriteLock locks = new ReentrantReadWriteLock();
    Lock lock =
        await(env.value("lock", await(env.value("w", up)) ? locks.writeLock() : locks.readLock()));
    lock.lock();
    Object number = await(env.value("number", up ? 1 : "one"));
    Comparable<?> comparable = await(env.value("comparable", up ? (Integer) 2 : "two"));
    return "" + locks.isWriteLocked() + number + comparable;
  }

  @Coroutine
  static String classesOutOfReach(Env env) {
    boolean up = await(env.value("up", true));
    // The superclass of both is a class of java.lang that is not public.
    CharSequence text =
        await(env.value("text", up ? new StringBuilder("a") : new StringBuffer("b")));
    Appendable end = up ? new StringBuilder("c") : new StringBuffer(await(env.value("d", "d")));
    var list = await(env.value("list", List.of(new StringBuilder("e"), new StringBuffer("f"))));
    int n = 0;
    for (CharSequence each : list) {
      n += each.length() + await(env.value("n", 1));
    }
    var kept = up ? new StringBuilder("g") : new StringBuffer("h");
    CharSequence more = kept;
    n += Objects.requireNonNullElse(await(env.value("h", 1)), 2) + more.length();
    return text + "" + end + list + n + more;
  }

  private static class Hidden implements Comparable<Hidden> {
    @Override
    public int compareTo(Hidden other) {
      return 1;
    }

    @Override
    public String toString() {
      return "hidden";
    }
  }

  static class Shelf<T> {
    String numbered(int n) {
      return "shelf" + n;
    }
  }

  static Hidden hidden() {
    return new Hidden();
  }

  static Shelf<Hidden> shelf() {
    return new Shelf<>();
  }

  static Shelf<? extends Hidden>[] shelves() {
    return new Shelf[] {shelf()};
  }

  @Coroutine
  static String privateClasses(Env env) {
    String text = shelf().numbered(await(env.value("a", 1)));
    text += shelves()[await(env.value("b", 0))].numbered(await(env.value("c", 2)));
    text += hidden() + " " + await(env.value("d", 3));
    var kept = shelf();
    text += await(env.value("e", true)) ? hidden() : "none";
    for (var each : List.of(hidden(), hidden())) {
      text += each + "" + await(env.value("f", 4));
    }
    return text + kept.numbered(await(env.value("g", 5)));
  }

  static Map<String, List<Hidden>> byName() {
    return Map.of("one", List.of(hidden()), "two", List.of());
  }

  static Optional<List<? extends Hidden>> some() {
    return Optional.of(List.of(hidden(), hidden()));
  }

  @Coroutine
  static String privateClassesInTypeArguments(Env env) {
    var all = byName();
    var some = some();
    String text = await(env.value("a", "a"));
    for (var entry : new TreeMap<>(byName()).entrySet()) {
      text += entry.getKey() + await(env.value("b" + entry.getKey(), 1));
    }
    var entries = byName().entrySet().iterator();
    text += await(async(() -> await(env.value("c", 2)) + all.size()));
    List<Object> objects = new ArrayList<>(all.get("one"));
    var kept = hidden();
    text += await(env.value("d", 3));
    objects.add(kept);
    text += objects + String.valueOf(kept) + List.of(kept) + objects.contains(kept);
    return text + all.get("one") + entries.hasNext() + some.get().size();
  }
}
