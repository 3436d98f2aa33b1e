package io.fermata.net;

import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a connection, server or endpoint that nobody holds and nobody has closed. Whoever uses
 * one, and so a task that waits at it, must hold it.
 */
final class Unclosed {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Notice notice;
  private final Cleaner.Cleanable cleanable;

  private Unclosed(Notice notice, Cleaner.Cleanable cleanable) {
    this.notice = notice;
    this.cleanable = cleanable;
  }

  /** Has the loop call {@code dropped} when the owner, which that must not reach, is collected. */
  static Unclosed watch(Object owner, EventLoop loop, Runnable dropped) {
    Notice notice = new Notice(loop, dropped);
    return new Unclosed(notice, CLEANER.register(owner, notice));
  }

  /** It was closed: there is nothing to tell any more. */
  void closed() {
    notice.dropped = null;
    cleanable.clean();
  }

  /** Where the caller's user stands, in debug mode. */
  static @Nullable Throwable here(EventLoop loop) {
    return loop.getDebug() ? loop.createPromise().createdAt() : null;
  }

  static void report(EventLoop loop, String message, @Nullable Throwable openedAt) {
    loop.callExceptionHandler(
        new ExceptionContext(
            message + ": use it in the header of a try statement, or call close()",
            null,
            null,
            null,
            null,
            openedAt));
  }

  private static final class Notice implements Runnable {
    private final EventLoop loop;
    private volatile @Nullable Runnable dropped;

    Notice(EventLoop loop, Runnable dropped) {
      this.loop = loop;
      this.dropped = dropped;
    }

    @Override
    public void run() {
      Runnable toTell = dropped;
      if (toTell != null) {
        try {
          loop.callSoonThreadsafe(toTell);
        } catch (IllegalStateException e) {
          // The loop is closed, and has closed it.
        }
      }
    }
  }
}
