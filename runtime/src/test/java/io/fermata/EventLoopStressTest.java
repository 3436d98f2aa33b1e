package io.fermata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight threads and one loop, which sleeps whenever they give it the time to. */
@Timeout(60)
class EventLoopStressTest {
  private static final int THREADS = 8;

  private final SelectorLoop loop = new SelectorLoop();
  private int finished;

  /** What one of the threads does. */
  private interface Work {
    int run(int thread) throws Exception;
  }

  /** Runs the loop until all threads have done their work, and gives the sum of their results. */
  private int runBeside(Work work) throws Exception {
    List<Future<Integer>> results = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      FutureTask<Integer> task =
          new FutureTask<>(
              () -> {
                try {
                  return work.run(thread);
                } finally {
                  loop.callSoonThreadsafe(this::threadFinished);
                }
              });
      results.add(task);
      new Thread(task, "sender " + thread).start();
    }
    loop.runForever();
    int sum = 0;
    for (Future<Integer> result : results) {
      sum += result.get();
    }
    return sum;
  }

  private void threadFinished() {
    if (++finished == THREADS) {
      loop.stop();
    }
  }

  @Test
  void ofWhatEightThreadsHandOverNothingIsLost() throws Exception {
    int each = 20_000;
    int[] arrived = new int[THREADS];
    runBeside(
        thread -> {
          for (int i = 0; i < each; i++) {
            loop.callSoonThreadsafe(() -> arrived[thread]++);
          }
          return each;
        });
    for (int count : arrived) {
      assertEquals(each, count);
    }
    loop.close();
  }

  @Test
  void eightThreadsThatWaitForEachAnswerGetThemAll() throws Exception {
    int each = 2_000;
    int sum =
        runBeside(
            thread -> {
              int answers = 0;
              for (int i = 0; i < each; i++) {
                answers += Async.runCoroutineThreadsafe(Async.sleep(Duration.ZERO, 1), loop).get();
              }
              return answers;
            });
    assertEquals(THREADS * each, sum);
    loop.close();
  }

  @Test
  void ofWhatEightThreadsCancelNothingIsLeft() throws Exception {
    int each = 2_000;
    int cancelled =
        runBeside(
            thread -> {
              int count = 0;
              for (int i = 0; i < each; i++) {
                CompletableFuture<Integer> future =
                    Async.runCoroutineThreadsafe(Async.sleep(Duration.ofHours(1), 1), loop);
                count += future.cancel(false) ? 1 : 0;
                assertThrows(CancellationException.class, future::get);
              }
              return count;
            });
    assertEquals(THREADS * each, cancelled);
    loop.runUntilComplete(Async.sleep(Duration.ofMillis(1)));
    assertEquals(Set.of(), Async.allTasks(loop));
    assertEquals(0, ((EventLoop) loop).timers.size());
    loop.close();
  }

  @Test
  void aLoopClosedWhileEightThreadsSubmitLeavesNobodyWaiting() throws Exception {
    for (int round = 0; round < 20; round++) {
      SelectorLoop closed = new SelectorLoop();
      closed.setExceptionHandler((ignored, context) -> {});
      int ended =
          runBeside(
              thread -> {
                List<CompletableFuture<Integer>> futures = new ArrayList<>();
                try {
                  for (; ; ) {
                    futures.add(
                        Async.runCoroutineThreadsafe(Async.sleep(Duration.ZERO, 1), closed));
                    if (thread == 0 && futures.size() == 20) {
                      closed.close();
                    }
                  }
                } catch (IllegalStateException refused) {
                  futures.forEach(future -> future.handle((value, failure) -> 0).join());
                }
                return 1;
              });
      assertEquals(THREADS, ended);
      finished = 0;
    }
    loop.close();
  }
}
