package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Async;
import io.fermata.AsyncGenerator;
import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.TaskGroup;
import io.fermata.ThrowingScope;
import io.fermata.Yielder;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

class AwaitOutside {
  // ERROR fermata:await-outside at await
  static final Object FIELD = await(sleep(Duration.ZERO));

  static {
    // ERROR fermata:await-outside at Async.await
    Async.await(sleep(Duration.ZERO));
  }

  AwaitOutside() {
    // ERROR fermata:await-outside at await
    await(sleep(Duration.ZERO));
  }

  static void plain(AsyncGenerator<String> numbers) {
    // ERROR fermata:await-outside at await
    await(sleep(Duration.ZERO));
    // ERROR fermata:await-outside at await
    Runnable lambda = () -> await(sleep(Duration.ZERO));
    // ERROR fermata:await-outside at TaskGroup.open()
    try (TaskGroup group = TaskGroup.open()) {
      System.out.println(group);
    }
    // ERROR fermata:await-outside at numbers
    for (String each : numbers) {
      System.out.println(each);
    }
    // ERROR fermata:await-outside at async
    Coro<Integer> coro = async(() -> { await(sleep(Duration.ZERO)); return 1; });
  }

  static void plainEmit(Emitter<String> out) {
    // ERROR fermata:await-outside at out.emit
    out.emit("a");
  }

  @Coroutine
  static void inside(List<Duration> delays) {
    await(sleep(Duration.ZERO));
    // ERROR fermata:await-outside at await
    delays.forEach(each -> await(sleep(each)));
    // ERROR fermata:await-outside at Async::await
    Function<Coro<Void>, Void> reference = Async::await;
    Runnable anonymous = new Runnable() {
      @Override
      public void run() {
        // ERROR fermata:await-outside at await
        await(sleep(Duration.ZERO));
      }
    };
    class Local {
      // ERROR fermata:await-outside at await
      Object field = await(sleep(Duration.ZERO));

      void method(TaskGroup group) {
        // ERROR fermata:await-outside at group
        try (group) {
          System.out.println(group);
        }
      }

      void method(ThrowingScope<java.io.IOException> scope) throws java.io.IOException {
        // ERROR fermata:await-outside at scope
        try (scope) {
          System.out.println(scope);
        }
      }
    }
    await(async(() -> {
      await(sleep(Duration.ZERO));
      // ERROR fermata:await-outside at await
      delays.forEach(each -> await(sleep(each)));
    }));
    delays.forEach(each -> System.out.println(async(() -> await(sleep(each)))));
  }

  @Coroutine
  static void asyncGenerator(Emitter<String> out, List<String> names) {
    out.emit("a");
    // ERROR fermata:await-outside at out.emit
    names.forEach(each -> out.emit(each));
    // ERROR fermata:await-outside at out::emit
    names.forEach(out::emit);
    // ERROR fermata:await-outside at out.emit
    await(async(() -> out.emit("a")));
    Emitter<String> other = out;
    // ERROR fermata:await-outside at other.emit
    other.emit("b");
  }

  @Coroutine
  static void plainGenerator(Yielder<String> out, AsyncGenerator<String> strings) {
    out.yield("a");
    // ERROR fermata:await-outside at await
    await(sleep(Duration.ZERO));
    // ERROR fermata:await-outside at strings
    for (String each : strings) {
      out.yield(each);
    }
    // ERROR fermata:await-outside at async
    Object coro = async(() -> 1);
  }
}
