package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/**
 * Generic methods and owners, bounds, wildcards, captured types.
 *
 * <p>JLS 8.4.4, 4.5, 5.1.10.
 */
final class Generics {
  @Coroutine
  static <T, R> List<R> map(Env env, List<? extends T> in, Function<? super T, ? extends R> f) {
    List<R> out = new ArrayList<>();
    for (T t : in) {
      R r = f.apply(await(env.value("t", t)));
      out.add(r);
    }
    return out;
  }

  @Coroutine
  static String genericMethod(Env env) {
    List<String> strings = await(GenericsAsync.map(env, List.of(1, 2), n -> "s" + n));
    List<Object> objects = await(GenericsAsync.<Object, Object>map(env, strings, s -> s + "!"));
    return strings + "" + objects;
  }

  @Coroutine
  static <T extends Comparable<? super T>> T max(Env env, Collection<? extends T> all) {
    Iterator<? extends T> it = all.iterator();
    T best = it.next();
    while (it.hasNext()) {
      T next = await(env.value("n", it.next()));
      if (next.compareTo(best) > 0) {
        best = next;
      }
    }
    return best;
  }

  @Coroutine
  static int recursiveBound(Env env) {
    return await(GenericsAsync.max(env, List.of(3, 9, 4))) + await(GenericsAsync.max(env, Set.of("abc"))).length();
  }

  @Coroutine
  static <E extends Enum<E> & Comparable<E>> String enumBound(Env env, Class<E> type) {
    E first = type.getEnumConstants()[0];
    await(env.value("e", first));
    E second = Enum.valueOf(type, await(env.value("n", "B")));
    return first.compareTo(second) + first.name();
  }

  enum Letters {
    A,
    B
  }

  @Coroutine
  static String boundedByEnum(Env env) {
    return await(GenericsAsync.enumBound(env, Letters.class));
  }

  @Coroutine
  static <T extends Number & Comparable<T>> int intersection(Env env, T a, T b) {
    T bigger = a.compareTo(await(env.value("b", b))) > 0 ? a : b;
    var copy = bigger;
    await(env.value("x", 0));
    return copy.intValue() + (copy.compareTo(b) == 0 ? 100 : 0);
  }

  @Coroutine
  static int intersectionBound(Env env) {
    return await(GenericsAsync.intersection(env, 3, 4));
  }

  @SafeVarargs
  @Coroutine
  static <T> List<T> listOf(Env env, T... all) {
    List<T> out = new ArrayList<>();
    for (T t : all) {
      out.add(await(env.value("t", t)));
    }
    return out;
  }

  @Coroutine
  static String genericVarargs(Env env) {
    List<List<String>> nested = await(GenericsAsync.listOf(env, List.of("a"), List.of("b", "c")));
    return nested.get(1).get(0) + await(GenericsAsync.listOf(env)).size() + await(GenericsAsync.listOf(env, 1, 2.0, "s"));
  }

  @Coroutine
  static String wildcardCapture(Env env) {
    List<?> unknown = new ArrayList<>(List.of("p", 1));
    Object first = unknown.get(await(env.value("i", 0)));
    swap(unknown, 0, await(env.value("j", 1)));
    Map<?, ? extends Collection<? extends Number>> map = Map.of("k", List.of(1, 2.5));
    double sum = 0;
    for (Map.Entry<?, ? extends Collection<? extends Number>> e : map.entrySet()) {
      for (Number n : e.getValue()) {
        sum += n.doubleValue() + await(env.value("v", 0.5));
      }
    }
    for (var e : map.entrySet()) {
      var key = e.getKey();
      await(env.value("w", 0));
      sum += key.toString().length() + e.getValue().size();
    }
    return first + unknown.toString() + sum;
  }

  static <T> void swap(List<T> list, int i, int j) {
    T t = list.get(i);
    list.set(i, list.get(j));
    list.set(j, t);
  }

