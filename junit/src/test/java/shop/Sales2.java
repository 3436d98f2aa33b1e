package shop;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.Coroutine;
import io.fermata.TaskGroup;
import io.fermata.junit.CoroutineTest;
import io.fermata.junit.InjectFaults;
import io.fermata.junit.Schedules;

class Sales2 {
  final BoxOffice2 office = new BoxOffice2(1);

  @Coroutine
  void annThenBob() {
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(BoxOffice2Async.buy(office, "ann"));
      group.createTask(
          async(
              () -> {
                await(sleep(ofSeconds(1)));
                await(BoxOffice2Async.buy(office, "bob"));
              }));
    }
    assertEquals(1, office.sold.size());
  }

  @CoroutineTest
  void theLastSeatIsSoldOnce() {
    await(Sales2Async.annThenBob(this));
  }

  @CoroutineTest
  @Schedules(100)
  void theLastSeatIsSoldOnceInManyOrders() {
    await(Sales2Async.annThenBob(this));
  }

  @CoroutineTest
  @Schedules(exhaustive = true)
  void theLastSeatIsSoldOnceInAllOrders() {
    await(Sales2Async.annThenBob(this));
  }

  @CoroutineTest
  @InjectFaults
  void noSeatIsLost() {
    try {
      await(BoxOffice2Async.buy(office, "ann"));
    } finally {
      assertEquals(1, office.seats + office.sold.size());
    }
  }
}
