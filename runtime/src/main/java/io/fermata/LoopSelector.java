package io.fermata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * What a loop that watches channels sleeps in. Made at the first channel, by the loop's thread;
 * others only {@link #wakeUp} it.
 *
 * <p>A channel that was registered lets go of its descriptor, its port, and a reset that it owes
 * its peer, only in the next select: so the loop is asked for one whenever a key was cancelled. Of
 * a channel that others may want the port of, the key goes at once.
 */
final class LoopSelector {
  private static final Logger LOG = System.getLogger("io.fermata");

  /** So many selects in a row that return early and with nothing are no chance any more. */
  private static final int MAX_EMPTY_RETURNS = 512;

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NOW = -1;

  /** Opens a selector. */
  interface Opener {
    Selector open() throws IOException;
  }

  private final EventLoop loop;
  private final Opener opener;

  /** Volatile for a waker that comes late, when the loop is awake and opens or replaces it. */
  private volatile Selector selector;

  /** Whether somebody woke the loop since the last select began. */
  private volatile boolean woken;

  private boolean selecting;
  private boolean hasCancelledKeys;
  private int emptyReturns;

  /** Those that could not be registered during a select, since their old key was not gone. */
  private final List<ChannelWatch> toRegister = new ArrayList<>(0);

  LoopSelector(EventLoop loop, Opener opener) throws IOException {
    this.loop = loop;
    this.opener = opener;
    this.selector = opener.open();
  }

  ChannelWatch watch(SelectableChannel channel, int operations, ReadyHandler handler)
      throws IOException {
    checkOperations(channel, operations);
    if (channel.isOpen() && channel.isBlocking()) {
      throw new IllegalBlockingModeException();
    }
    SelectionKey before = channel.keyFor(selector);
    if (before != null && before.isValid()) {
      throw new IllegalStateException(
          before.attachment() + " watches this channel already: change its interest, or close it.");
    }
    ChannelWatch watch = new ChannelWatch(loop, this, channel, operations, handler);
    try {
      watch.register(selector);
    } catch (CancelledKeyException e) {
      // Its former watch was closed, and its key goes in the next select.
      if (selecting) {
        toRegister.add(watch);
      } else {
        forgetCancelledKeys();
        watch.register(selector);
      }
    }
    return watch;
  }

  static void checkOperations(SelectableChannel channel, int operations) {
    if ((operations & ~channel.validOps()) != 0) {
      throw new IllegalArgumentException(
          "operations " + operations + " are not all those of " + channel + ".");
    }
  }

  void keyCancelled(SelectableChannel of) {
    boolean holdsPort = of instanceof ServerSocketChannel || of instanceof DatagramChannel;
    if (holdsPort && !selecting) {
      forgetCancelledKeys();
    } else {
      hasCancelledKeys = true;
      loop.passes.pollSoon();
    }
  }

  /** Sleeps until a channel is ready, {@link #wakeUp} is called, or the time has passed. */
  void select(long nanos) {
    // Milliseconds are all that select knows, and 0 is for ever; so a part counts as a whole.
    boolean forEver = nanos == Long.MAX_VALUE;
    long millis = forEver ? 0 : Math.max(1, (nanos - 1) / NANOS_PER_MILLI + 1);
    long start = forEver ? 0 : System.nanoTime();
    int handled = turn(millis);
    if (handled > 0 || woken || Thread.currentThread().isInterrupted()) {
      emptyReturns = 0;
    } else if (forEver || System.nanoTime() - start < (millis - 1) * NANOS_PER_MILLI) {
      returnedEarly();
    } else {
      emptyReturns = 0;
    }
    woken = false;
  }

  /** Looks for channels that are ready now. */
  void poll() {
    turn(NOW);
  }

  private int turn(long millis) {
    hasCancelledKeys = false;
    selecting = true;
    try {
      return millis == NOW
          ? selector.selectNow(LoopSelector::onReady)
          : selector.select(LoopSelector::onReady, millis);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      selecting = false;
      if (!toRegister.isEmpty()) {
        registerLate();
      }
    }
  }

  private static void onReady(SelectionKey key) {
    ((ChannelWatch) key.attachment()).handle(key);
  }

  private void registerLate() {
    List<ChannelWatch> late = List.copyOf(toRegister);
    toRegister.clear();
    forgetCancelledKeys();
    for (ChannelWatch watch : late) {
      if (watch.isOpen()) {
        try {
          watch.register(selector);
        } catch (ClosedChannelException e) {
          throw new AssertionError(watch + " is open", e);
        }
      }
    }
  }

  /** Lets channels that were closed go, without asking who is ready. */
  void forgetCancelledKeys() {
    hasCancelledKeys = false;
    try {
      selector.selectNow(key -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The loop does not run on: what was closed must not wait for its next run. */
  void runEnds() {
    if (hasCancelledKeys) {
      forgetCancelledKeys();
    }
  }

  /** From any thread. What comes before the select ends that at once. */
  void wakeUp() {
    woken = true;
    selector.wakeup();
  }

  private void returnedEarly() {
    emptyReturns++;
    if (emptyReturns >= MAX_EMPTY_RETURNS) {
      emptyReturns = 0;
      replace();
    }
  }

  private void replace() {
    LOG.log(
        Level.WARNING,
        "the selector of {0} returned {1} times in a row with nothing to do; it is replaced",
        loop,
        MAX_EMPTY_RETURNS);
    Selector old = selector;
    try {
      Selector fresh = opener.open();
      for (ChannelWatch watch : watches(old)) {
        watch.register(fresh);
      }
      selector = fresh;
      old.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ChannelWatch> watches(Selector of) {
    List<ChannelWatch> watches = new ArrayList<>();
    for (SelectionKey key : of.keys()) {
      if (key.isValid() && key.attachment() instanceof ChannelWatch watch && watch.isOpen()) {
        watches.add(watch);
      }
    }
    return watches;
  }

  /** The loop is closed: what is still watched is reported, and closed. */
  void close() {
    for (ChannelWatch watch : watches(selector)) {
      loop.callExceptionHandler(
          new ExceptionContext(
              "a channel was open when its loop was closed, and is closed with it: close it"
                  + " before the loop ends",
              null,
              null,
              null,
              watch.toString(),
              null));
      watch.endWithLoop();
    }
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
