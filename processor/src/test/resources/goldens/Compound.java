package goldens;

import static io.fermata.Async.await;

import io.fermata.Coro;
import io.fermata.Coroutine;

/** Compound assignments, and operands to the left of a resume point. */
final class Compound {

  interface Prices {
    Coro<Integer> of(String item);
  }

  int sum;

  @Coroutine
  void add(Prices prices, String item, int[] counts, int index) {
    sum += await(prices.of(item));
    counts[index] += 2 * await(prices.of(item));
    System.out.println(item + " " + await(prices.of(item)) + " " + sum);
  }
}
