package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.TaskGroup;
import java.time.Duration;

class AwaitInSynchronized {
  @Coroutine
  static void body(Object monitor) {
    synchronized (await(sleep(Duration.ZERO, monitor))) {
      // ERROR fermata:await-in-synchronized at await
      await(sleep(Duration.ZERO));
      // ERROR fermata:await-in-synchronized at TaskGroup.open()
      try (TaskGroup group = TaskGroup.open()) {
        System.out.println(group);
      }
      System.out.println(async(() -> await(sleep(Duration.ZERO))));
    }
    await(sleep(Duration.ZERO));
  }

  @Coroutine
  static void generator(Emitter<String> out) {
    synchronized (out) {
      // ERROR fermata:await-in-synchronized at out.emit
      out.emit("a");
    }
  }
}
