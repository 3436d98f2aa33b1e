package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.queue.AsyncQueue;
import io.fermata.sync.AsyncEvent;
import java.time.Duration;

class BusyLoop {
  boolean stopped;
  volatile boolean stoppedByAnyone;
  int open;

  @Coroutine
  void waits(Task<String> task, AsyncEvent event, AsyncQueue<String> queue) {
    // WARNING fermata:busy-loop at !task.isDone()
    while (!task.isDone()) {}
    // WARNING fermata:busy-loop at !stopped
    while (!stopped) {
      Thread.onSpinWait();
    }
    // WARNING fermata:busy-loop at queue.isEmpty() && !this.stopped
    for (int turns = 0; queue.isEmpty() && !this.stopped; turns++) {
      System.out.println(turns);
    }
    // WARNING fermata:busy-loop at !event.isSet() || open > 0
    do {} while (!event.isSet() || open > 0);
  }

  @Coroutine
  void ends(Task<String> task, AsyncQueue<String> queue, int n) {
    while (!task.isDone()) {
      await(sleep(Duration.ZERO));
    }
    while (!queue.isEmpty()) {
      queue.getNow();
    }
    while (!stopped) {
      step();
    }
    while (open > 0) {
      open--;
    }
    for (int i = 0; i < open; i++) {
      System.out.println(i);
    }
    while (!stoppedByAnyone) {
      Thread.onSpinWait();
    }
    while (!stopped) {
      if (n++ > 3) {
        break;
      }
    }
    while (n > 0) {
      n--;
    }
  }

  void step() {}

  void plain() {
    while (!stopped) {}
  }

  @Coroutine
  @SuppressWarnings("fermata:busy-loop")
  void silenced() {
    while (!stopped) {}
  }
}
