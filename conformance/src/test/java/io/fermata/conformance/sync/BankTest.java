package io.fermata.conformance.sync;

import static io.fermata.Async.await;
import static io.fermata.Async.gatherOutcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fermata.Outcome;
import io.fermata.junit.CoroutineTest;
import java.util.List;

final class BankTest {
  final Bank bank = new Bank();

  @CoroutineTest
  void aBlockThatReturnsReleasesItsLock() {
    assertEquals(List.of("token 1", "token 1"), await(BankAsync.tokens(bank)));
    assertEquals("AsyncLock[unlocked]", bank.lock.toString());
  }

  @CoroutineTest
  void aBlockThatFailsReleasesItsLock() {
    Outcome<Void> outcome = await(gatherOutcomes(BankAsync.failInside(bank, "failed"))).get(0);
    assertThrows(IllegalArgumentException.class, outcome::get);
    assertEquals(List.of("AsyncLock[unlocked]"), bank.log);
  }

  @CoroutineTest
  void blocksThatAreLeftByContinueAndBreakGiveBackAllTheyHold() {
    await(BankAsync.visitAll(bank));
    assertEquals(6, bank.log.size());
    assertEquals(0, bank.atCounters);
    assertEquals("AsyncLock[unlocked]", bank.lock.toString());
    assertEquals("AsyncSemaphore[unlocked, value=2]", bank.counters.toString());
  }

  @CoroutineTest
  void aConditionIsWaitedForInItsBlock() {
    assertEquals(10, await(BankAsync.transfers(bank)));
    assertEquals(List.of("withdrew 20", "withdrew 70"), bank.log);
    assertEquals("AsyncCondition[unlocked]", bank.changed.toString());
  }

  @CoroutineTest
  void theBlocksOfABarrierBeginTogether() {
    await(BankAsync.meet(bank));
    assertEquals(List.of("in after 20", "in after 10", "1", "0"), bank.log);
  }

  @CoroutineTest
  void workersLoopOverAQueueUntilItIsShutDown() {
    List<Integer> sums = await(BankAsync.sums());
    assertEquals(30 * 31 / 2, sums.stream().mapToInt(Integer::intValue).sum());
    assertEquals(3, sums.stream().filter(sum -> sum > 0).count());
  }
}
