package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * What a loop's exception handler is told about a failure that no code can catch.
 *
 * <p>Immutable; the promise in it belongs to the loop's thread.
 *
 * <p>asyncio: the context of {@code loop.call_exception_handler}.
 *
 * @param message what happened
 * @param exception the failure, if there is one
 * @param handle the callback that failed, if there is one
 * @param promise the promise or task concerned, if it can still be reached
 * @param subject the text of the promise, task or coroutine concerned
 * @param createdAt where the object concerned was created, known in debug mode only
 */
public record ExceptionContext(
    String message,
    @Nullable Throwable exception,
    @Nullable Handle handle,
    @Nullable Promise<?> promise,
    @Nullable String subject,
    @Nullable Throwable createdAt) {

  /**
   * A failure with its message, and nothing else.
   *
   * @param message what happened
   * @param exception the failure, or null
   */
  public ExceptionContext(String message, @Nullable Throwable exception) {
    this(message, exception, null, null, null, null);
  }

  /** The context of the task or callback concerned; null if there is none that has one. */
  @Nullable Context contextOfFailed() {
    if (promise instanceof Task<?> task) {
      return task.getContext();
    }
    return handle == null ? null : handle.getContext();
  }
}
