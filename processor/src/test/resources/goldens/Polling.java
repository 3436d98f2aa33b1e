package goldens;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import java.time.Duration;

/** A loop with a resume point in its condition. */
final class Polling {

  interface Server {
    Coro<Boolean> isReady(int attempt);
  }

  @Coroutine
  static int waitFor(Server server, int most) {
    int attempt = 0;
    while (attempt < most && !await(server.isReady(attempt))) {
      attempt++;
      await(sleep(Duration.ofSeconds(attempt)));
    }
    return attempt;
  }

  @Coroutine
  static void countDown(int from) {
    for (int i = from; i > 0; i--) {
      if (i % 2 == 0) {
        continue;
      }
      System.out.println(i);
      await(sleep(Duration.ofSeconds(1)));
    }
  }
}
