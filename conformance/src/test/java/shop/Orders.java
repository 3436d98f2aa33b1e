package shop;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Task;
import java.time.Duration;

/** A program that is looked at in a debugger. */
public final class Orders {
  private Orders() {}

  public static void main(String[] arguments) {
    run(OrdersAsync.work("order", 3));
  }

  @Coroutine
  static int work(String name, int count) {
    Task<Integer> helper = createTask(OrdersAsync.help(name + count), "helper");
    int total = 0;
    for (int i = 0; i < count; i++) {
      await(sleep(Duration.ofMillis(1)));
      total += i; // breakpoint
      total += name.length(); // next line
    }
    return total + await(helper);
  }

  @Coroutine
  static int help(String label) {
    int length = label.length();
    await(sleep(Duration.ofMillis(50)));
    return length;
  }
}
