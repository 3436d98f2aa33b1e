package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import java.io.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/**
 * Types that only inference has: what is of several types at once, and what holds such.
 *
 * <p>JLS 4.9, 4.10.4, 5.1.10.
 */
final class Intersections {
  interface Named {
    default String name() {
      return "n" + getClass().getSimpleName();
    }
  }

  interface Sized {
    int size();

    default int add(int n) {
      return size() + n;
    }
  }

  abstract static class Animal {
    int legs = 4;
    final int[] toes = {1, 2};

    String self() {
      return "self";
    }

    public String toString() {
      return getClass().getSimpleName();
    }
  }

  static class Cat extends Animal
      implements Named, Sized, Iterable<String>, AutoCloseable, Supplier<String>, Runnable {
    public int size() {
      return 1;
    }

    String meow() {
      return "meow";
    }

    public Iterator<String> iterator() {
      return List.of("c1", "c2").iterator();
    }

    public void close() {}

    public String get() {
      return "catget";
    }

    public void run() {
      legs++;
    }
  }

  static class Dog extends Animal
      implements Named, Sized, Iterable<String>, AutoCloseable, Supplier<String>, Runnable {
    public int size() {
      return 2;
    }

    String woof() {
      return "woof";
    }

    public Iterator<String> iterator() {
      return List.of("d1").iterator();
    }

    public void close() {}

    public String get() {
      return "dogget";
    }

    public void run() {
      legs--;
    }
  }

  static class Box<T> {
    T value;

    Box(T a) {
      value = a;
    }

    T get() {
      return value;
    }

    <R> R map(Function<? super T, ? extends R> f) {
      return f.apply(value);
    }
  }

  static class Cage<
      T extends
          Animal & Named & Sized & Iterable<String> & AutoCloseable & Supplier<String> & Runnable> {
    T value;

    Cage(T a) {
      value = a;
    }

    T get() {
      return value;
    }
  }

  static class E1 extends RuntimeException implements Named, Sized {
    public int size() {
      return 1;
    }

    public String toString() {
      return "E1";
    }
  }

  static class E2 extends RuntimeException implements Named, Sized {
    public int size() {
      return 2;
    }

    public String toString() {
      return "E2";
    }
  }

  static <T> T pick(T a, T b) {
    return a;
  }

  static <T> T id(T a) {
    return a;
  }

  static <T> T[] arr(T... a) {
    return a;
  }

  static <T> Box<T> box(T a, T b) {
    return new Box<>(a);
  }

  static <T> Supplier<T> sup(T a, T b) {
    return () -> a;
  }

  static String takesNamed(Named n) {
    return n.name();
  }

  static int takesSized(Sized n) {
    return n.size();
  }

  static <T extends Named & Sized> String takesBoth(T t) {
    return t.name() + t.size();
  }

  static <T extends Animal & Sized> String takesAnimal(T t, int n) {
    return t.legs + "" + t.size() + n;
  }

  static String takesVar(Named... n) {
    return "" + n.length;
  }

  static String two(Sized a, Named b, int n) {
    return a.size() + b.name() + n;
  }

  @Coroutine
  static String unionOfExceptions(Env env) {
    String s = "";
    try {
      await(env.value("q", 1));
      if (true) throw new E1();
      throw new E2();
    } catch (E1 | E2 e) {
      await(env.value("q", 1));
      s += e.name() + e.size();
      Supplier<String> f = () -> e.name() + e.size();
      s += f.get();
    }
    return s;
  }

  @Coroutine
  static String unionWithoutInterfaces(Env env) {
    String s = "";
    try {
      await(env.value("q", 1));
      throw new E1();
    } catch (E1 | IllegalStateException e) {
      await(env.value("q", 1));
      s += e;
      if (e instanceof E1 z) s += z.size();
    }
    return s;
  }

  @Coroutine
  static String unionInPlainCode(Env env) {
    String s = "";
    if (s.isEmpty()) {
      await(env.value("q", 1));
      try {
        if (s.isEmpty()) throw new E1();
        throw new E2();
      } catch (E1 | E2 e) {
        s += e.name() + e.size();
        Named n = e;
        Sized z = e;
        s += takesBoth(e);
      }
    }
    return s;
  }

