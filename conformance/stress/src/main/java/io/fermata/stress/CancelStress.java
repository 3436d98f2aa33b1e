package io.fermata.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.fermata.Async;
import io.fermata.Handle;
import io.fermata.SelectorLoop;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Another thread cancels what the loop is about to run. */
public final class CancelStress {
  private CancelStress() {}

  private static void runOnePass(SelectorLoop loop) {
    loop.callSoon(loop::stop);
    loop.runForever();
  }

  /** A handle cancelled by another thread runs once or not at all, and the loop goes on. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "cancelled in time")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "it ran before")
  @State
  public static class CancelledHandle {
    private final SelectorLoop loop = new SelectorLoop();
    private final Handle handle = loop.callSoonThreadsafe(this::called);
    private int calls;

    private void called() {
      calls++;
    }

    @Actor
    public void loop() {
      runOnePass(loop);
    }

    @Actor
    public void another() {
      handle.cancel();
    }

    @Arbiter
    public void after(II_Result r) {
      runOnePass(loop);
      loop.close();
      r.r1 = calls;
      r.r2 = handle.isCancelled() ? 1 : 0;
    }
  }

  /** A future cancelled by another thread ends so, and the task with it, or has its value. */
  @JCStressTest
  @Outcome(id = "42, no tasks left", expect = ACCEPTABLE, desc = "the value came first")
  @Outcome(id = "cancelled, no tasks left", expect = ACCEPTABLE, desc = "cancelled in time")
  @State
  public static class CancelledFuture {
    private final SelectorLoop loop = new SelectorLoop();
    private final CompletableFuture<Integer> future =
        Async.runCoroutineThreadsafe(Async.sleep(Duration.ZERO, 42), loop);

    @Actor
    public void loop() {
      for (int pass = 0; pass < 4; pass++) {
        runOnePass(loop);
      }
    }

    @Actor
    public void another() {
      future.cancel(false);
    }

    @Arbiter
    public void after(L_Result r) {
      for (int pass = 0; pass < 4; pass++) {
        runOnePass(loop);
      }
      String left = Async.allTasks(loop).isEmpty() ? "no tasks left" : "a task is left";
      loop.close();
      r.r1 = outcome() + ", " + left;
    }

    private Object outcome() {
      try {
        return future.getNow(-1);
      } catch (CancellationException e) {
        return "cancelled";
      }
    }
  }
}
