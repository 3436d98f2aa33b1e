package io.fermata;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.RuntimeLines;
import org.jspecify.annotations.Nullable;

/**
 * One of the runtime's coroutines that hold no state of a call, so that one object serves every
 * call: it may be awaited again and again, and costs no allocation.
 */
abstract class SharedCoro extends Continuation<Void, RuntimeException> {

  /** {@code sleep(Duration.ZERO)}: gives way for one pass of the loop. */
  static final SharedCoro YIELD =
      new SharedCoro("sleep") {
        @Override
        @Nullable Object awaitedBy(Task<?> task, Coro<?> frame) {
          task.yieldPass(frame);
          return SUSPENDED;
        }

        @Override
        Coro<Void> forTask() {
          return new Sleep<>(0, Unchecked.<Void>cast(null));
        }
      };

  /** Done already, with nothing to give. */
  static final SharedCoro NOTHING =
      new SharedCoro("nothing") {
        @Override
        @Nullable Object awaitedBy(Task<?> task, Coro<?> frame) {
          return null;
        }

        @Override
        Coro<Void> forTask() {
          return new DoneCoro();
        }
      };

  private static final LineTable LINES = RuntimeLines.of(SharedCoro.class, "sleep");

  private final String name;

  SharedCoro(String name) {
    this.name = name;
    this.state = Coro.SHARED;
  }

  /** Awaits this in a frame: gives the value or {@code SUSPENDED}. */
  abstract @Nullable Object awaitedBy(Task<?> task, Coro<?> frame);

  /** A coroutine with a state of its own, for a task to drive. */
  abstract Coro<Void> forTask();

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth) {
    throw new AssertionError("a shared coroutine is never resumed");
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }

  @Override
  public String toString() {
    return "coroutine Async." + name + " (shared)";
  }

  private static final class DoneCoro extends Continuation<Void, RuntimeException> {
    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth) {
      return null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
