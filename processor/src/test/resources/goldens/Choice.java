package goldens;

import static io.fermata.Async.await;

import io.fermata.Coro;
import io.fermata.Coroutine;

/** A switch expression with resume points in its cases. */
final class Choice {

  enum Size {
    SMALL,
    MEDIUM,
    LARGE
  }

  interface Prices {
    Coro<Integer> of(Size size);
  }

  @Coroutine
  static String label(Prices prices, Size size) {
    int price =
        switch (size) {
          case SMALL -> 1;
          case MEDIUM -> await(prices.of(size));
          case LARGE -> {
            int single = await(prices.of(size));
            yield 2 * single;
          }
        };
    return size + ": " + price;
  }
}
