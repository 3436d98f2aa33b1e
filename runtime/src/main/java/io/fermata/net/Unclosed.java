package io.fermata.net;

import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/** Tells of connections and servers that nobody holds and nobody has closed. */
final class Unclosed {
  private static final Cleaner CLEANER = Cleaner.create();

  private Unclosed() {}

  static Cleaner.Cleanable watch(Connection connection, Link link) {
    return CLEANER.register(connection, () -> tell(link.loop, link::dropped));
  }

  static Cleaner.Cleanable watch(Server server, Listening listening) {
    return CLEANER.register(server, () -> tell(listening.loop, listening::dropped));
  }

  private static void tell(EventLoop loop, Runnable dropped) {
    try {
      loop.callSoonThreadsafe(dropped);
    } catch (IllegalStateException e) {
      // The loop is closed, and has closed it.
    }
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
}
