package io.fermata;

public final class ThrowingCoro<T, X extends Throwable> extends Coro<T> {
  ThrowingCoro(Blocking<T> body) {
    super(body);
  }
}
