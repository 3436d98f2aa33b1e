package io.fermata;

public interface Emitter<T> {
  void emit(T value);

  default void emitAll(AsyncIterable<? extends T> all) {
    for (T value : all) {
      emit(value);
    }
  }
}
