package io.fermata;

public interface Yielder<T> {
  void yield(T value);

  default void yieldAll(Iterable<? extends T> all) {
    try {
      for (T value : all) {
        this.yield(value);
      }
    } finally {
      if (all instanceof Generator<?>) {
        ((Generator<?>) all).close(); // the cases leave only calls early
      }
    }
  }
}
