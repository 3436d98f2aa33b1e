package io.fermata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of the loop share: virtual time, a recorder in place of the exception handler. */
@Timeout(30)
abstract class LoopTests {
  final VirtualTimeLoop loop = new VirtualTimeLoop();

  /** What was reported to the loop's exception handler. */
  final List<ExceptionContext> reports = new ArrayList<>();

  /** What the test's coroutines have noted, in order. */
  final List<Object> log = new ArrayList<>();

  LoopTests() {
    loop.setExceptionHandler((ignored, context) -> reports.add(context));
  }

  @AfterEach
  void closeLoop() {
    if (!loop.isClosed()) {
      loop.close();
    }
  }

  /** Runs a body as the main coroutine. */
  <T> T run(Co.Body<T> body) {
    return loop.runUntilComplete(Co.coro("main", body));
  }

  /** Runs a body without a value as the main coroutine. */
  void runVoid(Co.VoidBody body) {
    loop.runUntilComplete(Co.coroVoid("main", body));
  }

  /** Gives everything that is queued its turn once. */
  void settle() {
    loop.runUntilComplete(Co.coroVoid(() -> {}));
  }

  /** Runs one pass. */
  void pass() {
    loop.callSoon(loop::stop);
    loop.runForever();
  }

  void assertTime(long millis) {
    assertEquals(millis, loop.time() / 1_000_000, "milliseconds on the loop's clock");
  }

  /** How many timers are set. */
  int timers() {
    EventLoop base = loop;
    return base.timerCount();
  }

  static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  /** A coroutine that sleeps and gives a value. */
  static <T> Coro<T> after(long millis, T value) {
    return Co.coro(
        "after",
        () -> {
          Co.await(Async.sleep(ms(millis)));
          return value;
        });
  }

  /** A coroutine that sleeps and fails. */
  static <T> Coro<T> failAfter(long millis, Throwable failure) {
    return Co.coro(
        "failAfter",
        () -> {
          if (millis > 0) {
            Co.await(Async.sleep(ms(millis)));
          }
          throw failure;
        });
  }
}
