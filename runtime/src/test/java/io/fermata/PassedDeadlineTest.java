package io.fermata;

import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Async.timeoutAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.reports.RuntimeLines;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A block whose deadline has passed when it is entered. */
class PassedDeadlineTest {

  /** Looks at its clock only once in many callbacks; time passes by hand. */
  private static final class SeldomLooking extends EventLoop {
    private long now;

    SeldomLooking() {
      super(1_000);
    }

    @Override
    public long time() {
      return now;
    }

    @Override
    protected void idle(long nanos) {
      now += nanos;
    }

    @Override
    protected void wakeUp() {}
  }

  @Test
  void itIsCancelledInTheNextPassHoweverSeldomTheLoopLooksAtItsClock() {
    List<Supplier<Timeout>> made =
        List.of(
            () -> timeout(Duration.ofSeconds(1)),
            () -> timeout(Duration.ofNanos(1)),
            () -> timeoutAt(1));
    for (Supplier<Timeout> maker : made) {
      SeldomLooking loop = new SeldomLooking();
      Late late = new Late(loop, maker);
      assertThrows(CancelledError.class, () -> loop.runUntilComplete(late));
      assertEquals(1, late.steps);
      assertTrue(late.scope.expired());
      loop.close();
    }
  }

  /** Keeps the thread busy between the making of a scope and its block; by hand. */
  private static final class Late extends RuntimeCoro<Void> {
    private final SeldomLooking loop;
    private final Supplier<Timeout> maker;
    private Timeout scope = Timeout.none();
    private int steps;

    Late(SeldomLooking loop, Supplier<Timeout> maker) {
      super(RuntimeLines.of(Late.class, "sleep"));
      this.loop = loop;
      this.maker = maker;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      if (steps++ == 0) {
        scope = maker.get();
        loop.now += Duration.ofSeconds(2).toNanos();
        scope.enter();
      } else if (steps == 10) {
        return null;
      }
      state = 2;
      return await(task, sleep(Duration.ZERO), depth);
    }
  }
}
