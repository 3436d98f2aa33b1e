package io.fermata;

/**
 * A resource that is entered and left by awaiting: Python's {@code async with}. In a coroutine, a
 * try-with-resources statement whose resource is an {@code AsyncScope} awaits {@link #enter} when
 * the resource is bound, and {@link #exit} when the block is left, however it is left.
 *
 * <pre>{@code
 * try (TaskGroup group = TaskGroup.open()) {     // awaits group.enter()
 *   group.createTask(HelloAsync.greet());
 * }                                              // awaits group.exit(thrown)
 * }</pre>
 *
 * <p>{@link ThrowingScope} tells the rules; one that may fail with a checked exception is such a
 * scope.
 *
 * <p>asyncio: {@code __aenter__} and {@code __aexit__}.
 */
public interface AsyncScope extends ThrowingScope<RuntimeException> {

  /**
   * Called only where no coroutine leaves the block. A scope may give it a meaning of its own: to
   * begin to close, without waiting.
   *
   * @throws IllegalStateException unless it has one
   */
  @Override
  default void close() {
    ThrowingScope.super.close();
  }
}
