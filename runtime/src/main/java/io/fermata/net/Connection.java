package io.fermata.net;

import io.fermata.Awaitable;
import io.fermata.CancelledError;
import io.fermata.EventLoop;
import io.fermata.Suspension;
import io.fermata.Task;
import io.fermata.ThrowingCoro;
import io.fermata.ThrowingScope;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.Suppression;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Both halves of a connection, and the scope that ends it. Given by {@link Net#openConnection}.
 *
 * <pre>{@code
 * try (Connection c = await(openConnection("example.org", 80))) {
 *   c.writer().write("GET / HTTP/1.0\r\n\r\n");
 *   byte[] answer = await(c.reader().readAll());
 * }
 * }</pre>
 *
 * <p><b>Leaving the block</b> closes the connection: what was written is sent, then the peer reads
 * the end. That is waited for, and throws if what was written can't be sent. If the block is left
 * by a cancellation, the connection is {@linkplain #abort aborted} instead; if by another failure,
 * it is closed as far as two seconds allow.
 *
 * <p><b>A connection that is dropped</b> without being closed is closed when it is collected, and
 * reported to the loop's exception handler.
 *
 * <p><b>Thread.</b> The loop's.
 *
 * <p>asyncio: the pair of {@code StreamReader} and {@code StreamWriter}.
 */
public final class Connection implements ThrowingScope<IOException> {
  private static final Duration LIMIT_AFTER_FAILURE = Duration.ofSeconds(2);

  private final Link link;
  private final StreamReader reader;
  private final StreamWriter writer;
  private boolean detached;

  Connection(EventLoop loop, Transport transport, StreamSettings settings) {
    link = new Link(loop, transport, settings);
    reader = new StreamReader(this, settings.limit());
    writer = new StreamWriter(this, settings.writeLimit());
    link.watchUnclosed(this);
  }

  Link link() {
    return link;
  }

  /** {@return the incoming half} */
  public StreamReader reader() {
    return reader;
  }

  /** {@return the outgoing half} */
  public StreamWriter writer() {
    return writer;
  }

  /** {@return this side's address, also after the end} */
  public SocketAddress localAddress() {
    return link.transport.localAddress();
  }

  /** {@return the peer's address, also after the end} */
  public SocketAddress remoteAddress() {
    return link.transport.remoteAddress();
  }

  /**
   * Begins to close: what was written is sent, then the connection ends. Does not wait; {@link
   * #whenClosed} does. A task that waits to read gets {@link ConnectionClosedException}. Doing it
   * again has no effect.
   *
   * @throws IOException never; but leaving the block of a try statement may
   */
  @Override
  public void close() throws IOException {
    beginClose();
  }

  void beginClose() {
    link.checkThread();
    link.close();
  }

  /**
   * Ends the connection at once: what is not sent is dropped, and the peer sees a reset, so that it
   * can't take half a message for a whole one. On a Unix socket, which knows no reset, it sees the
   * end.
   */
  public void abort() {
    link.checkThread();
    link.abort();
  }

  /**
   * Waits until the connection is closed; does not begin to close it.
   *
   * @return a coroutine that throws if what was written could not all be handed to the system
   */
  public ThrowingCoro<Void, IOException> whenClosed() {
    return new WhenClosed(this);
  }

  /**
   * Has the server leave the connection open when the handler ends: whoever has it from now on
   * closes it. Servers still count it, and end it with the others when they end.
   */
  public void detach() {
    detached = true;
  }

  boolean isDetached() {
    return detached;
  }

  /** Done at once: the connection is open. */
  @Override
  public Awaitable<?> enter() {
    return new Entered();
  }

  /** Closes, and waits until that is done. */
  @Override
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return new Exit(this, thrown);
  }

  @Override
  public String toString() {
    return "Connection["
        + Texts.of(localAddress())
        + " -> "
        + Texts.of(remoteAddress())
        + (link.isEnded() ? ", closed" : link.isOpen() ? "" : ", closing")
        + "]";
  }

  private static final class Entered extends Continuation<Void, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.net.Connection", "enter", "Connection.java", "", "");

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth) {
      return null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /** Waits for the end. */
  private abstract static class Ending<T extends @Nullable Object, X extends Exception>
      extends Continuation<T, X> {
    private static final int WAITING = -2;

    final Connection connection;
    private @Nullable Suspension end;

    Ending(Connection connection) {
      this.connection = connection;
    }

    void begin() {}

    /** A failure was thrown where this waits. */
    void interrupted() {}

    abstract @Nullable Object result() throws IOException;

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      Link link = connection.link;
      if (state == WAITING && end != null) {
        link.stopAwaitingEnd(end);
        try {
          received(sent);
        } catch (Throwable t) {
          interrupted();
          throw t;
        }
      } else {
        link.checkLoop(task.loop());
        begin();
      }
      if (link.isEnded()) {
        return ended(result());
      }
      Suspension place = new Suspension("the end of the " + link);
      end = place;
      link.awaitEnd(place);
      Object suspended = await(task, place, depth);
      state = WAITING;
      return suspended;
    }

    @Override
    protected void clear() {
      end = null;
    }
  }

  private static final class WhenClosed extends Ending<Void, IOException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.net.Connection", "whenClosed", "Connection.java", "", "");

    WhenClosed(Connection connection) {
      super(connection);
    }

    @Override
    @Nullable Object result() throws IOException {
      IOException unsent = connection.link.unsent();
      if (unsent != null) {
        throw unsent;
      }
      return null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class Exit extends Ending<@Nullable Throwable, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.net.Connection", "exit", "Connection.java", "", "");

    private @Nullable Throwable thrown;

    Exit(Connection connection, @Nullable Throwable thrown) {
      super(connection);
      this.thrown = thrown;
    }

    @Override
    void begin() {
      if (thrown instanceof CancelledError) {
        connection.link.abort();
      } else if (thrown != null) {
        connection.link.closeWithin(LIMIT_AFTER_FAILURE);
      } else {
        connection.link.close();
      }
    }

    @Override
    void interrupted() {
      connection.link.abort();
    }

    @Override
    @Nullable Object result() {
      IOException unsent = connection.link.unsent();
      if (thrown == null) {
        return unsent;
      }
      if (unsent != null && !isTold(unsent)) {
        Suppression.add(thrown, unsent);
      }
      return thrown;
    }

    /** Whether the block threw the very failure for which the rest could not be sent. */
    private boolean isTold(IOException unsent) {
      return thrown instanceof ConnectionLostException && unsent.getCause() == thrown.getCause();
    }

    @Override
    protected void clear() {
      super.clear();
      thrown = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
