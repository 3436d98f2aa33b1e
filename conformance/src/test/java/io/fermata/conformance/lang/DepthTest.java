package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fermata.Async;
import io.fermata.AsyncTimeoutException;
import io.fermata.Awaitable;
import io.fermata.Generator;
import io.fermata.RunOptions;
import io.fermata.testing.VirtualTimeLoop;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Coroutines may be deep, long and many; compiled by Maven with the processor. */
@Timeout(120)
final class DepthTest {

  @Test
  void chainOfAMillionSuspendedCoroutinesReturns() {
    assertEquals(1_000_000, run(DepthAsync.chain(1_000_000)));
  }

  @Test
  void chainOfAMillionDoneCoroutinesReturns() {
    assertEquals(1_000_000, run(DepthAsync.doneChain(1_000_000)));
  }

  @Test
  void failureLeavesAChainOfAMillionCoroutines() {
    Throwable thrown =
        assertThrows(IllegalStateException.class, () -> run(DepthAsync.failingChain(1_000_000)));
    assertEquals("bottom", thrown.getMessage());
  }

  @Test
  void timeLimitOverAChainOfAMillionTasksPasses() {
    assertThrows(AsyncTimeoutException.class, () -> run(DepthAsync.limited(1_000_000)));
  }

  @Test
  void millionGeneratorsInEachOtherGiveTheirElements() {
    Depth.closed = 0;
    int expected = 1_000_000;
    for (int element : DepthAsync.nested(1_000_000)) {
      assertEquals(expected--, element);
    }
    assertEquals(0, expected);
    assertEquals(1_000_000, Depth.closed);
  }

  @Test
  void millionGeneratorsInEachOtherAreClosed() {
    Depth.closed = 0;
    try (Generator<Integer> nested = DepthAsync.nested(1_000_000)) {
      for (int element = nested.next(); element > 1; element = nested.next()) {
        assertEquals(0, Depth.closed);
      }
    }
    assertEquals(1_000_000, Depth.closed);
  }

  @Test
  void failureLeavesAMillionGeneratorsAndTellsWhereTheyAre() {
    Generator<Integer> nested = DepthAsync.nestedAndFailing(1_000_000);
    Throwable thrown = assertThrows(IllegalStateException.class, nested::next);
    assertEquals("bottom", thrown.getMessage());
    long told =
        Stream.of(thrown.getStackTrace())
            .filter(frame -> frame.getMethodName().equals("nestedAndFailing"))
            .count();
    assertEquals(201, told);
  }

  @Test
  void millionAwaitsInALoopReturn() {
    assertEquals(499_999_500_000L, run(DepthAsync.doneAwaits(1_000_000)));
    assertEquals(1_000_000, run(DepthAsync.yields(1_000_000)));
  }

  @Test
  void hundredThousandTasksAreGathered() {
    assertEquals(4_999_950_000L, run(DepthAsync.gathered(100_000)));
  }

  @Test
  void hundredThousandTasksRunInAGroup() {
    assertEquals(4_999_950_000L, run(DepthAsync.grouped(100_000)));
  }

  private static <T> T run(Awaitable<T> coro) {
    return Async.run(coro, RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new));
  }
}
