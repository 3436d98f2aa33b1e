package io.fermata;

public interface AsyncRunnable<X extends Throwable> {
  void run() throws X;
}
