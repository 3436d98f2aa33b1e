package io.fermata.example.seeing;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.Trace;
import io.fermata.queue.AsyncQueue;
import io.fermata.sync.AsyncSemaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Eight orders of a shop: each asks for price and stock at once, pays at a bank that serves two at
 * a time, and hands a parcel to the one packer. One order fails, one holds the loop's thread for
 * too long, and the packer is the bottleneck. Run it with {@code -Dfermata.trace=orders.html}.
 */
public final class Orders {
  static final int SOLD_OUT = 5;
  static final int SLOW = 2;

  private Orders() {}

  /** Between half the milliseconds and once and a half, the same in each run. */
  static Duration about(int millis, int seed) {
    return Duration.ofMillis(millis / 2 + (seed * 7919L) % millis);
  }

  @Coroutine
  static int price(int order) {
    await(sleep(about(12, order)));
    if (order == SOLD_OUT) {
      throw new IllegalStateException("sold out");
    }
    return 3 * order;
  }

  @Coroutine
  static int stock(int order) {
    if (order % 3 == 0) {
      Trace.mark("cache miss");
      await(sleep(about(24, order)));
    }
    await(sleep(about(8, order)));
    return order;
  }

  @Coroutine
  static void order(int number, AsyncSemaphore bank, AsyncQueue<Integer> parcels) {
    await(gather(OrdersAsync.price(number), OrdersAsync.stock(number)));
    try (bank) {
      try (Trace.Span paying = Trace.span("pays")) {
        await(sleep(about(14, number)));
      }
    }
    if (number == SLOW) {
      holdTheThread(Duration.ofMillis(15));
    }
    await(parcels.put(number));
  }

  /** What no coroutine should do. */
  static void holdTheThread(Duration time) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < time.toNanos()) {
      Thread.onSpinWait();
    }
  }

  @Coroutine
  static void packer(AsyncQueue<Integer> parcels) {
    while (true) {
      int parcel = await(parcels.get());
      await(sleep(about(12, parcel)));
      parcels.taskDone();
    }
  }

  @Coroutine
  static void main() {
    AsyncSemaphore bank = new AsyncSemaphore(2);
    AsyncQueue<Integer> parcels = new AsyncQueue<>(2);
    Task<Void> packer = createTask(OrdersAsync.packer(parcels), "packer");
    List<Task<Void>> orders = new ArrayList<>();
    for (int number = 1; number <= 8; number++) {
      orders.add(createTask(OrdersAsync.order(number, bank, parcels), "order " + number));
      await(sleep(Duration.ofMillis(3)));
    }
    await(gatherOutcomes(orders));
    await(parcels.join());
    await(packer.cancelAndWait());
  }

  public static void main(String[] args) {
    run(OrdersAsync.main());
  }
}
