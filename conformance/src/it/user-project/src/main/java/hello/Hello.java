package hello;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.TaskGroup;
import java.time.Duration;

public final class Hello {
  private Hello() {}

  @Coroutine
  static void sayAfter(Duration delay, String what) {
    await(sleep(delay));
    System.out.println(what);
  }

  @Coroutine
  static void greet() {
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(HelloAsync.sayAfter(Duration.ofSeconds(1), "world"));
      group.createTask(HelloAsync.sayAfter(Duration.ofMillis(500), "hello"));
      System.out.println("both are on their way");
    }
    System.out.println("both have come");
  }

  public static void main(String[] args) {
    run(HelloAsync.greet());
  }
}
