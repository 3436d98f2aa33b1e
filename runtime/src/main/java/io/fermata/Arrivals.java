package io.fermata;

import io.fermata.internal.Inbox;
import org.jspecify.annotations.Nullable;

/** What comes to a loop from other threads, and how many results it expects from there. */
final class Arrivals {
  private final EventLoop loop;
  private final Inbox inbox;
  private int expected;

  /** Null as long as there are none. */
  private @Nullable IdleStages idleStages;

  Arrivals(EventLoop loop) {
    this.loop = loop;
    this.inbox = loop.inbox;
  }

  /** Hands an entry for the ready queue over, from any thread. */
  void handOver(Ready entry) {
    if (loop.lifeCycle.runsHere()) {
      loop.ready(entry);
      return;
    }
    switch (inbox.add(entry)) {
      case WAKE_LOOP -> loop.wakeUp();
      case CLOSED -> throw loop.lifeCycle.isClosedAlready();
      case TAKEN -> {}
    }
  }

  /** Hands over from another thread what nobody waits for any more once the loop is closed. */
  void deliverUnlessClosed(Ready entry) {
    if (inbox.add(entry) == Inbox.Receipt.WAKE_LOOP) {
      loop.wakeUp();
    }
  }

  // The rest is for the loop's thread.

  void expectOne() {
    expected++;
  }

  void oneIsHere() {
    expected--;
  }

  int expected() {
    return expected;
  }

  /** The stages that nobody waits for at the moment, or null if there are none. */
  @Nullable IdleStages idleStagesOrNull() {
    return idleStages;
  }

  IdleStages idleStages() {
    IdleStages stages = idleStages;
    if (stages == null) {
      stages = new IdleStages();
      idleStages = stages;
    }
    return stages;
  }
}
