package io.fermata;

import static io.fermata.Async.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.reports.RuntimeLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Code that users run between the steps of tasks is no task's. */
class CurrentTaskTest {

  /** Which places were reached, each with whether a task was current there. */
  private final Map<String, Boolean> met = new TreeMap<>();

  private void note(EventLoop loop, String place) {
    met.merge(place, loop.code.task != null, Boolean::logicalOr);
  }

  /** A loop of the user's own, which looks around in each of its methods. */
  private final class Looking extends EventLoop {
    private long now;

    Looking() {
      super(3);
      shuffleWith(
          new RandomGenerator() {
            @Override
            public long nextLong() {
              note(Looking.this, "shuffle");
              return 0;
            }
          });
    }

    @Override
    public long time() {
      return now;
    }

    @Override
    protected void idle(long nanos) {
      note(this, "idle");
      now += nanos;
    }

    @Override
    protected void wakeUp() {}
  }

  @Test
  void noTaskIsCurrentWhereOtherCodeRuns() {
    ThreadLocal<String> carried = new ThreadLocal<>();
    for (boolean debug : List.of(false, true)) {
      for (boolean carrying : List.of(false, true)) {
        met.clear();
        Looking loop = new Looking();
        loop.setDebug(debug);
        loop.setSlowCallbackDuration(Duration.ofMinutes(1));
        if (carrying) {
          loop.setThreadLocals(List.of(accessor(loop, carried)));
        }
        loop.lifeCycle.setInterruptHandler(() -> note(loop, "interrupt"));
        runAllKinds(loop);
        Set<String> places =
            new TreeSet<>(
                Set.of("callback", "done", "end of pass", "idle", "interrupt", "shuffle"));
        if (carrying) {
          places.add("set");
        }
        assertEquals(places, met.keySet());
        assertTrue(met.values().stream().noneMatch(current -> current), met::toString);
        loop.close();
      }
    }
  }

  private void runAllKinds(Looking loop) {
    Task<Void> other = loop.createTask(new Yielding(loop));
    other.addDoneCallback(done -> note(loop, "done"));
    loop.runUntilComplete(new Yielding(loop));
    loop.runUntilComplete(sleep(Duration.ofMillis(1)));
  }

  /** Has other code run between its steps; by hand, since it is to run on the loop's own thread. */
  private final class Yielding extends RuntimeCoro<Void> {
    private final Looking loop;
    private int steps;

    Yielding(Looking loop) {
      super(RuntimeLines.of(Yielding.class, "sleep"));
      this.loop = loop;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      assertSame(task, loop.code.task);
      if (steps++ == 10) {
        return null;
      }
      if (steps % 2 == 0) {
        loop.callSoon(() -> note(loop, "callback"));
        loop.callAtPassEnd(() -> note(loop, "end of pass"));
      } else if (steps == 5) {
        Thread.currentThread().interrupt();
      }
      state = 2;
      return await(task, sleep(Duration.ZERO), depth);
    }
  }

  private ThreadLocalAccessor<String> accessor(EventLoop loop, ThreadLocal<String> carried) {
    return new ThreadLocalAccessor<>() {
      @Override
      public String get() {
        return carried.get();
      }

      @Override
      public void set(String value) {
        note(loop, "set");
        carried.set(value);
      }
    };
  }
}
