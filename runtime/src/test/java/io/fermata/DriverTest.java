package io.fermata;

import static io.fermata.Async.run;
import static io.fermata.Async.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a task drives frames, with continuations written by hand as the processor writes them. */
@Timeout(30)
class DriverTest {
  private final VirtualTimeLoop loop = new VirtualTimeLoop();

  /** {@code int down(int n) { return n == 0 ? await(bottom) : await(down(n - 1)) + 1; }}. */
  private static final class Down extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Deep", "down", "Deep.java", "2:7", "1:6");

    static int resumes;

    private final int n;
    private final Awaitable<Integer> bottom;

    Down(int n, Awaitable<Integer> bottom) {
      this.n = n;
      this.bottom = bottom;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      resumes++;
      Object value = sent;
      if (state == START) {
        value = await(task, n == 0 ? bottom : new Down(n - 1, bottom), depth);
        if (value == SUSPENDED) {
          state = 2;
          return SUSPENDED;
        }
      }
      return n == 0 ? value : (Object) ((Integer) value + 1);
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /** {@code int again(int times) { while (times-- > 0) await(sleep(ZERO)); return 0; }}. */
  private static final class Yields extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Yields", "again", "Yields.java", "2:3", "1:2");

    private int times;

    Yields(int times) {
      this.times = times;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      while (times-- > 0) {
        if (await(task, sleep(Duration.ZERO), depth) == SUSPENDED) {
          state = 2;
          return SUSPENDED;
        }
      }
      return 0;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /** {@code try { await(inner); } catch (Throwable t) { return t; }}. */
  private static final class Catching extends Continuation<Throwable, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Catching", "body", "Catching.java", "-2:21", "1:20");

    private final Awaitable<?> inner;

    Catching(Awaitable<?> inner) {
      this.inner = inner;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) {
      try {
        Object value = state == START ? await(task, inner, depth) : received(sent);
        if (value == SUSPENDED) {
          state = -2;
          return SUSPENDED;
        }
        return null;
      } catch (Throwable t) {
        return t;
      }
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /** {@code throw failure;} after an await. */
  private static final class Failing extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Failing", "fail", "Failing.java", "2:31", "1:30");

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == START && await(task, sleep(Duration.ofSeconds(1)), depth) == SUSPENDED) {
        state = 2;
        return SUSPENDED;
      }
      throw new ArithmeticException("as asked");
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Test
  void aChainOfAMillionAwaitsReturns() {
    Promise<Integer> done = loop.createPromise();
    done.complete(0);
    assertEquals(1_000_000, loop.runUntilComplete(new Down(1_000_000, done)));
  }

  @Test
  void aChainOfAMillionAwaitsReturnsWhenItsBottomSuspends() {
    assertEquals(
        1_000_000, loop.runUntilComplete(new Down(1_000_000, sleep(Duration.ofSeconds(1), 0))));
  }

  @Test
  void aFailurePassesAMillionFramesAsTheSameObject() {
    Throwable caught = loop.runUntilComplete(new Catching(new Down(1_000_000, new Failing())));
    assertSame(ArithmeticException.class, caught.getClass());
  }

  @Test
  void aResumeUnderAThousandCallersCallsOneFrame() {
    Down.resumes = 0;
    Task<Integer> task = loop.createTask(new Down(1_000, new Yields(500)));
    loop.callSoon(loop::stop);
    loop.runForever();
    int starting = Down.resumes;
    for (int i = 0; i < 400; i++) {
      loop.callSoon(loop::stop);
      loop.runForever();
    }
    assertEquals(starting, Down.resumes, "no caller was resumed while the innermost frame yielded");
    assertEquals(1_000, loop.runUntilComplete(task));
    assertEquals(starting + 1_001, Down.resumes);
  }

  @Test
  void aFailureIsToldInTheUsersLinesWithThoseWhoAwait() {
    Catching catching = new Catching(new Down(2, new Failing()));
    Throwable caught = loop.runUntilComplete(catching);
    StackTraceElement[] frames = caught.getStackTrace();
    assertEquals("app.Failing.fail(Failing.java:30)", frames[0].toString());
    assertEquals("app.Deep.down(Deep.java:7)", frames[1].toString());
    assertEquals("app.Deep.down(Deep.java:7)", frames[2].toString());
    assertEquals("app.Deep.down(Deep.java:7)", frames[3].toString());
    assertEquals("app.Catching.body(Catching.java:21)", frames[4].toString());
    for (StackTraceElement frame : frames) {
      assertTrue(!frame.getClassName().equals("io.fermata.Task"), frame::toString);
      assertTrue(!frame.getClassName().equals("io.fermata.EventLoop"), frame::toString);
      assertTrue(!frame.getClassName().equals("io.fermata.LifeCycle"), frame::toString);
      assertTrue(!frame.getClassName().equals("io.fermata.Passes"), frame::toString);
    }
  }

  @Test
  void aSecondStartIsRefusedNamingTheCoroutineAndItsState() {
    Yields coro = new Yields(0);
    loop.runUntilComplete(coro);
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> loop.createTask(coro));
    assertEquals(
        "coroutine Yields.again (finished) can't be made a task: it has been started already. Call"
            + " the method again for a second coroutine, or make it a task with createTask, which"
            + " may be awaited often.",
        refused.getMessage());
  }

  @Test
  void aCoroutinesTextNamesItsMethodAndItsState() {
    Yields coro = new Yields(3);
    assertEquals("coroutine Yields.again (created)", coro.toString());
    Task<Integer> task = loop.createTask(coro);
    loop.callSoon(loop::stop);
    loop.runForever();
    assertEquals("coroutine Yields.again (suspended at line 3)", coro.toString());
    loop.runUntilComplete(task);
    assertEquals("coroutine Yields.again (finished)", coro.toString());
  }

  @Test
  void runGivesTheValueOnTheDefaultLoop() {
    assertEquals(0, (int) run(new Yields(3)));
  }
}
