package io.fermata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of the loop share: virtual time, a recorder in place of the exception handler. */
@SuppressWarnings("exports")
@Timeout(30)
public abstract class LoopTests {
  protected final VirtualTimeLoop loop = new VirtualTimeLoop();

  /** What was reported to the loop's exception handler. */
  protected final List<ExceptionContext> reports = new ArrayList<>();

  /** What the test's coroutines have noted, in order. */
  protected final List<Object> log = new ArrayList<>();

  protected LoopTests() {
    loop.setExceptionHandler((ignored, context) -> reports.add(context));
  }

  @AfterEach
  public void closeLoop() {
    if (!loop.isClosed()) {
      loop.close();
    }
  }

  /** Runs a body as the main coroutine. */
  protected <T> T run(Co.Body<T> body) {
    return loop.runUntilComplete(Co.coro("main", body));
  }

  /** Runs a body without a value as the main coroutine. */
  protected void runVoid(Co.VoidBody body) {
    loop.runUntilComplete(Co.coroVoid("main", body));
  }

  /** Gives everything that is queued its turn once. */
  protected void settle() {
    loop.runUntilComplete(Co.coroVoid(() -> {}));
  }

  /** Runs one pass. */
  protected void pass() {
    loop.callSoon(loop::stop);
    loop.runForever();
  }

  protected void assertTime(long millis) {
    assertEquals(millis, loop.time() / 1_000_000, "milliseconds on the loop's clock");
  }

  /** How many timers are set. */
  protected int timers() {
    EventLoop base = loop;
    return base.timers.size();
  }

  protected static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  /** A coroutine that sleeps and gives a value. */
  protected static <T> Coro<T> after(long millis, T value) {
    return Co.coro(
        "after",
        () -> {
          Co.await(Async.sleep(ms(millis)));
          return value;
        });
  }

  /** A coroutine that sleeps and fails. */
  protected static <T> Coro<T> failAfter(long millis, Throwable failure) {
    return Co.coro(
        "failAfter",
        () -> {
          if (millis > 0) {
            Co.await(Async.sleep(ms(millis)));
          }
          throw failure;
        });
  }

  /**
   * Gives the last of tasks each of which waits for the one before, and the first for a promise.
   */
  Promise<Object> chainOfTasks(int length) {
    Promise<Object> last = loop.createPromise();
    for (int i = 0; i < length; i++) {
      Promise<Object> before = last;
      Awaitable<Object> awaitsIt = () -> before;
      last = Awaitables.ensurePromise(loop, awaitsIt);
    }
    settle();
    return last;
  }
}
