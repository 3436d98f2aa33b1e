package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

class PrivateMembers {
  private static final int LIMIT = 3;
  private int count;

  private PrivateMembers() {}

  private int next() {
    return count++;
  }

  @Coroutine
  int read() {
    await(sleep(Duration.ZERO));
    // ERROR fermata:private-access at count
    return LIMIT + count;
  }

  @Coroutine
  static PrivateMembers create() {
    // ERROR fermata:private-access at new PrivateMembers()
    PrivateMembers made = new PrivateMembers();
    await(
        async(
            () -> {
              // ERROR fermata:private-access at made.next
              made.next();
            }));
    return made;
  }
}
