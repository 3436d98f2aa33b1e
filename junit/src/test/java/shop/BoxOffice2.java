package shop;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;
import java.util.ArrayList;
import java.util.List;

/** Takes, and gives nothing back. */
final class BoxOffice2 {
  final List<String> sold = new ArrayList<>();
  int seats;

  BoxOffice2(int seats) {
    this.seats = seats;
  }

  @Coroutine
  void buy(String who) {
    if (seats > 0) {
      seats--;
      await(sleep(ofSeconds(1))); // the bank
      sold.add(who);
    }
  }
}
