package goldens;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lambdas, coroutine lambdas and others, that capture. */
final class Lambda {

  @Coroutine
  static int race(List<String> names, int factor) {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (String name : names) {
      Task<Integer> task =
          createTask(
              async(
                  () -> {
                    await(sleep(Duration.ofSeconds(1)));
                    return name.length() * factor;
                  }));
      task.addDoneCallback(done -> System.out.println(name));
      tasks.add(task);
    }
    int total = 0;
    for (Task<Integer> task : tasks) {
      total += await(task);
    }
    return total;
  }
}
