package io.fermata;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** A loop of a user's own class, one of whose methods makes {@link Trouble}. */
final class UsersLoop extends EventLoop {
  private final Trouble trouble;
  private final String method;
  private int callsBefore;
  private long now;
  private volatile boolean awakened;

  /** With trouble after so many calls. */
  UsersLoop(Trouble trouble, String method, int callsBefore) {
    super(1);
    this.trouble = trouble;
    this.method = method;
    this.callsBefore = callsBefore;
    setExceptionHandler((loop, context) -> {});
    setSlowCallbackDuration(Duration.ofMinutes(1));
    if (method.equals("nextInt")) {
      shuffleWith(
          new RandomGenerator() {
            @Override
            public long nextLong() {
              return 0;
            }

            @Override
            public int nextInt(int bound) {
              in("nextInt");
              return 0;
            }
          });
    }
  }

  private void in(String called) {
    if (called.equals(method)) {
      trouble.make(callsBefore-- == 0).in(called);
    }
  }

  /** Whether another thread has found it asleep. */
  boolean isAwakened() {
    return awakened;
  }

  @Override
  public long time() {
    in("time");
    return now;
  }

  @Override
  protected void idle(long nanos) {
    in("idle");
    if (nanos != Long.MAX_VALUE) {
      now += nanos;
    } else {
      LockSupport.parkNanos(this, 1_000_000);
    }
  }

  @Override
  protected void wakeUp() {
    awakened = true;
    in("wakeUp");
  }

  @Override
  protected void release() {
    in("release");
  }

  @Override
  public <T> Task<T> createTask(Coro<T> coro, TaskOptions options) {
    in("createTask");
    return super.createTask(coro, options);
  }
}
