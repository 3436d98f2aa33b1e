package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an interrupt does to work in threads, how many of them there are, and who waits for them.
 */
class ThreadOptionsTest extends LoopTests {
  private static final ThreadOptions INTERRUPTING = ThreadOptions.DEFAULT.interrupting();

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);
  private final ExecutorService helper = Executors.newSingleThreadExecutor();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  @AfterEach
  void endHelper() {
    helper.shutdown();
  }

  /** Tells when it begins, what it throws, and when it has ended. */
  private <T> Callable<T> observed(Callable<T> work) {
    return () -> {
      begun.countDown();
      try {
        return work.call();
      } catch (Throwable t) {
        failure.set(t);
        throw t;
      } finally {
        ended.countDown();
      }
    };
  }

  private Void waitUntilFree() throws InterruptedException {
    assertTrue(free.await(20, TimeUnit.SECONDS));
    return null;
  }

  /** Cancels the work when it has begun, and gives it time to end. */
  private void cancelled(Callable<?> work, ThreadOptions options) {
    runVoid(
        () -> {
          Task<?> task = createTask(toThread(work, options));
          await(loop.runInExecutor(helper, () -> begun.await(20, TimeUnit.SECONDS)));
          task.cancel();
          assertThrows(CancelledError.class, () -> await(task));
          if (!options.interruptsOnCancel()) {
            assertEquals(1, ended.getCount());
            free.countDown();
          }
          await(toThread(() -> assertTrue(ended.await(20, TimeUnit.SECONDS))));
        });
    loop.runUntilComplete(loop.shutdownDefaultExecutor());
  }

  @Test
  void aCancellationInterruptsTheThread() {
    cancelled(observed(this::waitUntilFree), INTERRUPTING);
    assertTrue(failure.get() instanceof InterruptedException, () -> "" + failure.get());
    assertEquals(List.of(), reports);
  }

  @Test
  void byDefaultItDoesNot() {
    cancelled(observed(this::waitUntilFree), ThreadOptions.DEFAULT);
    assertEquals(null, failure.get());
    assertEquals(List.of(), reports);
  }

  @Test
  void workWithoutAValueMayBeInterruptedToo() {
    Callable<Void> work = observed(this::waitUntilFree);
    runVoid(
        () -> {
          Task<Void> task =
              createTask(toThread(() -> assertEquals(null, work.call()), INTERRUPTING));
          await(toThread(() -> assertTrue(begun.await(20, TimeUnit.SECONDS))));
          task.cancel();
          await(toThread(() -> assertTrue(ended.await(20, TimeUnit.SECONDS))));
        });
    assertTrue(failure.get() instanceof InterruptedException, () -> "" + failure.get());
  }

  @Test
  void whatItFailsWithOtherwiseIsReported() {
    ArithmeticException other = new ArithmeticException("cleanup");
    cancelled(
        observed(
            () -> {
              try {
                return waitUntilFree();
              } catch (InterruptedException e) {
                throw other;
              }
            }),
        INTERRUPTING);
    assertEquals(1, reports.size());
    assertSame(other, reports.get(0).exception());
  }

  @Test
  void anInterruptThatNobodyHereAskedForComesOut() {
    runVoid(
        () ->
            assertThrows(
                InterruptedException.class,
                () ->
                    await(
                        toThread(
                            () -> {
                              throw new InterruptedException("by somebody else");
                            },
                            INTERRUPTING))));
  }

  @Test
  void workThatEndsGivesItsValue() {
    assertEquals(7, run(() -> await(toThread(() -> 7, INTERRUPTING))));
  }

  @Test
  void workThatHasNotBegunNeverRuns() {
    loop.setDefaultExecutor(Executors.newSingleThreadExecutor());
    AtomicInteger runs = new AtomicInteger();
    runVoid(
        () -> {
          Task<Void> first = createTask(toThread(observed(this::waitUntilFree)));
          Task<Integer> second = createTask(toThread(runs::incrementAndGet, INTERRUPTING));
          await(sleep(Duration.ZERO));
          second.cancel();
          await(sleep(Duration.ZERO));
          await(sleep(Duration.ZERO));
          free.countDown();
          await(first);
          assertEquals(1, await(toThread(() -> 1)));
        });
    assertEquals(0, runs.get());
  }

  /** Counts the interrupts that meet its thread outside of its work, and loses none of that. */
  private static final class OneThread extends AbstractExecutorService {
    final AtomicInteger strays = new AtomicInteger();
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private volatile boolean shutDown;

    OneThread() {
      Thread thread = new Thread(this::work, "one thread");
      thread.setDaemon(true);
      thread.start();
    }

    private void work() {
      while (!shutDown) {
        try {
          queue.take().run();
        } catch (InterruptedException e) {
          strays.incrementAndGet();
        }
      }
    }

    @Override
    public void execute(Runnable command) {
      queue.add(command);
    }

    @Override
    public void shutdown() {
      shutDown = true;
      queue.add(() -> {});
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown();
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutDown;
    }

    @Override
    public boolean isTerminated() {
      return shutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return shutDown;
    }
  }

  @Test
  void anInterruptThatTheWorkDoesNotTakeEndsWithIt() {
    OneThread thread = new OneThread();
    loop.setDefaultExecutor(thread);
    cancelled(
        observed(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
              return 1;
            }),
        INTERRUPTING);
    assertEquals(0, thread.strays.get());
  }

  /** The work ends just when it is cancelled, and its thread has other work then. */
  @Test
  void nothingElseThatTheThreadDoesIsInterrupted() {
    OneThread thread = new OneThread();
    loop.setDefaultExecutor(thread);
    runVoid(
        () -> {
          for (int i = 0; i < 2_000; i++) {
            int spins = i % 50 * 20;
            Task<Integer> task =
                createTask(
                    toThread(
                        () -> {
                          for (int k = 0; k < spins; k++) {
                            Thread.onSpinWait();
                          }
                          return 1;
                        },
                        INTERRUPTING));
            await(sleep(Duration.ZERO));
            task.cancel();
            assertFalse(await(toThread(() -> Thread.currentThread().isInterrupted())));
          }
        });
    assertEquals(0, thread.strays.get());
    assertEquals(List.of(), reports);
  }

  @Test
  void anInterruptClosesTheFileThatTheThreadReads(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    try (FileChannel channel = FileChannel.open(file)) {
      cancelled(
          observed(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  Thread.onSpinWait();
                }
                return channel.read(ByteBuffer.allocate(4));
              }),
          INTERRUPTING);
      assertTrue(failure.get() instanceof ClosedByInterruptException, () -> "" + failure.get());
      assertFalse(channel.isOpen());
    }
    assertEquals(List.of(), reports);
  }

  @Test
  void aRunHasSoManyThreadsAtMost() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    Callable<Integer> work =
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          three.countDown();
          assertTrue(three.await(20, TimeUnit.SECONDS)); // as many as that do run at a time
          return running.getAndDecrement();
        };
    Async.run(
        coroVoid(
            () -> {
              List<Coro<Integer>> all = new ArrayList<>();
              for (int i = 0; i < 30; i++) {
                all.add(toThread(work));
              }
              await(gather(all));
            }),
        RunOptions.DEFAULT.withMaxThreads(3));
    assertEquals(3, most.get());
  }

  @Test
  void aRunWaitsForItsThreadsAsLongAsItIsTold() {
    leaveWork(ms(20));
  }

  @Test
  void aRunMayNotWaitForItsThreadsAtAll() {
    leaveWork(Duration.ZERO);
  }

  private void leaveWork(Duration grace) {
    long start = System.nanoTime();
    String value =
        Async.run(
            Co.coro(
                () -> {
                  createTask(toThread(observed(this::waitUntilFree)));
                  await(toThread(() -> assertTrue(begun.await(20, TimeUnit.SECONDS))));
                  return "value";
                }),
            RunOptions.DEFAULT.withThreadGrace(grace));
    long took = System.nanoTime() - start;
    assertEquals("value", value);
    assertEquals(1, ended.getCount());
    assertTrue(took >= grace.toNanos(), () -> "took " + took);
    free.countDown();
  }

  @Test
  void aRunWaitsForThreadsThatEndInTime() {
    Async.run(
        coroVoid(
            () -> {
              createTask(toThread(observed(this::waitUntilFree)));
              await(toThread(() -> assertTrue(begun.await(20, TimeUnit.SECONDS))));
              new Thread(free::countDown).start();
            }),
        RunOptions.DEFAULT.withThreadGrace(Duration.ofSeconds(30)));
    assertEquals(0, ended.getCount());
  }

  @Test
  void optionsAreWhatTheyWereMadeOf() {
    RunOptions options = RunOptions.DEFAULT.withMaxThreads(3).withThreadGrace(ms(1)).withDebug();
    assertEquals(3, options.maxThreads());
    assertEquals(ms(1), options.threadGrace());
    assertEquals(
        options,
        options
            .withShutdownGrace(RunOptions.DEFAULT.shutdownGrace())
            .withoutDebug()
            .withDebug()
            .withMaxThreads(3));
    assertEquals(null, RunOptions.DEFAULT.maxThreads());
    assertEquals(Duration.ofMinutes(5), RunOptions.DEFAULT.threadGrace());
    assertThrows(IllegalArgumentException.class, () -> RunOptions.DEFAULT.withMaxThreads(0));
    assertThrows(NullPointerException.class, () -> RunOptions.DEFAULT.withThreadGrace(null));
    assertThrows(NullPointerException.class, () -> toThread(() -> 1, null));
    assertFalse(ThreadOptions.DEFAULT.interruptsOnCancel());
  }
}
