package io.fermata;

public interface AsyncIterator<T> {
  Awaitable<Boolean> moveNext();

  T current();
}
