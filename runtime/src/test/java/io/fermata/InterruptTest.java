package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Interrupts of the thread in {@code run} at all moments, one or two: the first cancels main, or is
 * noted once that has ended; the second gives up. The flag is set afterwards.
 */
@Timeout(60)
class InterruptTest {
  private static final int PASSES = 6;

  /** The moments, in their order. */
  private enum Moment {
    BEFORE,
    IN_MAIN,
    IN_MAINS_LAST_STEP,
    WHILE_TASKS_END,
    WHILE_GENERATORS_END,
    WHILE_THE_EXECUTOR_ENDS
  }

  /** What main does when it is cancelled; else it gives 42. */
  private enum Main {
    LEAVES,
    SWALLOWS,
    FAILS
  }

  /** A run with interrupts at the moments given, in their order. */
  private static final class Interrupted {
    private final Thread thread = Thread.currentThread();
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final IllegalStateException failure = new IllegalStateException("main's");
    private final List<ExceptionContext> reports = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final List<Object> held = new ArrayList<>();
    private final List<Moment> moments;
    private final Main main;

    Interrupted(List<Moment> moments, Main main) {
      this.moments = moments;
      this.main = main;
      loop.setExceptionHandler((ignored, context) -> reports.add(context));
    }

    Object outcome() {
      at(Moment.BEFORE);
      try {
        return Async.run(coro("main", this::main), RunOptions.DEFAULT.withLoopFactory(() -> loop));
      } catch (Throwable t) {
        return t;
      }
    }

    /** The moment is there: the first interrupt at once, the second when that was noticed. */
    private void at(Moment moment) {
      int interrupts = (int) moments.stream().filter(moment::equals).count();
      if (interrupts > 0) {
        thread.interrupt();
      }
      if (interrupts > 1) {
        afterPasses(2, thread::interrupt);
      }
    }

    private void afterPasses(int passes, Runnable action) {
      loop.callSoon(passes == 1 ? action : () -> afterPasses(passes - 1, action));
    }

    private int main() {
      loop.setDefaultExecutor(new SlowExecutor());
      loop.runInExecutor(null, () -> ended.add("work"));
      createTask(coroVoid("left", this::leftTask));
      AsyncGenerator<Integer> generator =
          ScopedGenerator.endingWith(() -> endSlowly(Moment.WHILE_GENERATORS_END, "generator"));
      held.add(generator);
      await(generator.asyncIterator().moveNext());
      at(Moment.IN_MAIN);
      try {
        pass();
      } catch (CancelledError e) {
        pass();
        switch (main) {
          case LEAVES -> throw e;
          case FAILS -> throw failure;
          case SWALLOWS -> {}
        }
      }
      at(Moment.IN_MAINS_LAST_STEP);
      return 42;
    }

    private void leftTask() {
      try {
        await(sleep(Duration.ofDays(1)));
      } finally {
        endSlowly(Moment.WHILE_TASKS_END, "task");
      }
    }

    private void endSlowly(Moment moment, String what) {
      at(moment);
      pass();
      ended.add(what);
    }

    private static void pass() {
      for (int i = 0; i < PASSES; i++) {
        await(sleep(Duration.ZERO));
      }
    }

    /** Runs its work some passes after it was shut down. */
    private final class SlowExecutor extends AbstractExecutorService {
      private Runnable work;

      @Override
      public void execute(Runnable given) {
        work = given;
      }

      @Override
      public void shutdown() {
        if (!loop.isClosed()) {
          at(Moment.WHILE_THE_EXECUTOR_ENDS);
          afterPasses(PASSES, work);
        }
      }

      @Override
      public List<Runnable> shutdownNow() {
        return List.of();
      }

      @Override
      public boolean isShutdown() {
        return false;
      }

      @Override
      public boolean isTerminated() {
        return false;
      }

