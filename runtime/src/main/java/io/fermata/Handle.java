package io.fermata;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A callback that the loop will run, and the means to cancel it. Given by {@link
 * EventLoop#callSoon}, {@link EventLoop#callSoonThreadsafe} and, as {@link TimerHandle}, by {@link
 * EventLoop#callLater} and {@link EventLoop#callAt}.
 *
 * <pre>{@code
 * Handle handle = EventLoop.running().callSoon(() -> System.out.println("soon"));
 * handle.cancel();
 * }</pre>
 *
 * <p><b>Thread.</b> Cancelling is allowed from any thread for a handle of {@link
 * EventLoop#callSoonThreadsafe}, else on the loop's thread. Every thread may ask {@link
 * #isCancelled}, and sees at once what another has done.
 *
 * <p>What the callback throws goes to the loop's {@linkplain EventLoop#setExceptionHandler
 * exception handler}.
 *
 * <p>asyncio: {@code Handle}.
 */
public sealed class Handle extends Ready permits TimerHandle {
  final EventLoop loop;

  /** Null once cancelled, so that nothing is held for a callback that will not run. */
  private volatile @Nullable Runnable callback;

  private final @Nullable Context context;
  private final @Nullable Throwable createdAt;
  private final String text;

  Handle(EventLoop loop, Runnable callback, @Nullable Context context) {
    this.loop = loop;
    this.callback = Objects.requireNonNull(callback, "callback");
    this.context = context;
    this.createdAt = loop.getDebug() ? StackTraces.here("handle created here") : null;
    this.text = loop.getDebug() ? ValueText.of(callback) : "";
  }

  /** Cancels the callback: it will not run. One that is running runs to its end. */
  public void cancel() {
    callback = null;
  }

  /** {@return whether {@link #cancel} was called, by whatever thread} From any thread. */
  public final boolean isCancelled() {
    return callback == null;
  }

  /**
   * In debug mode, where the callback was handed to the loop; else null.
   *
   * @return a throwable whose stack trace tells the place, or null
   */
  public final @Nullable Throwable createdAt() {
    return createdAt;
  }

  /** The context that the callback runs in. */
  final Context getContext() {
    return context == null ? new Context() : context;
  }

  final @Nullable Runnable callback() {
    return callback;
  }

  @Override
  final void run(EventLoop runningLoop) {
    Runnable running = callback;
    if (running == null) {
      return;
    }
    runningLoop.callbackContext = context;
    try {
      running.run();
    } catch (Throwable t) {
      failed(runningLoop, running, t);
    }
  }

  @Override
  final void fail(EventLoop runningLoop, Throwable failure) {
    Runnable pending = callback;
    if (pending != null) {
      failed(runningLoop, pending, failure);
    }
  }

  private void failed(EventLoop runningLoop, Runnable which, Throwable failure) {
    String message = "Exception in callback " + ValueText.of(which);
    runningLoop.callbackFailed(failure, message, null, this);
  }

  @Override
  final @Nullable Context runsIn() {
    return context;
  }

  @Override
  final EventLoop loop() {
    return loop;
  }

  @Override
  public String toString() {
    Runnable pending = callback;
    return getClass().getSimpleName()
        + (pending == null
            ? "[cancelled" + (text.isEmpty() ? "" : " " + text)
            : "[" + ValueText.of(pending))
        + "]";
  }
}
