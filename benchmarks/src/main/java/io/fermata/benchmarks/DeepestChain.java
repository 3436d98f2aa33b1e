package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.IntPredicate;

/** How many coroutines, or calls on a virtual thread, can wait for one another in a chain. */
final class DeepestChain {
  /** What the search ends at. */
  static final int ENOUGH = 4_000_000;

  private DeepestChain() {}

  @Coroutine
  static int descend(int depth) {
    if (depth > 0) {
      return 1 + await(DeepestChainAsync.descend(depth - 1));
    }
    await(sleep(Duration.ZERO));
    return 0;
  }

  static int ofCoroutines() {
    return deepest(depth -> run(DeepestChainAsync.descend(depth)) == depth);
  }

  static int ofVirtualThreads(ExecutorService executor) {
    return deepest(depth -> VirtualThreads.call(executor, () -> reaches(depth)));
  }

  private static boolean reaches(int depth) {
    try {
      return descendBlocking(depth) == depth;
    } catch (StackOverflowError e) {
      return false;
    }
  }

  private static int descendBlocking(int depth) {
    if (depth > 0) {
      return 1 + descendBlocking(depth - 1);
    }
    VirtualThreads.yieldThread();
    return 0;
  }

  /** The largest depth that is reached when each try goes a fifth deeper than the last. */
  private static int deepest(IntPredicate reached) {
    int deepest = 0;
    for (int depth = 1_000; depth <= ENOUGH && reached.test(depth); depth += depth / 5) {
      deepest = depth;
    }
    return deepest;
  }
}
