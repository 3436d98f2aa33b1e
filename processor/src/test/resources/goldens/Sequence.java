package goldens;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

/** One thing after the other. */
public final class Sequence {

  /** Says it later. */
  @Coroutine
  static String sayAfter(Duration delay, String what) {
    await(sleep(delay));
    String said = "said " + what;
    System.out.println(said);
    await(sleep(delay));
    return said;
  }

  @Coroutine
  static int sum(int a, int b) {
    int first = await(sleep(Duration.ofMillis(a), a));
    int second = await(sleep(Duration.ofMillis(b), b));
    return first + second;
  }

  @Coroutine
  static long constant() {
    await(sleep(Duration.ZERO));
    return 5;
  }
}
