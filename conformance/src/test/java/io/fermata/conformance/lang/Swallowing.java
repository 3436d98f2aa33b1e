package io.fermata.conformance.lang;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofMillis;

import io.fermata.Coroutine;
import io.fermata.TaskGroup;
import java.util.ArrayList;
import java.util.List;

/** Blocks that a group ends early, where Java holds that they cannot end so. */
final class Swallowing {
  private Swallowing() {}

  @Coroutine
  static int endIsUnreachable() {
    try (TaskGroup group = TaskGroup.open()) {
      group.cancel();
      await(sleep(ofMillis(1)));
      return 1;
    }
  }

  @Coroutine
  static int assignedOnlyInside() {
    int n;
    try (TaskGroup group = TaskGroup.open()) {
      group.cancel();
      await(sleep(ofMillis(1)));
      n = 1;
    }
    await(sleep(ofMillis(1)));
    return n;
  }

  @Coroutine
  static int assignedBeforeToo() {
    int n = 7;
    try (TaskGroup group = TaskGroup.open()) {
      group.cancel();
      await(sleep(ofMillis(1)));
      n = 1;
    }
    return n;
  }

  @Coroutine
  static List<String> endIsReachable() {
    List<String> done = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (TaskGroup group = TaskGroup.open()) {
        if (i == 0) {
          group.cancel();
        }
        await(sleep(ofMillis(1)));
        done.add("inside " + i);
      }
      done.add("behind " + i);
    }
    return done;
  }
}
