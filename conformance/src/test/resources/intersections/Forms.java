package cases;

import static io.fermata.Async.*;
import io.fermata.*;
import io.fermata.conformance.env.*;
import java.io.*;
import java.util.*;
import java.util.concurrent.Callable;
import java.util.function.*;
import java.util.stream.*;

final class Forms {
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

  // FORMS
}
