package cases;

import static io.fermata.Async.*;
import io.fermata.*;
import io.fermata.conformance.env.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

final class Forms {
  static class Cell<T> {
    T v;
    T[] array = (T[]) new Object[2];
    List<T> list;
    Awaitable<T> awaitable;

    String set(T a) {
      return "set " + a;
    }

    String all(T... a) {
      return "all " + (a == null ? "none" : a.length + a.getClass().getSimpleName());
    }

    Cell<T> with(T a) {
      return this;
    }

    String two(T a, int n) {
      return a + " " + n;
    }

    String twice(T a, T b) {
      return a + " " + b;
    }

    String ofArray(T[] a) {
      return "array " + a;
    }

    String ofList(List<T> a) {
      return "list " + a;
    }

    String ofFunction(Function<T, T> a) {
      return "function " + a;
    }

    String take(Awaitable<T> a) {
      return "take";
    }

    <R> R convert(T a, R b) {
      return b;
    }

    <R> R apply(Function<? super T, R> f, T a) {
      return f.apply(a);
    }

    Optional<T> optional() {
      return Optional.empty();
    }

    class Inner {
      final String text;

      Inner(T a) {
        text = "inner " + a;
      }
    }
  }

  static class NumberCell<T extends Number> extends Cell<T> {
    NumberCell() {
      array = (T[]) new Number[2];
    }
  }

  interface Named {
    default String name() {
      return "n";
    }
  }

  interface Sized {
    default int size() {
      return 1;
    }
  }

  static class Cage<T extends Named & Sized> {
    T v;

    String set(T a) {
      return "set " + a;
    }

    Cage<T> two(T a, int n) {
      return this;
    }
  }

  static class Node<T extends Node<T>> {
    T next;

    String link(T a, int n) {
      return a + " " + n;
    }
  }

  static class Pair<T> {
    final String text;

    Pair(Cell<T> a, T b) {
      text = "pair " + b;
    }
  }

  static <T> T id(T a) {
    return a;
  }

  static <T> T any(int n) {
    return null;
  }

  static <T> T pick(T a, T b) {
    return b;
  }

  static <T> Cell<T> made(Class<T> a) {
    return new Cell<>();
  }

  static <T> String put(List<T> a, T b) {
    a.add(b);
    return "" + a;
  }

  static <T> List<T> putAt(List<T> a, T b, int n) {
    a.set(n, b);
    return a;
  }

  static <E> String rotate(List<E> a, int n) {
    a.add(a.remove(n));
    return "" + a;
  }

  static String text(String a) {
    return "text " + a;
  }

  static <T> String sameAll(T of, T... a) {
    return "all " + (a == null ? "none" : a.length + a.getClass().getSimpleName());
  }

  static <N extends Number> N bounded(int n) {
    return null;
  }

  static String texts(String a, int n) {
    return a + n;
  }

  // FORMS
}
