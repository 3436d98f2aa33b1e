package io.fermata.conformance.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.RunOptions;
import io.fermata.testing.VirtualTimeLoop;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BankTest {
  private final Bank bank = new Bank();

  private static <T> T run(Coro<T> coroutine) {
    return Async.run(coroutine, RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new));
  }

  @Test
  void aBlockThatReturnsReleasesItsLock() {
    assertEquals(List.of("token 1", "token 1"), run(BankAsync.tokens(bank)));
    assertEquals("AsyncLock[unlocked]", bank.lock.toString());
  }

  @Test
  void aBlockThatFailsReleasesItsLock() {
    assertThrows(IllegalArgumentException.class, () -> run(BankAsync.failInside(bank, "failed")));
    assertEquals(List.of("AsyncLock[unlocked]"), bank.log);
  }

  @Test
  void blocksThatAreLeftByContinueAndBreakGiveBackAllTheyHold() {
    run(BankAsync.visitAll(bank));
    assertEquals(6, bank.log.size());
    assertEquals(0, bank.atCounters);
    assertEquals("AsyncLock[unlocked]", bank.lock.toString());
    assertEquals("AsyncSemaphore[unlocked, value=2]", bank.counters.toString());
  }

  @Test
  void aConditionIsWaitedForInItsBlock() {
    assertEquals(10, run(BankAsync.transfers(bank)));
    assertEquals(List.of("withdrew 20", "withdrew 70"), bank.log);
    assertEquals("AsyncCondition[unlocked]", bank.changed.toString());
  }

  @Test
  void theBlocksOfABarrierBeginTogether() {
    run(BankAsync.meet(bank));
    assertEquals(List.of("in after 20", "in after 10", "1", "0"), bank.log);
  }

  @Test
  void workersLoopOverAQueueUntilItIsShutDown() {
    List<Integer> sums = run(BankAsync.sums());
    assertEquals(30 * 31 / 2, sums.stream().mapToInt(Integer::intValue).sum());
    assertEquals(3, sums.stream().filter(sum -> sum > 0).count());
  }
}
