package io.fermata.net;

import io.fermata.AsyncScope;
import io.fermata.Awaitable;
import io.fermata.Coro;
import io.fermata.Suspension;
import io.fermata.Task;
import io.fermata.TimerHandle;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.Suppression;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server: accepts clients, and runs a handler for each in a task of its own. Given by {@link
 * Net#startServer}.
 *
 * <pre>{@code
 * try (Server server = await(startServer(EchoAsync::handleEcho, "localhost", 8888))) {
 *   await(server.serveForever());
 * }
 * }</pre>
 *
 * <p><b>Handlers.</b> When one ends, its connection is closed. When one fails, its connection is
 * closed too, the failure goes to the loop's exception handler, and all others go on.
 *
 * <p><b>Leaving the block</b> normally closes the server, and lets its handlers go on for a
 * {@linkplain ServerOptions#shutdownGrace grace}. Those that have not ended then read the end of
 * their input, as if their clients had ended; a second later they are cancelled, and their
 * connections aborted. If the block is left by a cancellation or a failure, they are cancelled at
 * once. In each case all of them have ended when the statement ends.
 *
 * <p><b>Thread.</b> The loop's.
 *
 * <p>asyncio: {@code asyncio.Server}.
 */
public final class Server implements AsyncScope {
  private static final Duration INPUT_GRACE = Duration.ofSeconds(1);

  private final Listening listening;

  Server(Listening listening) {
    this.listening = listening;
    listening.watchUnclosed(this);
  }

  /**
   * Begins to accept clients, if the options have not had it do so at once. Again: no effect.
   *
   * @throws IllegalStateException if the server is closed
   */
  public void startServing() {
    listening.startServing();
  }

  /**
   * Serves until the server is closed; if the task is cancelled, it closes the server.
   *
   * @return a coroutine that throws {@link IllegalStateException} if the server is closed before it
   *     begins, or another one of these runs
   */
  public Coro<Void> serveForever() {
    return new ServeForever(this);
  }

  /**
   * Stops listening. Connections that are open go on. Doing it again has no effect. The port is
   * free then; in the handler of a {@link io.fermata.ChannelWatch}, in the loop's next pass.
   */
  @Override
  public void close() {
    listening.close();
  }

  /**
   * Waits until the server is closed and its last connection has ended; does not begin to close
   * either.
   *
   * @return a coroutine that is done then
   */
  public Coro<Void> whenClosed() {
    return new WhenClosed(this);
  }

  /**
   * Closes each connection, once what was written is sent. A handler that reads finds the end, as
   * if its client had ended; one that writes on gets {@link ConnectionClosedException} at its
   * drain.
   */
  public void closeClients() {
    listening.closeClients();
  }

  /** Resets each connection at once. */
  public void abortClients() {
    listening.abortClients();
  }

  /** {@return whether clients are accepted} */
  public boolean isServing() {
    return listening.isServing();
  }

  /** {@return where it listens; empty once it is closed} */
  public List<SocketAddress> addresses() {
    return listening.addresses();
  }

  /** {@return the connections that are open, in the order in which they came} */
  public Set<Connection> connections() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(listening.connections()));
  }

  /** Done at once: the server listens. */
  @Override
  public Awaitable<?> enter() {
    return new Entered(this);
  }

  /** Closes the server, and waits until the last handler has ended. */
  @Override
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return new Exit(this, thrown);
  }

  @Override
  public String toString() {
    return "Server["
        + listening
        + (listening.isClosed() ? ", closed" : listening.isServing() ? "" : ", not serving")
        + ", connections="
        + listening.connections().size()
        + "]";
  }

  private static final class Entered extends Continuation<Void, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.net.Server", "enter", "Server.java", "", "");

    private final Server server;

    Entered(Server server) {
      this.server = server;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth) {
      server.listening.checkLoop(task.loop());
      return null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class ServeForever extends Continuation<Void, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.net.Server", "serveForever", "Server.java", "", "");
    private static final int WAITING = -2;

    /** Held, so that nobody takes the server for dropped. */
    private final Server server;

    ServeForever(Server server) {
      this.server = server;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      Listening listening = server.listening;
      if (state == WAITING) {
        listening.endForever();
        try {
          return received(sent);
        } catch (Throwable t) {
          listening.close();
          throw t;
        }
      }
      listening.checkLoop(task.loop());
      listening.beginForever();
      Object suspended = await(task, listening.forever, depth);
      state = WAITING;
      return suspended;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class WhenClosed extends Continuation<Void, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.net.Server", "whenClosed", "Server.java", "", "");
    private static final int WAITING = -2;

    private final Server server;
    private @Nullable Suspension end;

    WhenClosed(Server server) {
      this.server = server;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      Listening listening = server.listening;
      if (state == WAITING && end != null) {
        listening.stopAwaitingEnd(end);
        received(sent);
      } else {
        listening.checkLoop(task.loop());
      }
      if (listening.isDone()) {
        return ended(null);
      }
      Suspension place = new Suspension("the end of the " + listening);
      end = place;
      listening.awaitEnd(place);
      Object suspended = await(task, place, depth);
      state = WAITING;
      return suspended;
    }

    @Override
    protected void clear() {
      end = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /**
   * Leaves the block.
   *
   * <pre>
   *  GRACE --time--&gt; INPUT ENDED --time--&gt; CANCELLED
   *    +------a cancellation, a failure--------^
   * </pre>
   */
  private static final class Exit extends Continuation<@Nullable Throwable, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.net.Server", "exit", "Server.java", "", "");
    private static final int WAITING = -2;

    private final Listening listening;
    private @Nullable Throwable thrown;
    private @Nullable Suspension end;
    private @Nullable TimerHandle timer;

    Exit(Server server, @Nullable Throwable thrown) {
      this.listening = server.listening;
      this.thrown = thrown;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (state == WAITING && end != null) {
        takeUp(sent, end);
      } else {
        begin(task);
      }
      if (listening.isDone()) {
        stopTimer();
        return ended(thrown);
      }
      Suspension place = new Suspension("the handlers of the " + listening);
      end = place;
      listening.awaitEnd(place);
      Object suspended = await(task, place, depth);
      state = WAITING;
      return suspended;
    }

    private void begin(Task<?> task) {
      listening.checkLoop(task.loop());
      listening.close();
      if (thrown != null) {
        endNow();
      } else {
        timer = listening.loop.callLater(listening.options.shutdownGrace(), this::endInput);
      }
    }

    private void takeUp(@Nullable Object sent, Suspension waited) {
      listening.stopAwaitingEnd(waited);
      try {
        received(sent);
      } catch (Throwable t) {
        if (thrown != null) {
          Suppression.add(t, thrown);
        }
        thrown = t;
        endNow();
      }
    }

    private void endInput() {
      listening.endInput();
      timer = listening.loop.callLater(INPUT_GRACE, this::endNow);
    }

    private void endNow() {
      stopTimer();
      listening.cancelHandlers();
      listening.abortClients();
    }

    private void stopTimer() {
      if (timer != null) {
        timer.cancel();
        timer = null;
      }
    }

    @Override
    protected void clear() {
      thrown = null;
      end = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