  @Coroutine
  static String inferenceDependsOnTheAwait(Env env) {
    List<? super Integer> target = await(env.value("t", new ArrayList<Number>()));
    Collections.addAll(target, await(env.value("a", 1)), 2);
    var sorted = new ArrayList<>(List.of(await(env.value("b", "b")), "a"));
    sorted.sort(Comparator.comparing(s -> s.length() + "" + s));
    Supplier<? extends Map<String, ? extends List<Integer>>> s = () -> Map.of("k", List.of(7));
    int seven = s.get().get(await(env.value("k", "k"))).get(0);
    return target + "" + sorted + seven;
  }

  static class Cell<T> {
    T value;

    Cell(T value) {
      this.value = value;
    }

    <U> Cell<U> map(Function<? super T, ? extends U> f) {
      return new Cell<>(f.apply(value));
    }

    class Cursor<V> {
      T t = value;
      V v;

      Cell<T> outer() {
        return Cell.this;
      }

      @Coroutine
      <W extends V> Map.Entry<T, V> move(Env env, W w) {
        T before = t;
        v = await(env.value("w", w));
        outer().value = t = await(env.value("t", before));
        return Map.entry(t, v);
      }
    }

    @Coroutine
    <U> U fold(Env env, U start, BiFunction<? super U, ? super T, ? extends U> f, int times) {
      U at = start;
      for (int i = 0; i < times; i++) {
        at = f.apply(at, await(env.value("f" + i, value)));
      }
      return at;
    }
  }

  @Coroutine
  static String genericOwnerAndMethod(Env env) {
    Cell<String> c = new Cell<>("x");
    String s = await(Generics_CellAsync.fold(c, env, 0, (n, t) -> n + t.length(), 3)).toString();
    Cell<String>.Cursor<Number> cursor = c.new Cursor<>();
    var e = await(Generics_Cell_CursorAsync.move(cursor, env, 5));
    return s + e + c.map(t -> t + t).map(String::length).value + await(env.value("last", cursor.t));
  }

  @Coroutine
  static int rawTypes(Env env) {
    @SuppressWarnings({"rawtypes", "unchecked"})
    List raw = new ArrayList(await(env.value("l", List.of(1))));
    raw.add(await(env.value("x", "x")));
    int n = 0;
    for (Object o : raw) {
      n += o.hashCode() == 1 ? 10 : await(env.value("o", 1));
    }
    return n;
  }

  @Coroutine
  static <T> T identity(T t) {
    return t;
  }

  @Coroutine
  static <T> T later(Env env, T t) {
    return await(env.value("later", t));
  }

  @Coroutine
  static String typeVariablesAsResults(Env env) {
    int x = await(GenericsAsync.identity(5)) + await(GenericsAsync.later(env, 6));
    String s = await(GenericsAsync.<String>identity(null));
    int[] a = await(GenericsAsync.later(env, new int[] {7}));
    List<String> l = await(GenericsAsync.later(env, List.of()));
    return x + s + a[0] + l;
  }

  @Coroutine
  static <K extends Comparable<K>, V> String twoVariables(Env env, Map<K, List<V>> in) {
    Map<K, V> out = new TreeMap<>();
    for (Map.Entry<K, List<V>> e : in.entrySet()) {
      V[] array = null;
      List<V>[] lists = null;
      K k = await(env.value("k", e.getKey()));
      out.merge(k, e.getValue().get(0), (a, b) -> b);
    }
    return out.toString();
  }

  @Coroutine
  static String twoTypeVariables(Env env) {
    return await(GenericsAsync.twoVariables(env, Map.of("a", List.of(1))));
  }

  static class Tree<T> {
    final T value;

    Tree(T value) {
      this.value = value;
    }

    class Node {
      T get() {
        return value;
      }

      class Leaf<U> {
        U u;
      }
    }

    Node node() {
      return new Node();
    }
  }

  @Coroutine
  static String innerClassOfGenericClass(Env env) {
    Tree<String> tree = new Tree<>(await(env.value("tree", "t")));
    int length = 0;
    if (tree.value.length() > 0) {
      Tree<String>.Node node = tree.node();
      cases.Generics.Tree<String>.Node.Leaf<Integer> leaf = node.new Leaf<>();
      leaf.u = node.get().length();
      Tree<String>.Node[] nodes = new Tree.Node[] {node};
      length = leaf.u + nodes[0].get().length();
    }
    Tree<String>.Node kept = tree.node();
    await(env.value("between", 1));
    return kept.get() + length;
  }

