package io.fermata;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The channels of a loop, whose selector is opened at the first of them. */
final class WatchedChannels {
  private final EventLoop loop;

  /**
   * Null until a channel is watched. Volatile for {@link #wakeUp} of other threads: whoever saw the
   * loop asleep sees what it slept in, and one that is late finds a whole object.
   */
  private volatile @Nullable LoopSelector selector;

  WatchedChannels(EventLoop loop) {
    this.loop = loop;
  }

  ChannelWatch watch(SelectableChannel channel, int operations, ReadyHandler handler)
      throws IOException {
    LoopSelector open = selector;
    if (open == null) {
      open = new LoopSelector(loop, Selector::open);
      selector = open;
    }
    return open.watch(channel, operations, handler);
  }

  /** Whether a channel was ever watched. From any thread. */
  boolean haveSelector() {
    return selector != null;
  }

  /** Looks for channels that are ready now, if there are any. */
  void poll() {
    LoopSelector open = selector;
    if (open != null) {
      open.poll();
    }
  }

  /** Sleeps until one is ready; zero nanoseconds or less only look. */
  void select(long nanos) {
    if (nanos <= 0) {
      selector().poll();
    } else {
      selector().select(nanos);
    }
  }

  /** From any thread. */
  void wakeUp() {
    selector().wakeUp();
  }

  void runEnds() {
    LoopSelector open = selector;
    if (open != null) {
      open.runEnds();
    }
  }

  void close() {
    LoopSelector open = selector;
    if (open != null) {
      open.close();
    }
  }

  private LoopSelector selector() {
    return Objects.requireNonNull(selector, "no channel was watched");
  }
}
