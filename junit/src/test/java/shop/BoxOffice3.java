package shop;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;
import java.util.ArrayList;
import java.util.List;

/** Takes, and gives back what was not paid. */
final class BoxOffice3 {
  final List<String> sold = new ArrayList<>();
  int seats;

  BoxOffice3(int seats) {
    this.seats = seats;
  }

  @Coroutine
  void buy(String who) {
    if (seats > 0) {
      seats--;
      boolean paid = false;
      try {
        await(sleep(ofSeconds(1))); // the bank
        paid = true;
      } finally {
        seats += paid ? 0 : 1;
      }
      sold.add(who);
    }
  }
}
