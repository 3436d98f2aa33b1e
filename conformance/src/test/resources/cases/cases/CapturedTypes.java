package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import java.util.*;
import java.util.function.*;

/**
 * Captured wildcards: arrays of them, intersections with them, and lambdas whose parameters are.
 *
 * <p>JLS 5.1.10, 15.12.2, 15.27.1.
 */
final class CapturedTypes {
  static class Cell<T> {
    T value;
    List<T> list = new ArrayList<>();

    Cell(T value) {
      this.value = value;
    }

    T get() {
      return value;
    }

    void set(T value) {
      this.value = value;
    }

    void update(UnaryOperator<T> f) {
      value = f.apply(value);
    }

    Cell<T> copied(Cell<T> other) {
      value = other.value;
      return this;
    }

    String two(T a, T b) {
      return a + " " + b;
    }

    String all(T... all) {
      return text(all);
    }

    String arrays(T[]... all) {
      return text(all);
    }

    class Inner {
      final String text;

      Inner(T[]... all) {
        text = text(all);
      }
    }
  }

  static class Of<T> {
    final String text;

    Of(Cell<T> cell, T[]... all) {
      text = text(all);
    }
  }

  static class OfAny {
    final String text;

    <T> OfAny(Cell<T> cell, T[]... all) {
      text = text(all);
    }
  }

  static class Both<A, B extends List<A>> {
    A a;
    B b;

    void set(A newA, B newB) {
      a = newA;
      b = newB;
    }
  }

  static class Node<T extends Node<T>> {
    T next;

    T self() {
      return (T) this;
    }

    void link(T node) {
      next = node;
    }
  }

  static class Leaf extends Node<Leaf> {
    @Override
    public String toString() {
      return "leaf";
    }
  }

  interface Sized {
    default int size() {
      return 1;
    }
  }

  record Named(String name) implements Sized, CharSequence {
    @Override
    public int length() {
      return name.length();
    }

    @Override
    public char charAt(int index) {
      return name.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return this;
    }
  }

  static class Cage<T extends CharSequence & Sized> {
    T value;
  }

  static String text(Object[] all) {
    return all.getClass().getSimpleName() + all.length + " ";
  }

  static <T extends Number> T[] one(int n) {
    return (T[]) new Integer[n];
  }

  static <T extends Number> T[][] two(int n) {
    return (T[][]) new Integer[n][1];
  }

  static <T extends CharSequence> T[] texts(int n) {
    return (T[]) new String[n];
  }

  static <T extends CharSequence> T made(Object value) {
    return (T) value;
  }

  static <T> T first(T value, int n) {
    return value;
  }

  static <T> String arraysOf(Cell<T> cell, T[]... all) {
    return text(all);
  }

  static <T> String same(Cell<T> a, Cell<T> b, List<T> c) {
    return a.value + " " + b.value + " " + c;
  }

  static <T, R> Coro<R> with(Cell<T> cell, Function<Cell<T>, Coro<R>> f) {
    return f.apply(cell);
  }

  static <T, R> Coro<R> withBoth(Cell<T> cell, BiFunction<Cell<T>, T, Coro<R>> f) {
    return f.apply(cell, cell.value);
  }

  static <T> Coro<T> ofCell(Cell<T> cell, Function<Cell<T>, Coro<T>> f) {
    return f.apply(cell);
  }

  static <T, R> R applied(Cell<T> cell, BiFunction<Cell<T>, T, R> f) {
    return f.apply(cell, cell.value);
  }

  static <T extends Node<T>, R> Coro<R> linked(Node<T> node, Function<Node<T>, Coro<R>> f) {
    return f.apply(node);
  }

  static <T extends CharSequence & Sized, R> Coro<R> caged(
      Cage<T> cage, BiFunction<Cage<T>, T, Coro<R>> f) {
    return f.apply(cage, cage.value);
  }

  static <A, B extends List<A>, R> Coro<R> both(Both<A, B> both, Function<Both<A, B>, Coro<R>> f) {
    return f.apply(both);
  }

  @Coroutine
  static String arraysAsVariableArguments(Env env) {
    Cell<? extends Integer> cell = new Cell<>(1);
    String s = cell.arrays(one(await(env.value("a", 1))));
    s += cell.arrays(two(await(env.value("b", 2))));
    s += cell.arrays(one(2), one(await(env.value("c", 3))));
    s += cell.arrays(await(env.value("d", true)) ? one(1) : one(2));
    s += cell.arrays(await(env.value("e", true)) ? two(3) : two(2));
    s += cell.all(one(await(env.value("f", 4))));
    return s + arraysOf(cell, one(await(env.value("g", 5))));
  }

  @Coroutine
  static String arraysAsVariableArgumentsOfConstructors(Env env) {
    Cell<? extends Integer> cell = new Cell<>(1);
    String s = cell.new Inner(one(await(env.value("a", 1)))).text;
    s += cell.new Inner(await(env.value("b", true)) ? two(2) : two(1)).text;
    s += new Of<>(cell, await(env.value("c", true)) ? one(1) : one(2)).text;
    s += new Of<>(cell, two(await(env.value("d", 3)))).text;
    s += new OfAny(cell, await(env.value("e", true)) ? one(1) : one(2)).text;
    return s + new OfAny(cell, await(env.value("f", true)) ? two(4) : two(2)).text;
  }