  @Coroutine
  static String capturedInALowerBound(Env env) {
    String text = "";
    for (Class<?> c = Integer.class; c != null; c = await(env.value("next", c)).getSuperclass()) {
      text += c.getSimpleName();
      Class<?> above = await(env.value("flag", true)) ? c.getSuperclass() : null;
      text += above;
    }
    return text;
  }

  static <U> Function<U, U> same() {
    return u -> u;
  }

  static <U> String joined(List<U> list, Function<U, U> function, BiPredicate<U, U> test) {
    StringBuilder out = new StringBuilder();
    list.forEach(each -> out.append(function.apply(each)).append(test.test(each, each)));
    return out.toString();
  }

  static <U> List<U> first(List<U> list, Function<? super U, ? extends U> function, int n) {
    return list.stream().<U>map(function).limit(n).toList();
  }

  static <U> BiPredicate<U, U> equal() {
    return Objects::equals;
  }

  static <C extends Comparable<? super C>> Comparator<C> reversed(
      Comparator<? super C> comparator, Function<C, C> function) {
    return (a, b) -> comparator.compare(function.apply(b), a);
  }

  @Coroutine
  static String sharedCaptures(Env env) {
    List<? extends Number> numbers = await(env.value("numbers", List.of(1, 2)));
    String text = joined(numbers, same(), await(env.value("test", equal())));
    List<? extends Number> some = first(numbers, same(), await(env.value("n", 1)));
    Number one = first(numbers, await(env.value("function", same())), 1).get(0);
    joined(numbers, same(), await(env.value("statement", equal())));
    List<?> any = numbers;
    Map<Integer, ? extends List<?>> grouped =
        any.stream()
            .collect(
                await(
                    env.value(
                        "by",
                        Collectors.groupingBy(
                            Objects::hashCode, await(env.value("into", Collectors.toList()))))));
    text += grouped;
    return text + some + one;
  }

  @Coroutine
  static <C extends Comparable<C>> String ofTypeVariables(Env env, List<C> list) {
    List<C> copy = new ArrayList<>(list);
    copy.sort(reversed(C::compareTo, await(env.value("same", same()))));
    return "" + copy;
  }

  @Coroutine
  static String methodOfATypeVariable(Env env) {
    return await(GenericsAsync.ofTypeVariables(env, List.of("a", "b")));
  }

  @Coroutine
  static String nestedCaptures(Env env) {
    Map<? extends CharSequence, ? extends Collection<? extends Number>> map =
        new TreeMap<>(await(env.value("map", Map.of("a", List.of(1), "b", Set.of(2)))));
    var entries = map.entrySet();
    int sum = 0;
    for (var entry : entries) {
      sum += entry.getKey().length() + await(env.value("e", entry.getValue().size()));
      for (Number each : entry.getValue()) {
        sum += each.intValue();
      }
    }
    var list = new ArrayList<>(map.values());
    var it = await(env.value("it", list.iterator()));
    while (it.hasNext()) {
      var each = it.next();
      sum += await(env.value("size", each.size())) + each.iterator().next().intValue();
    }
    return sum + "" + Map.copyOf(await(env.value("copy", map))).size();
  }

  static class Source<E> {
    final E value;

    Source(E value) {
      this.value = value;
    }

    String to(Consumer<? super E> sink, int n) {
      sink.accept(value);
      return sink + "" + n;
    }
  }

  static class Sink<E> implements Consumer<E> {
    final String name;

    Sink(String name) {
      this.name = name;
    }

    @Override
    public void accept(E e) {}

    @Override
    public String toString() {
      return name;
    }
  }

  static <U> String first(Iterator<Optional<U>> all, int n) {
    return all.next().orElseThrow() + "" + n;
  }