  @Coroutine
  static String lambdaOfSeveralInterfaces(Env env) {
    var r = (Supplier<String> & Serializable & Named) () -> "sup";
    await(env.value("q", 1));
    Serializable z = r;
    Supplier<String> f = r::get;
    return r.get()
        + r.name().isEmpty()
        + f.get()
        + (z == r)
        + await(async(() -> r.get() + await(env.value("q", 1))));
  }

  @Coroutine
  static String lambdaOfSeveralInterfacesInPlainCode(Env env) {
    await(env.value("q", 1));
    Supplier<String> r = (Supplier<String> & Serializable) () -> "sup" + "b";
    return r.get();
  }

  @Coroutine
  static String castToAnIntersection(Env env) {
    Object o = new Cat();
    var r = (Animal & Named & Sized) o;
    await(env.value("q", 1));
    return r.name() + r.size() + r.legs + (r instanceof Cat k ? k.meow() : "");
  }

  @Coroutine
  static String elementsOfAList(Env env) {
    String s = "";
    for (var x : List.of(1, "ab")) {
      await(env.value("q", 1));
      if (x instanceof String t) s += t.length();
      s += x;
      Comparable<?> c = x;
      Serializable z = x;
      s += x.hashCode();
      if (x instanceof Integer i && i > 0) s += i;
      s += x.equals(1);
      Supplier<Object> f = () -> x;
      s += f.get();
    }
    return s;
  }

  @Coroutine
  static String listOfBoth(Env env) {
    var l = List.of(1, "ab");
    await(env.value("q", 1));
    Comparable<?> c = l.get(0);
    Serializable z = l.get(1);
    String s = "" + c + z + l.get(0).hashCode() + l.contains("ab") + l.indexOf(1);
    for (var x : l) {
      if (x instanceof String t) s += t;
    }
    s += l.stream().map(y -> y.toString()).toList();
    var m = new ArrayList<>(l);
    await(env.value("q", 1));
    m.add(5);
    m.add("x");
    m.set(0, await(env.value("z", 7)));
    Comparable<?> d = m.get(0);
    s += d;
    m.addAll(List.of(9, "k"));
    m.removeIf(y -> y instanceof Integer);
    return s + m;
  }

  @Coroutine
  static String numbersOfAList(Env env) {
    var l = Arrays.asList(1, 2.5);
    await(env.value("q", 1));
    double d = 0;
    for (var x : l) {
      await(env.value("q", 1));
      d += x.doubleValue();
    }
    Number n = l.get(0);
    Comparable<?> c = l.get(1);
    d += l.get(0).intValue() + l.stream().mapToDouble(y -> y.doubleValue()).sum();
    l.set(0, 7);
    l.set(1, await(env.value("r", 8.5)));
    return d + "" + l + n + c;
  }

  @Coroutine
  static String classLiterals(Env env) {
    var c = List.of(String.class, Integer.class);
    await(env.value("q", 1));
    String s = "";
    for (var k : c) {
      await(env.value("q", 1));
      s += k.getSimpleName();
    }
    return s + c.get(0).getName();
  }

  @Coroutine
  static String enumConstants(Env env) {
    enum P {
      A;

      int z() {
        return 1;
      }
    }
    enum Q {
      B;

      int z() {
        return 2;
      }
    }
    var l = List.of(P.A, Q.B);
    await(env.value("q", 1));
    String s = "";
    for (var k : l) {
      await(env.value("q", 1));
      s += k.name() + k.ordinal() + k.getDeclaringClass().getSimpleName();
    }
    return s + l.get(1).name();
  }

  @Coroutine
  static String exceptionsInAVariable(Env env) {
    var e = await(env.value("t", true)) ? new E1() : new E2();
    await(env.value("q", 1));
    try {
      throw e;
    } catch (RuntimeException z) {
      return e.name() + z;
    }
  }

  @Coroutine
  static String thrown(Env env) {
    var e = pick(new E1(), new E2());
    await(env.value("q", 1));
    if (e.size() == 1) throw e;
    return "";
  }

