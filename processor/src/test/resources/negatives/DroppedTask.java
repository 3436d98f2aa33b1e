package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;

import io.fermata.Async;
import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.Task;
import io.fermata.TaskGroup;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

class DroppedTask {
  @Coroutine
  static void body(EventLoop loop, List<Task<?>> all) {
    // WARNING fermata:dropped-task at createTask(sleep(Duration.ZERO))
    createTask(sleep(Duration.ZERO));
    // WARNING fermata:dropped-task at Async.createTask(sleep(Duration.ZERO), "named")
    Async.createTask(sleep(Duration.ZERO), "named");
    // WARNING fermata:dropped-task at loop.createTask(sleep(Duration.ZERO))
    loop.createTask(sleep(Duration.ZERO));
    Task<Void> kept = createTask(sleep(Duration.ZERO));
    all.add(createTask(sleep(Duration.ZERO)));
    createTask(sleep(Duration.ZERO)).addDoneCallback(done -> {});
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(sleep(Duration.ZERO));
    }
    await(kept);
  }

  static void plain(EventLoop loop) {
    // WARNING fermata:dropped-task at createTask(sleep(Duration.ZERO))
    loop.callSoon(() -> createTask(sleep(Duration.ZERO)));
    Supplier<Task<Void>> start = () -> createTask(sleep(Duration.ZERO));
  }

  @SuppressWarnings("fermata:dropped-task")
  static void silenced() {
    createTask(sleep(Duration.ZERO));
  }
}
