package shop;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;
import java.util.ArrayList;
import java.util.List;

/** Looks, waits, and only then takes. */
final class BoxOffice1 {
  final List<String> sold = new ArrayList<>();
  int seats;

  BoxOffice1(int seats) {
    this.seats = seats;
  }

  @Coroutine
  void buy(String who) {
    if (seats > 0) {
      await(sleep(ofSeconds(1))); // the bank
      seats--;
      sold.add(who);
    }
  }
}
