package io.fermata;

import io.fermata.internal.reports.StackTraces;
import io.fermata.internal.reports.ValueText;
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

  /**
   * Null once cancelled, so that nothing is held for a callback that will not run. Not volatile,
   * since a volatile write in the constructor is a fence for each handle; who reads it looks at
   * {@link #cancelled} first.
   */
  private @Nullable Runnable callback;

  private volatile boolean cancelled;

  private final @Nullable Context context;

  /** Null unless it was created in debug mode. */
  private final @Nullable Creation creation;

  Handle(EventLoop loop, Runnable callback, @Nullable Context context) {
    this.loop = loop;
    this.callback = Objects.requireNonNull(callback, "callback");
    this.context = context;
    this.creation =
        loop.getDebug()
            ? new Creation(StackTraces.here("handle created here"), ValueText.of(callback))
            : null;
  }

  /** Cancels the callback: it will not run. One that is running runs to its end. */
  public void cancel() {
    callback = null;
    cancelled = true;
  }

  /** {@return whether {@link #cancel} was called, by whatever thread} From any thread. */
  public final boolean isCancelled() {
    return cancelled;
  }

  /**
   * In debug mode, where the callback was handed to the loop; else null.
   *
   * @return a throwable whose stack trace tells the place, or null
   */
  public final @Nullable Throwable createdAt() {
    return creation == null ? null : creation.at;
  }

  /** The context that the callback runs in. */
  final Context getContext() {
    return context == null ? new Context() : context;
  }

  /** Null once it is cancelled. */
  final @Nullable Runnable callback() {
    return cancelled ? null : callback;
  }

  @Override
  final void run(EventLoop runningLoop) {
    Runnable running = callback();
    if (running == null) {
      return;
    }
    runningLoop.code.callbackContext = context;
    try {
      running.run();
    } catch (Throwable t) {
      failed(runningLoop, running, t);
    }
  }

  @Override
  final void fail(EventLoop runningLoop, Throwable failure) {
    Runnable pending = callback();
    if (pending != null) {
      failed(runningLoop, pending, failure);
    }
  }

  private void failed(EventLoop runningLoop, Runnable which, Throwable failure) {
    String message = "Exception in callback " + ValueText.of(which);
    runningLoop.reports.callbackFailed(failure, message, null, this);
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
    Runnable pending = callback();
    return getClass().getSimpleName()
        + (pending == null
            ? "[cancelled" + (creation == null ? "" : " " + creation.text)
            : "[" + ValueText.of(pending))
        + "]";
  }

  /** Where it was created, and the text that its callback had then. */
  private record Creation(Throwable at, String text) {}
}