  @Coroutine
  static String capturesOfTheReceiver(Env env) {
    Source<? extends Number> source = await(env.value("source", new Source<>(1)));
    String text = source.to(new Sink<>("sink"), await(env.value("n", 1)));
    text += source.to(await(env.value("awaited", new Sink<>("other"))), 2);
    List<StringBuilder> list = new ArrayList<>();
    Consumer<? super StringBuilder> add = await(env.value("add", list::add));
    add.accept(await(env.value("up", true)) ? new StringBuilder("a") : list.get(0));
    add.accept(
        switch (await(env.value("choice", 1))) {
          case 1 -> new StringBuilder("one");
          default -> list.get(0).reverse();
        });
    List<? extends List<? extends Number>> nested = await(env.value("nested", List.of(List.of(5))));
    text +=
        nested.stream()
            .map(Optional::of)
            .findFirst()
            .orElse(await(env.value("else", Optional.empty())))
            .get();
    text +=
        await(env.value("found", nested.stream().map(Optional::of).findFirst()))
            .orElseGet(Optional::empty)
            .get();
    text += first(nested.stream().map(Optional::of).iterator(), await(env.value("after", 1)));
    return text + list;
  }

  static class Chain<T> {
    class Link {
      T value;

      Link(T value) {
        this.value = value;
      }

      T get() {
        return value;
      }
    }

    Link head;

    @Coroutine
    String walk(Env env, T other) {
      Link kept = head;
      int n = await(env.value("walk", 1));
      if (n >= 0) {
        Link link = head;
        List<Link> links = new ArrayList<>(List.of(link, new Link(other)));
        Function<Link, T> get = Link::get;
        T first = links.get(0).value;
        class Longer extends Link {
          Longer() {
            super(other);
          }

          T twice() {
            return get();
          }
        }
        T twice = new Longer().twice();
        return "" + first + get.apply(links.get(1)) + twice + (kept instanceof Link);
      }
      return "";
    }
  }

  @Coroutine
  static String innerClassBySimpleName(Env env) {
    Chain<String> chain = new Chain<>();
    chain.head = chain.new Link("head");
    return await(Generics_ChainAsync.walk(chain, env, "other"));
  }

  static class Builder<B extends Builder<B>> {
    int sum;

    Builder<B> same() {
      return this;
    }

    B add(int n) {
      sum += n;
      return (B) this;
    }
  }

  static <T extends List<T>> Map<T, ? super T> byList() {
    return new HashMap<>();
  }

  @Coroutine
  static String argumentsThatInferenceMadeUp(Env env) {
    var builder = new Builder<>();
    builder.add(await(env.value("a", 1)));
    int sum = new Builder<>().same().add(await(env.value("b", 2))).sum;
    var lists = byList();
    await(env.value("c", 0));
    for (var each : byList().entrySet()) {
      sum += each.getKey().size() + await(env.value("none", 1));
    }
    return builder.add(await(env.value("d", 3))).sum + " " + sum + lists;
  }

  @Coroutine
  static String nullOfACapturedType(Env env) {
    List<?> list = new ArrayList<>(List.of(1));
    Map<String, ? extends Number> map = new HashMap<>();
    list.add(await(env.value("a", null)));
    list.add(await(env.value("b", true)) ? null : null);
    map.put("k", await(env.value("c", null)));
    for (ListIterator<?> each = list.listIterator(); each.hasNext(); ) {
      each.next();
      each.set(await(env.value("d", null)));
    }
    return list + " " + map;
  }

  static class Slot<T> {
    T value;
    Optional<T> other = Optional.empty();
  }

  static <T> void put(List<T> list, T value, int at) {
    list.add(at, value);
  }

  @Coroutine
  static String fieldOfACapturedType(Env env) {
    Slot<? extends Number> slot = new Slot<Integer>();
    List<?> list = new ArrayList<>(List.of("x"));
    slot.value = await(env.value("v", null));
    put(list, await(env.value("w", null)), await(env.value("at", 0)));
    Number other = slot.other.orElse(await(env.value("other", null)));
    return slot.value + " " + list + " " + other;
  }
}
