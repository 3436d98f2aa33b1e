package io.fermata;

/**
 * Blocking work without a value, for {@link Async#toThread(ThrowingRunnable)}: {@code
 * await(toThread(() -> Files.delete(path)))}.
 */
@FunctionalInterface
public interface ThrowingRunnable {

  /**
   * Does the work, in a thread of its own.
   *
   * @throws Exception whatever the work throws
   */
  void run() throws Exception;
}