  @Coroutine
  static String addedToAList(Env env) {
    var l = new ArrayList<>(List.of(new Cat(), new Dog()));
    await(env.value("q", 1));
    l.add(new Cat());
    l.add(await(env.value("d", new Dog())));
    l.set(0, l.get(1));
    l.addAll(List.of(new Cat(), new Dog()));
    l.addAll(1, Set.of(new Dog()));
    l.removeIf(y -> y.size() == 7);
    l.replaceAll(
        y -> {
          if (y.size() == 1) return new Dog();
          return y;
        });
    l.sort(Comparator.comparing(y -> y.size()));
    l.forEach(y -> y.run());
    return "" + l + l.get(0).legs + l.contains(null);
  }

  @Coroutine
  static String replacedInAList(Env env) {
    var l = new ArrayList<>(List.of(new Cat(), new Dog()));
    await(env.value("q", 1));
    l.replaceAll(y -> new Dog());
    l.replaceAll(y -> env == null ? new Cat() : y);
    return "" + l;
  }

  @Coroutine
  static String givenToAnOptional(Env env) {
    var o = Optional.of(pick(new Cat(), new Dog()));
    await(env.value("q", 1));
    return o.orElse(new Dog()).name()
        + o.orElseGet(() -> new Cat()).size()
        + o.orElseGet(
                () -> {
                  return new Dog();
                })
            .name()
        + o.or(() -> Optional.of(new Cat())).get().size()
        + o.orElse(null).size();
  }

  @Coroutine
  static String reduced(Env env) {
    var l = List.of(new Cat(), new Dog());
    await(env.value("q", 1));
    return l.stream().reduce(new Dog(), (p, q) -> p.size() > q.size() ? p : q).name()
        + l.stream().reduce((p, q) -> new Cat()).get().size()
        + l.stream().map(y -> env != null ? new Dog() : new Cat()).toList().get(0).size()
        + Stream.iterate(l.get(0), y -> new Dog()).limit(2).toList();
  }

  @Coroutine
  static String givenToAMap(Env env) {
    var m = new TreeMap<>(Map.of("k", pick(new Cat(), new Dog())));
    await(env.value("q", 1));
    m.put("l", new Dog());
    m.computeIfAbsent("m", k -> new Cat());
    m.merge("k", new Dog(), (p, q) -> q);
    m.putIfAbsent("z", await(env.value("d", new Dog())));
    return ""
        + m
        + m.getOrDefault("q", new Cat()).size()
        + m.get("k").name()
        + m.values().iterator().next().size();
  }

  @Coroutine
  static String assignedToAField(Env env) {
    var b = box(new Cat(), new Dog());
    await(env.value("q", 1));
    b.value = new Dog();
    String s = b.get().name();
    b.value = await(env.value("c", new Cat()));
    b.value = env == null ? new Dog() : b.value;
    (b).value.legs += await(env.value("q", 1));
    return s + b.value.name() + b.value.legs;
  }

  @Coroutine
  static String assignedToAnArray(Env env) {
    var a = arr(new Cat(), new Dog());
    await(env.value("q", 1));
    a[0] = new Dog();
    a[1] = await(env.value("c", new Cat()));
    var c = a.clone();
    c[0].legs = 9;
    for (int i = 0; i < c.length; i++) {
      await(env.value("q", 1));
      c[i].run();
    }
    return a[0].name()
        + a[1].size()
        + c.length
        + a[0].legs
        + Arrays.stream(a).map(y -> y.size()).toList()
        + Arrays.asList(c).get(0).name();
  }

  @Coroutine
  static String assignedToVariables(Env env) {
    var x = pick(new Cat(), new Dog());
    var y = x;
    await(env.value("q", 1));
    y = new Dog();
    x = await(env.value("c", true)) ? y : new Cat();
    y = x = new Cat();
    x = (y = new Dog());
    if (env != null) {
      x = new Cat();
    }
    Supplier<Object> f = () -> env;
    final var z = x;
    return x.name() + y.size() + z.size() + f.get().equals(env);
  }

  @Coroutine
  static String boxedOnTheWay(Env env) {
    var l = new ArrayList<>(List.of(1, 2.5));
    await(env.value("q", 1));
    l.add(3);
    l.add(4L);
    l.set(0, await(env.value("n", 7)));
    double d = 0;
    for (var n : l) {
      await(env.value("q", 1));
      d += n.doubleValue();
    }
    var best = l.get(0);
    for (int i = 1; i < 3; i++) {
      await(env.value("q", 1));
      if (l.get(i).intValue() > best.intValue()) best = l.get(i);
    }
    best = 9;
    return d + "" + best + l;
  }

