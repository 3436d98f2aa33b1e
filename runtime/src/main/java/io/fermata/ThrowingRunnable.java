package io.fermata;

/** Blocking work without a value, for {@link Async#toThread(ThrowingRunnable)}. */
@FunctionalInterface
public interface ThrowingRunnable {

  /** Does the work, in a thread of its own. */
  void run() throws Exception;
}
