import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

void main() {}

// ERROR fermata:unsupported-method
@Coroutine
int answer() {
  await(sleep(Duration.ZERO));
  return 42;
}

static class Inner {
  // ERROR fermata:unsupported-method
  @Coroutine
  static void inner() {
    await(sleep(Duration.ZERO));
  }
}