  @Coroutine
  static String typeArgumentsOfTypeArguments(Env env) {
    var l = new ArrayList<>(List.of(new ArrayList<>(List.of(new Cat(), new Dog()))));
    await(env.value("q", 1));
    l.get(0).add(new Dog());
    l.add(new ArrayList<>(List.of(new Dog(), new Cat())));
    return l.get(0).get(2).name() + l.get(1).get(0).size() + l;
  }

  @Coroutine
  static String streamsHeldAcross(Env env) {
    var s = Stream.of(new Cat(), new Dog());
    await(env.value("q", 1));
    var t = s.map(y -> y.size() == 1 ? y : new Dog()).filter(y -> y.size() > 0);
    await(env.value("q", 1));
    return t.sorted(Comparator.comparing(Sized::size))
        .map(Named::name)
        .collect(Collectors.joining());
  }

  @Coroutine
  static String capturedWildcards(Env env) {
    var l = List.of(new Cage<>(new Cat()), new Cage<>(new Dog()));
    await(env.value("q", 1));
    String s = "";
    for (var c : l) {
      await(env.value("q", 1));
      s += c.get().name() + c.value.size();
    }
    var vs = l.stream().map(c -> c.get()).toList();
    await(env.value("q", 1));
    Cage<?> w = l.get(0);
    var ws = List.of(w.get());
    await(env.value("q", 1));
    return s + vs.get(0).size() + ws.get(0).name() + ws.get(0).size();
  }

  @Coroutine
  static <T extends Animal & Named> String typevar(Env env, T t, Box<? extends T> b) {
    var x = b.get();
    await(env.value("q", 1));
    T u = x;
    var l = List.of(t, u);
    await(env.value("q", 1));
    return x.name() + l.get(0).legs + l.get(1).name();
  }

  @Coroutine
  static String besideTypeVariables(Env env) {
    return await(IntersectionsAsync.typevar(env, new Cat(), new Box<>(new Cat())));
  }

  @Coroutine
  static String classesOfTheBody(Env env) {
    class P extends Animal implements Named {
      int z() {
        return 1;
      }
    }
    class Q extends Animal implements Named {
      int z() {
        return 2;
      }
    }
    var l = List.of(new P(), new Q());
    await(env.value("q", 1));
    String s = "";
    for (var k : l) {
      await(env.value("q", 1));
      s += k.name() + k.legs;
      Supplier<String> f = () -> k.name();
      class R {
        String t() {
          return k.name() + k.legs + l.get(0).legs;
        }

        Coro<String> c() {
          return async(
              () -> k.name() + await(env.value("q", 1)) + k.legs + pick(new P(), new Q()).name());
        }
      }
      await(env.value("q", 1));
      s += f.get() + new R().t() + await(new R().c());
    }
    return s;
  }

  @Coroutine
  static String variableOfAnonymousType(Env env) {
    var x = pick(new Cat(), new Dog());
    var an =
        new Object() {
          int n = x.size();

          String t() {
            return x.name() + n;
          }
        };
    await(env.value("q", 1));
    return an.t() + an.n;
  }

  @Coroutine
  static String inGenerators(Env env) {
    String s = "";
    for (var v : IntersectionsAsync.many(env)) s += v;
    for (var v : IntersectionsAsync.few(1)) s += v;
    return s;
  }

  @Coroutine
  static void many(Emitter<Object> out, Env env) {
    var l = List.of(new Cat(), new Dog());
    out.emit(l.get(0).size());
    await(env.value("q", 1));
    for (var y : l) {
      out.emit(y.name());
    }
  }

  @Coroutine
  static <T> void few(Yielder<Object> out, T t) {
    var l = List.of(new Cat(), new Dog());
    out.yield(l.get(0).size());
    out.yield(t);
    for (var y : l) {
      out.yield(y.name());
    }
  }

