package io.fermata.conformance.outside;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;

import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.Task;
import io.fermata.sync.AsyncLock;
import java.io.IOException;

/** A program to be looked at, which ends when its input does. The marked lines are looked for. */
final class Shop {
  static final AsyncLock TILL = new AsyncLock();
  static final AsyncLock SHELF = new AsyncLock();

  private Shop() {}

  @Coroutine
  static int stock(String item) {
    await(sleep(ofMinutes(10))); // stock
    return item.length();
  }

  @Coroutine
  static int page(String item) {
    return 1 + await(ShopAsync.stock(item)); // page
  }

  @Coroutine
  static int shop() {
    Task<Integer> tea = createTask(ShopAsync.page("tea"), "tea");
    Task<Integer> milk = createTask(ShopAsync.page("milk"), "milk");
    await(gather(tea, milk)); // shop
    return await(tea);
  }

  @Coroutine
  static void sell() {
    try (AsyncLock till = TILL) {
      await(sleep(ZERO));
      try (AsyncLock shelf = SHELF) { // sell
        await(sleep(ZERO));
      }
    }
  }

  @Coroutine
  static void refill() {
    try (AsyncLock shelf = SHELF) {
      await(sleep(ZERO));
      try (AsyncLock till = TILL) { // refill
        await(sleep(ZERO));
      }
    }
  }

  /** Takes all of the loop's time, in steps. */
  @Coroutine
  static void count() {
    while (true) {
      addUp();
      await(sleep(ZERO));
    }
  }

  static void addUp() {
    long end = System.nanoTime() + 20_000_000;
    while (System.nanoTime() < end) {} // addUp
  }

  @Coroutine
  static void tree() throws Exception {
    Task<Integer> shop = createTask(ShopAsync.shop(), "shop");
    Task<Void> sell = createTask(ShopAsync.sell(), "sell");
    Task<Void> refill = createTask(ShopAsync.refill(), "refill");
    await(ShopAsync.untilTheEnd()); // tree
    shop.cancel();
    sell.cancel();
    refill.cancel();
  }

  @Coroutine
  static void busy() throws Exception {
    Task<Void> count = createTask(ShopAsync.count(), "count");
    await(ShopAsync.untilTheEnd());
    count.cancel();
  }

  @Coroutine
  static void untilTheEnd() throws Exception {
    for (int i = 0; i < 10; i++) {
      await(sleep(ZERO));
    }
    EventLoop.running().callSoon(() -> System.out.println("ready"));
    await(toThread(Shop::readToTheEnd)); // untilTheEnd
  }

  static int readToTheEnd() throws IOException {
    return System.in.readAllBytes().length;
  }

  public static void main(String[] arguments) throws Exception {
    run(arguments[0].equals("busy") ? ShopAsync.busy() : ShopAsync.tree());
  }
}
