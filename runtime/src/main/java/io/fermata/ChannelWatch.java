package io.fermata;

import io.fermata.internal.reports.ValueText;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a loop looks after, and the means to end that. Given by {@link EventLoop#watch}.
 *
 * <pre>{@code
 * ChannelWatch watch = loop.watch(channel, OP_READ, (w, ready) -> readFrom(channel));
 * watch.interest(OP_READ | OP_WRITE);
 * watch.close();
 * channel.close();
 * }</pre>
 *
 * <p><b>Closing.</b> Close the watch and then the channel. The system gets the descriptor and the
 * port of a channel that listens, or that is for datagrams, back at once; those of others, and of
 * all that are closed in a handler, when the loop has next looked at its channels, which it does
 * before the next callback runs.
 *
 * <p><b>Thread.</b> The loop's.
 */
public final class ChannelWatch extends Ready {
  private final EventLoop loop;
  private final LoopSelector selector;
  private final SelectableChannel channel;
  private final ReadyHandler handler;
  private final @Nullable Context context;
  private int interest;

  /** Null until it is registered. */
  private @Nullable SelectionKey key;

  private boolean closed;

  ChannelWatch(
      EventLoop loop,
      LoopSelector selector,
      SelectableChannel channel,
      int interest,
      ReadyHandler handler) {
    this.loop = loop;
    this.selector = selector;
    this.channel = Objects.requireNonNull(channel, "channel");
    this.interest = interest;
    this.handler = Objects.requireNonNull(handler, "handler");
    this.context = Context.inherited();
  }

  /** {@return the channel} */
  public SelectableChannel channel() {
    return channel;
  }

  /** {@return what the handler is called for: operations of {@link SelectionKey}, or'd} */
  public int interest() {
    return interest;
  }

  /**
   * Changes what the handler is called for. Without effect once the watch is closed.
   *
   * @param operations operations of {@link SelectionKey}, or'd; 0 for none
   * @throws IllegalArgumentException if the channel does not know one of them
   */
  public void interest(int operations) {
    loop.checkThread();
    LoopSelector.checkOperations(channel, operations);
    if (operations == interest || !isOpen()) {
      return;
    }
    interest = operations;
    if (key != null) {
      key.interestOps(operations);
    }
  }

  /** {@return whether neither the watch nor its channel is closed} */
  public boolean isOpen() {
    return !closed && channel.isOpen();
  }

  /** Ends the watch; the channel stays open. Doing it again has no effect. */
  public void close() {
    if (closed) {
      return;
    }
    loop.checkThread();
    closed = true;
    if (key != null) {
      key.cancel();
      selector.keyCancelled(channel);
    }
  }

  // What the selector does.

  void register(Selector with) throws ClosedChannelException {
    key = channel.register(with, interest, this);
  }

  /** Tells the handler, with what debug mode and thread-locals ask for around it. */
  void handle(SelectionKey readyKey) {
    if (!readyKey.isValid()) {
      return; // closed by the handler of another channel in this turn
    }
    Observation observation = loop.observation;
    if (observation == null) {
      runReady();
    } else {
      int around = observation.begins(this);
      try {
        runReady();
      } finally {
        observation.ends(this, around);
      }
    }
  }

  private void runReady() {
    if (loop.getDebug()) {
      DebugMode.runTimed(loop, this, loop.time());
    } else {
      loop.passes.runReady(this);
    }
  }

  @Override
  void run(EventLoop running) {
    SelectionKey readyKey = Objects.requireNonNull(key);
    running.code.callbackContext = context;
    try {
      handler.ready(this, readyKey.readyOps());
    } catch (Throwable t) {
      failed(t);
    }
  }

  private void failed(Throwable t) {
    close();
    loop.reports.callbackFailed(
        t, "Exception in the handler of " + this + ", which ends", null, null);
  }

  /** Ends it together with its channel, since the loop ends; gives what can't be closed. */
  void endWithLoop() {
    String text = toString();
    try {
      handler.loopCloses(this);
    } catch (Throwable t) {
      loop.reports.callbackFailed(t, "Exception in the handler of " + text, null, null);
    }
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      loop.reports.callbackFailed(e, "the channel of " + text + " can't be closed", null, null);
    }
  }

  @Override
  @Nullable Context runsIn() {
    return context;
  }

  @Override
  EventLoop loop() {
    return loop;
  }

  @Override
  public String toString() {
    return "ChannelWatch["
        + (isOpen() ? "" : "closed ")
        + channel
        + ", "
        + ValueText.of(handler)
        + "]";
  }
}
