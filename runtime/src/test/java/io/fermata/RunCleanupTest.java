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

import io.fermata.internal.Unchecked;
import io.fermata.testing.DeadlockException;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The end of a run: of tasks, generators, executors and the loop itself, however one of them ends,
 * the others end as well, main's outcome comes out, and what went wrong is told once.
 */
@Timeout(60)
class RunCleanupTest {
  private enum Main {
    RETURNS,
    FAILS,
    THROWS_CANCELLED
  }

  /** How the middle one of three tasks, or of three generators, ends when the run does. */
  private enum End {
    RETURNS,
    FAILS,
    THROWS_CANCELLED,
    AWAITS_CANCELLED_TASK,
    FAILS_SUPPRESSED,
    STOPS_THE_LOOP,
    FATAL
  }

  /** What else does not end well. */
  private enum Other {
    NOTHING,
    EXECUTOR,
    RELEASE
  }

  /** A loop whose time jumps, with something to let go of. */
  private static final class TestLoop extends EventLoop {
    private long now;
    boolean failsToRelease;
    boolean released;

    TestLoop() {
      super(0);
    }

    @Override
    public long time() {
      return now;
    }

    @Override
    protected void idle(long nanos) {
      if (nanos == Long.MAX_VALUE) {
        throw new AssertionError("nothing will ever be ready");
      }
      now += nanos;
    }

    @Override
    protected void wakeUp() {}

    @Override
    protected void release() {
      released = true;
      if (failsToRelease) {
        throw new IllegalStateException("release");
      }
    }
  }

  private static final class RunWithLeftovers {
    final TestLoop loop = new TestLoop();
    final List<ExceptionContext> reports = new ArrayList<>();
    final List<String> ended = new ArrayList<>();
    final List<Object> held = new ArrayList<>();
    final IllegalArgumentException mainsFailure = new IllegalArgumentException("main");
    final IllegalArgumentException endsFailure = new IllegalArgumentException("end");
    final OutOfMemoryError fatal = new OutOfMemoryError("test");
    private final Main main;
    private final End taskEnd;
    private final End generatorEnd;
    private final Other other;

    RunWithLeftovers(Main main, End taskEnd, End generatorEnd, Other other) {
      this.main = main;
      this.taskEnd = taskEnd;
      this.generatorEnd = generatorEnd;
      this.other = other;
      loop.failsToRelease = other == Other.RELEASE;
      loop.setExceptionHandler((ignored, context) -> reports.add(context));
    }

    Object outcome() {
      try {
        return Async.run(coro("main", this::main), RunOptions.DEFAULT.withLoopFactory(() -> loop));
      } catch (Throwable t) {
        return t;
      }
    }

    private int main() throws Throwable {
      loop.setDefaultExecutor(executor());
      for (String name : List.of("task 1", "task 2", "task 3")) {
        End end = name.equals("task 2") ? taskEnd : End.RETURNS;
        createTask(
            coroVoid(
                name,
                () -> {
                  try {
                    await(sleep(Duration.ofDays(1)));
                  } catch (CancelledError e) {
                    end(name, end, e);
                    throw e;
                  }
                }));
      }
      for (String name : List.of("generator 1", "generator 2", "generator 3")) {
        End end = name.equals("generator 2") ? generatorEnd : End.RETURNS;
        AsyncGenerator<Integer> generator =
            ScopedGenerator.endingWith(() -> end(name, end, new CancelledError()));
        held.add(generator);
        await(generator.asyncIterator().moveNext());
      }
      switch (main) {
        case RETURNS -> {}
        case FAILS -> throw mainsFailure;
        case THROWS_CANCELLED -> throw new CancelledError("main");
      }
      return 7;
    }

    private void end(String name, End end, CancelledError cancelled) {
      await(sleep(Duration.ofSeconds(1)));
      switch (end) {
        case RETURNS -> {}
        case FAILS -> throw endsFailure;
        case THROWS_CANCELLED -> throw cancelled;
        case AWAITS_CANCELLED_TASK -> {
          Task<Void> worker = createTask(sleep(Duration.ofDays(1)));
          worker.cancel();
          await(worker);
        }
        case FAILS_SUPPRESSED -> {
          cancelled.addSuppressed(endsFailure);
          throw cancelled;
        }
        case STOPS_THE_LOOP -> loop.stop();
        case FATAL -> throw fatal;
      }
      await(sleep(Duration.ofSeconds(1)));
      ended.add(name);
    }

    private ExecutorService executor() {
      return new ThreadPoolExecutor(0, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
        @Override
        public void shutdown() {
          ended.add("executor");
          if (other == Other.EXECUTOR) {
            throw new IllegalStateException("executor");
          }
        }
      };
    }

    List<String> expectedEnds() {
      List<String> ends = new ArrayList<>();
      ends.addAll(List.of("task 1", "task 2", "task 3"));
      ends.addAll(List.of("generator 1", "generator 2", "generator 3", "executor"));
      if (endsEarly(taskEnd)) {
        ends.remove("task 2");
      }
      if (endsEarly(generatorEnd)) {
        ends.remove("generator 2");
      }
      return ends;
    }

    private static boolean endsEarly(End end) {
      return end != End.RETURNS && end != End.STOPS_THE_LOOP;
    }

