package io.fermata;

/**
 * Told of failures on a loop that no code can catch: see {@link EventLoop#setExceptionHandler}.
 *
 * <pre>{@code
 * EventLoop.running().setExceptionHandler((loop, failure) -> alarm(failure.message()));
 * }</pre>
 *
 * <p>asyncio: {@code loop.set_exception_handler}.
 */
@FunctionalInterface
public interface ExceptionHandler {

  /**
   * Called on the loop's thread, in the {@link Context} of the task or callback that failed. What
   * it throws is logged.
   *
   * @param loop the loop
   * @param context what happened
   */
  void handle(EventLoop loop, ExceptionContext context);
}
