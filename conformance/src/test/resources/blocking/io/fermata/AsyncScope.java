package io.fermata;

public interface AsyncScope extends ThrowingScope<RuntimeException> {
  @Override
  default void close() {
    ThrowingScope.super.close();
  }
}
