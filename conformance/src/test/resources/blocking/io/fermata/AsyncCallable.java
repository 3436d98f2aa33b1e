package io.fermata;

public interface AsyncCallable<T, X extends Throwable> {
  T call() throws X;
}
