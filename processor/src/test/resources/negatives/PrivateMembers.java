package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;

class PrivateMembers {
  private static final int LIMIT = 3;
  // ERROR fermata:private-access
  private int count;

  // ERROR fermata:private-access
  private PrivateMembers() {}

  // ERROR fermata:private-access
  private int next() {
    return count++;
  }

  @Coroutine
  int read() {
    await(sleep(Duration.ZERO));
    // USES PrivateMembers.count by PrivateMembers.read
    return LIMIT + count;
  }

  @Coroutine
  static PrivateMembers create() {
    // USES new PrivateMembers by PrivateMembers.create
    PrivateMembers made = new PrivateMembers();
    await(
        async(
            () -> {
              // USES PrivateMembers.next by PrivateMembers.create
              made.next();
            }));
    return made;
  }
}
