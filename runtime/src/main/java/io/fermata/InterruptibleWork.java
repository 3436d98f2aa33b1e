package io.fermata;

import io.fermata.internal.Unchecked;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work in another thread, which is interrupted when its promise is cancelled: while it runs, and at
 * no other time, since the thread has other work afterwards.
 */
final class InterruptibleWork<T extends @Nullable Object> implements Callable<T>, PromiseCallback {
  private final Callable<T> work;

  // Guarded by this object's monitor.
  private @Nullable Thread worker;
  private boolean interrupted;

  InterruptibleWork(Callable<T> work) {
    this.work = work;
  }

  @Override
  public T call() throws Exception {
    begin();
    try {
      return work.call();
    } catch (Exception e) {
      if (isInterrupted() && isOfInterrupt(e)) {
        return Unchecked.<T>cast(null); // to nobody
      }
      throw e;
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    worker = Thread.currentThread();
    if (interrupted) {
      worker.interrupt();
    }
  }

  private synchronized void end() {
    worker = null;
    if (interrupted) {
      Thread.interrupted(); // it was for the work
    }
  }

  private synchronized boolean isInterrupted() {
    return interrupted;
  }

  /** On the loop's thread: nobody waits for the work any more. */
  @Override
  public void onDone(Promise<?> promise) {
    if (promise.isCancelled()) {
      interrupt();
    }
  }

  private synchronized void interrupt() {
    interrupted = true;
    if (worker != null) {
      worker.interrupt();
    }
  }

  @Override
  public boolean isWaiter() {
    return false;
  }

  private static boolean isOfInterrupt(Exception e) {
    return e instanceof InterruptedException
        || e instanceof ClosedByInterruptException
        || e instanceof FileLockInterruptionException
        || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException));
  }
}
