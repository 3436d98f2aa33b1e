package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

class SuperCall {
  @Coroutine
  String describe() {
    await(sleep(Duration.ZERO));
    // ERROR fermata:private-access at super.toString
    return super.toString();
  }
}
