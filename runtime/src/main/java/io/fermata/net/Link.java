package io.fermata.net;

import io.fermata.EventLoop;
import io.fermata.Suspension;
import io.fermata.TimerHandle;
import io.fermata.internal.net.Buffers;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a {@link Connection}: its transport, what was read ahead, what is still to be
 * sent, and its end. It never points to the connection that users hold, so that one which they
 * dropped is noticed.
 *
 * <pre>
 *  OPEN --close--&gt; FLUSHING --all handed over--&gt; CLOSED
 *    |                |   \--input unread--&gt; LINGERING --the peer's end, or a second--&gt; CLOSED
 *    |                |                          |
 *    +--abort, lost---+--------------------------+--&gt; CLOSED
 * </pre>
 *
 * <p><b>Lingering.</b> To close a socket with unread input resets the connection, and the peer
 * loses what it has not read yet. So the sending side is ended first, and what comes is read away,
 * for a short time.
 */
final class Link implements ReadyListener {
  private static final Duration LINGER = Duration.ofSeconds(1);

  private enum State {
    OPEN,
    FLUSHING,
    LINGERING,
    CLOSED
  }

  final EventLoop loop;
  final Transport transport;
  final Input input;
  final Output output;

  private State state = State.OPEN;
  private int interest;

  /** How long a drain may take, or null. */
  private final @Nullable Duration writeLimit;

  /** What the system said when the connection was lost. */
  private @Nullable IOException loss;

  /** Those that wait for the end. */
  private final List<Suspension> awaitingEnd = new ArrayList<>(0);

  private @Nullable Runnable onEnd;
  private @Nullable TimerHandle timer;
  private @Nullable Unclosed unclosed;

  /** Where it was opened, in debug mode. */
  @Nullable Throwable openedAt;

  Link(EventLoop loop, Transport transport, StreamSettings settings) {
    this.loop = loop;
    this.transport = transport;
    this.input = new Input(this, settings);
    this.output = new Output(this, settings);
    this.writeLimit = settings.writeLimit();
    transport.listener(this);
    interest = Transport.READ;
    transport.interest(interest);
  }

  // Readiness.

  @Override
  public void ready(int operations) {
    if ((operations & Transport.WRITE) != 0) {
      output.flush();
    }
    if ((operations & Transport.READ) != 0) {
      if (state == State.LINGERING) {
        readAway();
      } else if (state != State.CLOSED) {
        input.ready();
      }
    }
  }

  @Override
  public void loopCloses() {
    end(new IOException("its loop was closed"));
  }

  void wantToRead(boolean on) {
    want(Transport.READ, on);
  }

  void wantToWrite(boolean on) {
    want(Transport.WRITE, on);
  }

  private void want(int operation, boolean on) {
    int wanted = on ? interest | operation : interest & ~operation;
    if (wanted != interest && state != State.CLOSED) {
      interest = wanted;
      transport.interest(wanted);
    }
  }

  // The end.

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isEnded() {
    return state == State.CLOSED;
  }

  /** Whether what was written is all that there will be. */
  boolean isFlushing() {
    return state == State.FLUSHING;
  }

  /** What the system said, if the connection was lost. */
  @Nullable IOException loss() {
    return loss;
  }

  /**
   * Begins to close: sends what was written, then ends. Where a drain has a limit in time, so has
   * this, for a peer that does not read must not keep the connection.
   */
  void close() {
    closeWithin(writeLimit);
  }

  /** As {@link #close}, but gives up when what was written can't be sent in time. */
  void closeWithin(@Nullable Duration limit) {
    if (state == State.OPEN) {
      state = State.FLUSHING;
      input.wake();
      output.flush();
    }
    if (state == State.FLUSHING && timer == null && limit != null) {
      timer = loop.callLater(limit, this::giveUp);
    }
  }

  /** All that was written was handed to the system, and it is to be closed. */
  void flushed() {
    stopTimer();
    try {
      int unread = transport.read(Buffers.ofThread().toRead(Buffers.SIZE));
      if (unread > 0 || (unread == 0 && !input.isEmpty())) {
        transport.shutdownOutput();
        state = State.LINGERING;
        wantToRead(true);
        timer = loop.callLater(LINGER, () -> end(null));
        return;
      }
    } catch (IOException e) {
      // The peer has reset it, and there is nothing left to lose.
    }
    end(null);
  }

  private void readAway() {
    try {
      ByteBuffer buffer = Buffers.ofThread().toRead(Buffers.SIZE);
      if (transport.read(buffer) >= 0) {
        return;
      }
    } catch (IOException e) {
      // as good as the end
    }
    end(null);
  }

  private void giveUp() {
    transport.reset();
    end(new IOException("what was written could not be sent in time"));
  }

  /** Drops what is not sent, and resets. */
  void abort() {
    if (state != State.CLOSED) {
      output.forget();
      transport.reset();
      end(null);
    }
  }

  /** The system says that the connection is lost. */
  void lost(IOException e) {
    end(e);
  }

  private void end(@Nullable IOException why) {
    if (state == State.CLOSED) {
      return;
    }
    loss = why;
    state = State.CLOSED;
    stopTimer();
    transport.close();
    output.ended();
    input.ended();
    for (Suspension waiting : awaitingEnd) {
      if (waiting.isWaiting()) {
        waiting.resume();
      }
    }
    if (unclosed != null) {
      unclosed.closed();
    }
    if (onEnd != null) {
      onEnd.run();
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  void whenEnded(Runnable callback) {
    onEnd = callback;
  }

  void awaitEnd(Suspension waiting) {
    awaitingEnd.add(waiting);
  }

  void stopAwaitingEnd(Suspension waiting) {
    awaitingEnd.remove(waiting);
  }

  /** What was written and could not be handed to the system, as a failure; null if nothing. */
  @Nullable IOException unsent() {
    if (!output.hasDropped()) {
      return null;
    }
    return loss == null ? closedHere() : lostException();
  }

  // What is thrown.

  /** Throws if neither data nor the end can come any more. */
  void checkReadable() throws IOException {
    if (state == State.OPEN) {
      return;
    }
    throw loss == null ? closedHere() : lostException();
  }

  ConnectionClosedException closedHere() {
    return new ConnectionClosedException("the " + this + " was closed by this side");
  }

  ConnectionLostException lostException() {
    return new ConnectionLostException(
        "the " + this + " was lost" + (loss == null ? "" : ": " + Texts.reason(loss)), loss);
  }

  /** That a plain call comes from the loop's thread; in debug mode. */
  void checkThread() {
    loop.checkThread();
  }

  /** That a task belongs to the connection's loop. */
  void checkLoop(EventLoop used) {
    if (used != loop) {
      throw new IllegalArgumentException(
          "the " + this + " belongs to a different loop: open one on the loop that uses it.");
    }
  }

  /**
   * Whether an operation that has ended may serve again: not for another thread, which may have one
   * made for the loop, nor in debug mode, which tells of one that is awaited twice.
   */
  boolean mayReuse() {
    return loop.inEventLoop() && !loop.getDebug();
  }

  // Connections that are dropped.

  void watchUnclosed(Connection connection) {
    unclosed = Unclosed.watch(connection, loop, this::dropped);
  }

  /** The connection was collected, and this was not closed. */
  void dropped() {
    if (state == State.OPEN) {
      Unclosed.report(loop, "a " + this + " was dropped without being closed", openedAt);
      closeWithin(LINGER);
    }
  }

  @Override
  public String toString() {
    return "connection to " + Texts.of(transport.remoteAddress());
  }
}
