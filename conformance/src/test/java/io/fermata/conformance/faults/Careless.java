package io.fermata.conformance.faults;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofMillis;

import io.fermata.Coroutine;
import io.fermata.sync.AsyncLock;

/** Programs in which faults do harm. */
final class Careless {
  private Careless() {}

  @Coroutine
  static void keepsItsLock(Ledger ledger) {
    AsyncLock lock = ledger.lock();
    await(sleep(ofMillis(1)));
    await(lock.acquire());
    await(sleep(ofMillis(1)));
    lock.release();
  }

  @Coroutine
  static void losesAFailure(Ledger ledger) {
    try (Ledger.Held held = ledger.hold()) {
      await(sleep(ofMillis(1)));
    } catch (Injection.Injected e) {
      await(sleep(ofMillis(1)));
    }
  }
}
