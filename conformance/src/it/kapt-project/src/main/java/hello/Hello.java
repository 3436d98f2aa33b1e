package hello;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

final class Hello {
  private Hello() {}

  @Coroutine
  static int answer() {
    await(sleep(Duration.ZERO));
    return 42;
  }
}
