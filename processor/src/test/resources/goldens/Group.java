package goldens;

import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.TaskGroup;
import java.time.Duration;

/** A scope, left by awaiting. */
final class Group {

  @Coroutine
  static String both() {
    Task<String> first;
    Task<String> second;
    try (TaskGroup group = TaskGroup.open()) {
      first = group.createTask(sleep(Duration.ofSeconds(1), "a"));
      second = group.createTask(sleep(Duration.ofSeconds(2), "b"));
    }
    return first.result() + second.result();
  }
}
