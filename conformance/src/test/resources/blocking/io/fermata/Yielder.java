package io.fermata;

public interface Yielder<T> {
  void yield(T value);

  default void yieldAll(Iterable<? extends T> all) {
    for (T value : all) {
      this.yield(value);
    }
  }
}
