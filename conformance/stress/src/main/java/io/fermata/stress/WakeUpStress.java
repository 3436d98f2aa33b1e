package io.fermata.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.SelectorLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A loop that goes to sleep while other threads have something for it. A lost wake-up hangs. */
public final class WakeUpStress {
  private WakeUpStress() {}

  /** A sleeping loop is woken. */
  @JCStressTest(Mode.Termination)
  @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "woken")
  @Outcome(id = "STALE", expect = FORBIDDEN, desc = "the wake-up was lost")
  @State
  public static class Asleep {
    private final SelectorLoop loop = new SelectorLoop();

    @Actor
    public void loop() {
      loop.runForever();
      loop.close();
    }

    @Signal
    public void another() {
      loop.callSoonThreadsafe(loop::stop);
    }
  }

  /** Two threads hand callbacks to a loop that is about to sleep: both run. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both have run")
  @State
  public static class TwoSenders {
    private final SelectorLoop loop = new SelectorLoop();
    private int calls;

    @Actor
    public void loop(I_Result r) {
      loop.runForever();
      loop.close();
      r.r1 = calls;
    }

    @Actor
    public void one() {
      loop.callSoonThreadsafe(this::called);
    }

    @Actor
    public void two() {
      loop.callSoonThreadsafe(this::called);
    }

    private void called() {
      if (++calls == 2) {
        loop.stop();
      }
    }
  }

  /** A future that another thread completes while the loop begins to wait for it. */
  @JCStressTest
  @Outcome(id = "42", expect = ACCEPTABLE, desc = "its value")
  @State
  public static class AwaitedFuture {
    private final SelectorLoop loop = new SelectorLoop();
    private final CompletableFuture<Integer> future = new CompletableFuture<>();

    @Actor
    public void loop(I_Result r) {
      Awaitable<Integer> awaited = () -> Async.toPromise(future);
      r.r1 = loop.runUntilComplete(awaited);
      loop.close();
    }

    @Actor
    public void another() {
      future.complete(42);
    }
  }

  /** A coroutine that another thread hands over to a loop that may be closed by then. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "0, 1"},
      expect = ACCEPTABLE,
      desc = "refused, or taken and its future ends: nobody waits for ever")
  @State
  public static class HandedOverWhileClosing {
    private final SelectorLoop loop = new SelectorLoop();

    @Actor
    public void loop() {
      loop.close();
    }

    @Actor
    public void another(II_Result r) {
      try {
        CompletableFuture<Void> future =
            Async.runCoroutineThreadsafe(Async.sleep(Duration.ZERO), loop);
        r.r1 = 1;
        r.r2 = future.handle((value, failure) -> failure == null ? 0 : 1).join();
      } catch (IllegalStateException closed) {
        r.r2 = 1;
      }
    }
  }
}