  @Coroutine
  static String resultsOfCoroutineLambdas(Env env) {
    var f =
        List.of(
            async(() -> pick(new Cat(), new Dog())),
            async(() -> env != null ? new Dog() : new Cat()));
    await(env.value("q", 1));
    String s = "";
    for (var c : f) {
      s += await(c).name();
    }
    var t =
        createTask(
            async(
                () -> {
                  var x = pick(new Cat(), new Dog());
                  await(env.value("q", 1));
                  return x;
                }));
    return s
        + await(t).size()
        + await(gather(async(() -> pick(new Dog(), new Cat())), async(() -> new Cat())))
            .get(0)
            .name();
  }

  @Coroutine
  static String inARecord(Env env) {
    record R(int n) {
      static String t() {
        var x = pick(new Cat(), new Dog());
        x = new Dog();
        var l = new ArrayList<>(List.of(new Cat(), new Dog()));
        l.add(new Dog());
        return x.name() + l.get(0).size();
      }
    }
    await(env.value("q", 1));
    return R.t() + new R(1);
  }

  @Coroutine
  static String inAClassThatCapturesNothing(Env env) {
    class L {
      String t() {
        var x = pick(new Cat(), new Dog());
        x = new Dog();
        var l = new ArrayList<>(List.of(new Cat(), new Dog()));
        l.add(new Dog());
        l.replaceAll(y -> new Cat());
        return x.name() + l.get(0).size();
      }
    }
    await(env.value("q", 1));
    return new L().t();
  }

  @Coroutine
  static String inABlockWithoutAnAwait(Env env) {
    await(env.value("q", 1));
    if (env != null) {
      var x = pick(new Cat(), new Dog());
      x = new Dog();
      var l = new ArrayList<>(List.of(new Cat(), new Dog()));
      l.add(new Dog());
      l.replaceAll(y -> new Cat());
      if (x instanceof Dog d) return d.woof() + l.get(0).size();
    }
    return "";
  }

  static Dog toDog(Animal a) {
    return new Dog();
  }

  static Animal first(Animal a, Animal b) {
    return a;
  }

  Dog make() {
    return new Dog();
  }

  @Coroutine
  static String methodReferencesToGiven(Env env) {
    var o = Optional.of(pick(new Cat(), new Dog()));
    Optional<Dog> none = Optional.empty();
    var p = o.filter(y -> y == null);
    var l = new ArrayList<>(List.of(new Cat(), new Dog()));
    Intersections me = new Intersections();
    await(env.value("q", 1));
    l.replaceAll(Intersections::toDog);
    l.removeIf(Objects::isNull);
    l.forEach(Runnable::run);
    return p.orElseGet(Dog::new).name()
        + p.orElseGet(me::make).size()
        + o.map(Sized::size).get()
        + o.map(Intersections::toDog).get().woof()
        + o.map(Box::new).get().value.size()
        + l
        + l.stream().map(Objects::requireNonNull).toList().get(0).size()
        + l.stream().sorted(Comparator.comparing(Sized::size)).findFirst().get().name();
  }

  @Coroutine
  static String choicesOfLiterals(Env env) {
    var x = await(env.value("a", true)) ? 1 : "ab";
    var y = await(env.value("b", true)) ? await(env.value("c", 2.5)) : "cd";
    var z = switch (await(env.value("d", 1))) {
      case 1 -> 'e';
      case 2 -> "f";
      default -> 3L;
    };
    Comparable<?> comparable = y;
    await(env.value("g", 0));
    x = await(env.value("h", true)) ? "ij" : 4;
    y = null;
    return x.hashCode() + "" + comparable + y + z + (x instanceof String s ? s.length() : 0);
  }

  static <T> T same(T value) {
    return value;
  }

  @Coroutine
  static String choiceOfWhatTakesItsTypeFromAround(Env env) {
    Map<String, String> map =
        await(env.value("m", await(env.value("many", true)) ? new HashMap<>() : new TreeMap<>()));
    map.put("a", "b");
    Collection<Integer> numbers =
        same(
            switch (await(env.value("which", 2))) {
              case 1 -> new ArrayList<>();
              case 2 -> new ArrayDeque<>(map.size());
              default -> new LinkedList<>();
            });
    numbers.add(1);
    Collection<String> texts =
        same(await(env.value("few", false)) ? List.of() : Collections.emptySet());
    return map + " " + numbers + texts;
  }
}
