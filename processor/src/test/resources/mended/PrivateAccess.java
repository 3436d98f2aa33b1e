// MENDS private-access
// PRINTS 18 true Ada
package mended;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Awaitable;
import io.fermata.Coroutine;
import java.time.Duration;

class PrivateAccess {
  private int one, two = 2; private int three = 3;
  @Deprecated private
  static final java.util.List<String> NAMES = java.util.List.of("private");
  private /* private */ int four;
  @SuppressWarnings("private") private int
      five = 5;

  private PrivateAccess(int one) {
    this.one = one;
  }

  private int next() { return ++one; }

  private static class Hidden {
    private final String name;

    private Hidden(String name) {
      this.name = name;
    }
  }

  private record Pair(int left, int right) {}

  @Coroutine
  private static int sum(Pair pair) {
    await(sleep(Duration.ZERO));
    return pair.left() + pair.right();
  }

  @Coroutine
  private static String all() {
    PrivateAccess it = new PrivateAccess(1);
    await(sleep(Duration.ZERO));
    Hidden hidden = new Hidden("Ada");
    it.four = await(PrivateAccessAsync.sum(new Pair(2, 2)));
    int sum = it.next() + it.one + it.two + it.three + it.four + it.five;
    return sum + " " + NAMES.contains("private") + " " + hidden.name;
  }

  static String result() {
    return run(PrivateAccessAsync.all());
  }
}
