package goldens;

import static io.fermata.Async.await;

import io.fermata.AsyncIterable;
import io.fermata.Coro;
import io.fermata.Coroutine;
import java.util.List;

/** for-each: over an AsyncIterable, and with a resume point in its body. */
final class Feed {

  @Coroutine
  static int total(AsyncIterable<Integer> prices) {
    int total = 0;
    for (int price : prices) {
      total += price;
    }
    return total;
  }

  @Coroutine
  static void all(List<Coro<String>> names) {
    for (Coro<String> name : names) {
      System.out.println(await(name));
    }
  }
}
