package io.fermata.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.fermata.internal.Inbox;
import io.fermata.internal.ReadyQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** {@link Inbox} between its senders and the loop's thread. */
public final class InboxStress {
  private InboxStress() {}

  private static int takeOrZero(ReadyQueue queue) {
    return queue.isEmpty() ? 0 : (Integer) queue.take();
  }

  /** Two senders: both items arrive. */
  @JCStressTest
  @Outcome(
      id = {"TAKEN, TAKEN, 12", "TAKEN, TAKEN, 21"},
      expect = ACCEPTABLE,
      desc = "both, in either order")
  @State
  public static class TwoSenders {
    private final Inbox inbox = new Inbox();

    @Actor
    public void one(LLL_Result r) {
      r.r1 = inbox.add(1);
    }

    @Actor
    public void two(LLL_Result r) {
      r.r2 = inbox.add(2);
    }

    @Arbiter
    public void arrived(LLL_Result r) {
      ReadyQueue queue = new ReadyQueue();
      inbox.drainTo(queue);
      r.r3 = takeOrZero(queue) * 10 + takeOrZero(queue);
    }
  }

  /** One sender's items arrive once and in its order, whenever the loop empties the inbox. */
  @JCStressTest
  @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "in order, and nothing twice")
  @State
  public static class OneSendersOrder {
    private final Inbox inbox = new Inbox();
    private final ReadyQueue queue = new ReadyQueue();

    @Actor
    public void sender() {
      inbox.add(1);
      inbox.add(2);
    }

    @Actor
    public void loop() {
      inbox.drainTo(queue);
    }

    @Arbiter
    public void arrived(III_Result r) {
      inbox.drainTo(queue);
      r.r1 = takeOrZero(queue);
      r.r2 = takeOrZero(queue);
      r.r3 = takeOrZero(queue);
    }
  }

  /** Either the loop sees the item before it sleeps, or the sender knows that it must wake it. */
  @JCStressTest
  @Outcome(id = "TAKEN, false", expect = ACCEPTABLE, desc = "the loop stays awake")
  @Outcome(id = "WAKE_LOOP, true", expect = ACCEPTABLE, desc = "the sender wakes it")
  @State
  public static class FallingAsleep {
    private final Inbox inbox = new Inbox();

    @Actor
    public void sender(LL_Result r) {
      r.r1 = inbox.add(1);
    }

    @Actor
    public void loop(LL_Result r) {
      r.r2 = inbox.fallAsleep();
    }
  }

  /** Of two senders that find the loop asleep, exactly one wakes it. */
  @JCStressTest
  @Outcome(
      id = {"WAKE_LOOP, TAKEN", "TAKEN, WAKE_LOOP"},
      expect = ACCEPTABLE,
      desc = "one of them wakes it")
  @State
  public static class WakingOnce {
    private final Inbox inbox = new Inbox();

    public WakingOnce() {
      inbox.fallAsleep();
    }

    @Actor
    public void one(LL_Result r) {
      r.r1 = inbox.add(1);
    }

    @Actor
    public void two(LL_Result r) {
      r.r2 = inbox.add(2);
    }
  }

  /** A loop that wakes up by itself, its timer being due, loses nothing that comes in meanwhile. */
  @JCStressTest
  @Outcome(
      id = {"TAKEN, 1", "WAKE_LOOP, 1"},
      expect = ACCEPTABLE,
      desc = "there")
  @State
  public static class WakingUpByItself {
    private final Inbox inbox = new Inbox();
    private final ReadyQueue queue = new ReadyQueue();

    public WakingUpByItself() {
      inbox.fallAsleep();
    }

    @Actor
    public void sender(LL_Result r) {
      r.r1 = inbox.add(1);
    }

    @Actor
    public void loop() {
      inbox.awake();
      inbox.drainTo(queue);
    }

    @Arbiter
    public void arrived(LL_Result r) {
      inbox.drainTo(queue);
      r.r2 = takeOrZero(queue);
    }
  }

  /** An item is refused, or found when the inbox is closed; never accepted and lost. */
  @JCStressTest
  @Outcome(id = "TAKEN, 1", expect = ACCEPTABLE, desc = "found by who closes")
  @Outcome(id = "CLOSED, 0", expect = ACCEPTABLE, desc = "refused")
  @State
  public static class Closing {
    private final Inbox inbox = new Inbox();

    @Actor
    public void sender(LL_Result r) {
      r.r1 = inbox.add(1);
    }

    @Actor
    public void loop(LL_Result r) {
      ReadyQueue queue = new ReadyQueue();
      inbox.close(queue);
      r.r2 = takeOrZero(queue);
    }
  }

  /** What a sender wrote before it handed an item in is seen by the loop. */
  @JCStressTest
  @Outcome(
      id = {"0, 0", "1, 42"},
      expect = ACCEPTABLE,
      desc = "nothing yet, or the item with what belongs to it")
  @State
  public static class Visibility {
    private final Inbox inbox = new Inbox();
    private int plain;

    @Actor
    public void sender() {
      plain = 42;
      inbox.add(1);
    }

    @Actor
    public void loop(II_Result r) {
      ReadyQueue queue = new ReadyQueue();
      inbox.drainTo(queue);
      r.r1 = takeOrZero(queue);
      r.r2 = r.r1 == 1 ? plain : 0;
    }
  }
}