    /** A cancelled task may end cancelled; a generator's finally block is cut short by it. */
    List<String> expectedReports() {
      List<String> told = new ArrayList<>();
      switch (taskEnd) {
        case FAILS, FAILS_SUPPRESSED -> told.add("end");
        default -> {}
      }
      switch (generatorEnd) {
        case FAILS, FAILS_SUPPRESSED -> told.add("end");
        case THROWS_CANCELLED, AWAITS_CANCELLED_TASK -> told.add("cancelled");
        default -> {}
      }
      switch (other) {
        case EXECUTOR -> told.add("executor");
        case RELEASE -> told.add("release");
        case NOTHING -> {}
      }
      return told.stream().sorted().toList();
    }

    List<String> told() {
      return reports.stream().map(report -> text(report.exception())).sorted().toList();
    }

    private static String text(Throwable reported) {
      if (reported instanceof CancelledError) {
        return reported.getSuppressed().length > 0
            ? reported.getSuppressed()[0].getMessage()
            : "cancelled";
      }
      return String.valueOf(reported == null ? null : reported.getMessage());
    }
  }

  @Test
  void oneEndTakesNothingFromTheOthers() {
    for (Main main : Main.values()) {
      for (End taskEnd : End.values()) {
        for (End generatorEnd : End.values()) {
          for (Other other : Other.values()) {
            assertRun(main, taskEnd, generatorEnd, other);
          }
        }
      }
    }
  }

  private static void assertRun(Main main, End taskEnd, End generatorEnd, Other other) {
    String what = main + ", task " + taskEnd + ", generator " + generatorEnd + ", " + other;
    RunWithLeftovers run = new RunWithLeftovers(main, taskEnd, generatorEnd, other);
    Object outcome = run.outcome();
    boolean fatal = taskEnd == End.FATAL || generatorEnd == End.FATAL;
    switch (main) {
      case RETURNS -> assertEquals(fatal ? run.fatal : 7, outcome, what);
      case FAILS -> assertSame(run.mainsFailure, outcome, what);
      case THROWS_CANCELLED -> {
        assertInstanceOf(CancelledError.class, outcome, what);
        assertEquals("main", ((CancelledError) outcome).reason(), what);
      }
    }
    if (fatal && main != Main.RETURNS) {
      assertEquals(List.of(run.fatal), List.of(((Throwable) outcome).getSuppressed()), what);
    }
    assertEquals(run.expectedEnds(), run.ended, what);
    assertEquals(run.expectedReports(), run.told(), what);
    assertTrue(run.loop.released, what);
  }

  /** The JVM may throw the same OutOfMemoryError again and again. */
  @Test
  void aFatalErrorThatComesTwiceAsTheSameObjectComesOut() {
    OutOfMemoryError fatal = new OutOfMemoryError("test");
    List<ExceptionContext> reports = new ArrayList<>();
    VirtualTimeLoop loop = new VirtualTimeLoop();
    loop.setExceptionHandler((ignored, context) -> reports.add(context));
    Throwable thrown =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                Async.run(
                    coroVoid(
                        () -> {
                          for (int i = 0; i < 2; i++) {
                            createTask(
                                coroVoid(
                                    () -> {
                                      try {
                                        await(sleep(Duration.ofDays(1)));
                                      } finally {
                                        throwIt(fatal);
                                      }
                                    }));
                          }
                          await(sleep(Duration.ZERO));
                          throw fatal;
                        }),
                    RunOptions.DEFAULT.withLoopFactory(() -> loop)));
    assertSame(fatal, thrown);
    assertEquals(List.of(), reports);
  }

  private static void throwIt(Throwable throwable) {
    throw Unchecked.<RuntimeException>sneak(throwable);
  }

  private final List<Object> held = new ArrayList<>();

  @Test
  void aCleanupThatNeverEndsDoesNotKeepTheOthersFromTheirEnd() {
    List<String> ended = new ArrayList<>();
    assertThrows(
        DeadlockException.class,
        () ->
            Async.run(
                coroVoid(
                    () -> {
                      createTask(
                          coroVoid(
                              () -> {
                                try {
                                  await(sleep(Duration.ofDays(1)));
                                } finally {
                                  await(EventLoop.running().createPromise());
                                }
                              }));
                      AsyncGenerator<Integer> generator =
                          ScopedGenerator.endingWith(() -> ended.add("generator"));
                      held.add(generator);
                      await(generator.asyncIterator().moveNext());
                    }),
                RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new)));
    assertEquals(List.of("generator"), ended);
  }

  @Test
  void closingARunnerInsideALoopIsRefusedAndChangesNothing() {
    Runner runner = new Runner();
    EventLoop loop = runner.getLoop();
    runner.run(
        coroVoid(
            () -> {
              IllegalStateException e = assertThrows(IllegalStateException.class, runner::close);
              assertTrue(e.getMessage().startsWith("Runner.close cannot be called"), e::getMessage);
            }));
    assertSame(loop, runner.getLoop());
    runner.close();
    assertTrue(loop.isClosed());
  }

  @Test
  void replacedDefaultExecutorsAreShutDownToo() {
    ExecutorService first = new ForkJoinPool(1);
    ExecutorService second = new ForkJoinPool(1);
    Async.run(
        coroVoid(
            () -> {
              EventLoop.running().setDefaultExecutor(first);
              EventLoop.running().setDefaultExecutor(second);
            }));
    assertTrue(first.isShutdown());
    assertTrue(second.isShutdown());
  }
}