  @Coroutine
  static String arraysOfIntersections(Env env) {
    Cell<? extends Comparable<?>> cell = new Cell<>("c");
    Cell<?> any = cell;
    String s = cell.all(texts(await(env.value("a", 1))));
    s += cell.arrays(texts(await(env.value("b", 2))));
    s += any.all(await(env.value("c", true)) ? texts(3) : texts(1));
    return s + any.arrays(await(env.value("d", true)) ? texts(4) : texts(1));
  }

  @Coroutine
  static String intersectionsWithThem(Env env) {
    Cell<?> any = new Cell<>("any");
    Cell<? extends Comparable<?>> cell = new Cell<>("cell");
    String s = any.two(made("a"), made(await(env.value("b", "b"))));
    s += cell.two(made("c"), first(made("d"), await(env.value("e", 1))));
    s += any.all(made("f"), await(env.value("g", true)) ? made("h") : null);
    cell.value = await(env.value("i", true)) ? made("j") : null;
    return s + cell.value;
  }

  @Coroutine
  static String parametersOfLambdas(Env env) {
    Cell<? extends Number> cell = new Cell<>(5);
    Cell<?> any = cell;
    String s =
        await(
            with(
                cell,
                c ->
                    async(
                        () -> {
                          await(env.value("a", 1));
                          c.set(c.get());
                          c.value = c.get();
                          c.list.add(c.get());
                          c.update(old -> c.get());
                          var n = c.get();
                          return same(c, c.copied(c), c.list) + n.intValue();
                        })));
    s +=
        await(
            withBoth(
                any,
                (c, value) ->
                    async(
                        () -> {
                          c.set(value);
                          c.list.add(await(env.value("b", true)) ? value : null);
                          return c.all(value, await(env.value("c", true)) ? c.get() : null);
                        })));
    return s
        + await(ofCell(cell, c -> async(() -> await(env.value("d", true)) ? c.get() : null)))
            .intValue();
  }

  @Coroutine
  static String parametersOfLambdasInOneAnother(Env env) {
    Cell<? extends Number> cell = new Cell<>(5);
    return await(
        with(
            cell,
            a ->
                async(
                    () -> {
                      await(env.value("a", 1));
                      return a.get()
                          + await(
                              with(
                                  a,
                                  b ->
                                      async(
                                          () -> {
                                            a.set(a.get());
                                            await(env.value("b", 2));
                                            b.set(b.get());
                                            return a.copied(a).value + " " + b.value;
                                          })));
                    })));
  }

  @Coroutine
  static String parametersOfBoundedTypes(Env env) {
    Cage<Named> named = new Cage<>();
    named.value = new Named("n");
    Cage<? extends Sized> cage = named;
    Node<?> node = new Leaf();
    String s =
        await(
            linked(
                node,
                n ->
                    async(
                        () -> {
                          n.link(n.self());
                          await(env.value("a", 1));
                          n.next.link(n.self());
                          return n.next + " ";
                        })));
    return s
        + await(
            caged(
                cage,
                (c, value) ->
                    async(
                        () -> {
                          c.value = value;
                          await(env.value("b", 1));
                          c.value = c.value;
                          return value.length() + value.size() + " " + c.value;
                        })));
  }

  @Coroutine
  static String parametersThatNoTypeParameterStandsFor(Env env) {
    Cell<? super Integer> lower = new Cell<Number>(5);
    Cell<? extends Integer[]> array = new Cell<>(new Integer[] {1});
    Both<?, ?> pair = new Both<String, List<String>>();
    String s =
        await(
            with(
                lower,
                c ->
                    async(
                        () -> {
                          c.set(await(env.value("a", 6)));
                          c.set(c.get());
                          c.value = c.get();
                          return c.two(7, await(env.value("b", true)) ? c.get() : null);
                        })));
    s +=
        await(
            with(
                array,
                c ->
                    async(
                        () -> {
                          await(env.value("c", 1));
                          c.set(c.get());
                          return " " + c.get().length;
                        })));
    return s
        + await(
            both(
                pair,
                p ->
                    async(
                        () -> {
                          await(env.value("d", 1));
                          p.set(p.a, p.b);
                          return " " + p.a + p.b;
                        })));
  }

  @Coroutine
  static String parametersInClassesThatMove(Env env) {
    Cell<? extends Number> cell = new Cell<>(5);
    String s =
        applied(
                cell,
                (c, value) ->
                    new Object() {
                      String text(int n) {
                        c.set(c.get());
                        c.set(value);
                        return "a" + c.value + n;
                      }
                    })
            .text(await(env.value("a", 1)));
    return s
        + await(
            withBoth(
                cell,
                (c, value) -> {
                  class Local {
                    String text(int n) {
                      c.set(value);
                      return "b" + c.value + n;
                    }
                  }
                  return async(
                      () -> {
                        await(env.value("b", 1));
                        c.set(value);
                        return new Local().text(2);
                      });
                }));
  }
}