      @Override
      public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
      }
    }
  }

  private static List<List<Moment>> none_oneAndTwo() {
    List<List<Moment>> all = new ArrayList<>();
    all.add(List.of());
    for (Moment first : Moment.values()) {
      all.add(List.of(first));
      for (Moment second : Moment.values()) {
        boolean seen = first != Moment.BEFORE && second != Moment.IN_MAINS_LAST_STEP;
        if (first.compareTo(second) <= 0 && seen) {
          all.add(List.of(first, second));
        }
      }
    }
    return all;
  }

  @Test
  void theFirstCancelsAndTheSecondGivesUpAtWhateverMomentsTheyCome() {
    for (List<Moment> moments : none_oneAndTwo()) {
      for (Main main : Main.values()) {
        assertRun(moments, main);
      }
    }
  }

  private static void assertRun(List<Moment> moments, Main main) {
    String what = moments + " " + main;
    Interrupted run = new Interrupted(moments, main);
    Object outcome = run.outcome();
    assertEquals(!moments.isEmpty(), Thread.interrupted(), what);

    long inMain = moments.stream().filter(m -> m == Moment.IN_MAIN || m == Moment.BEFORE).count();
    if (inMain == 0 || (inMain == 1 && main == Main.SWALLOWS && moments.get(0) != Moment.BEFORE)) {
      assertEquals(42, outcome, what);
    } else if (inMain == 1 && main == Main.FAILS && moments.get(0) != Moment.BEFORE) {
      assertSame(run.failure, outcome, what);
    } else {
      assertInstanceOf(InterruptedRunException.class, outcome, what);
    }

    List<String> ended = new ArrayList<>();
    if (!moments.contains(Moment.BEFORE)) {
      ended.addAll(List.of("task", "generator", "work"));
    }
    boolean givenUp = moments.size() == 2 && moments.get(1).compareTo(Moment.IN_MAIN) > 0;
    if (givenUp) {
      int kept =
          switch (moments.get(1)) {
            case WHILE_GENERATORS_END -> 1;
            case WHILE_THE_EXECUTOR_ENDS -> 2;
            default -> 0;
          };
      ended.subList(kept, ended.size()).clear();
    }
    assertEquals(ended, run.ended, what);
    long told =
        run.reports.stream()
            .filter(report -> report.exception() instanceof InterruptedRunException)
            .count();
    assertEquals(givenUp ? 1 : 0, told, what);
    if (!givenUp) {
      assertEquals(List.of(), run.reports, what);
    }
    assertTrue(run.loop.isClosed(), what);
  }

  @Test
  void whatASecondInterruptHasLeftUndoneIsTold() {
    Interrupted run =
        new Interrupted(List.of(Moment.WHILE_TASKS_END, Moment.WHILE_TASKS_END), Main.LEAVES);
    assertEquals(42, run.outcome());
    assertTrue(Thread.interrupted());
    assertEquals(
        List.of(
            "the cleanup of a run was interrupted again, and given up",
            "a task was pending when its loop was closed",
            "async generator Scoped.ones was open when its loop was closed"),
        run.reports.stream()
            .map(report -> report.message().replaceAll(", and (?!given).*", ""))
            .toList());
  }

  @Test
  void anInterruptInTheRunOfALoopDoesNotTakeAnOutcomeThatIsThere() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    Thread thread = Thread.currentThread();
    assertEquals(
        42,
        loop.runUntilComplete(
            coro(
                () -> {
                  thread.interrupt();
                  return 42;
                })));
    assertTrue(Thread.interrupted());
    assertThrows(
        InterruptedRunException.class,
        () ->
            loop.runUntilComplete(
                coroVoid(
                    () -> {
                      thread.interrupt();
                      await(sleep(Duration.ZERO));
                    })));
    assertTrue(Thread.interrupted());
  }

  @Test
  void aPoolsShutdownNowReachesTheCodeBehindARunThatSwallowsIt() throws Exception {
    Interrupted run = new Interrupted(List.of(Moment.IN_MAIN), Main.SWALLOWS);
    assertEquals(42, run.outcome());
    assertThrows(InterruptedException.class, () -> TimeUnit.DAYS.sleep(1));
  }
}
