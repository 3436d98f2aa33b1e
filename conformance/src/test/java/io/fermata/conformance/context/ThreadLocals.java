package io.fermata.conformance.context;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;

import io.fermata.Context;
import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Coroutines that set and read a thread-local. */
final class ThreadLocals {
  static final ThreadLocal<String> USER = ThreadLocal.withInitial(() -> "nobody");

  private ThreadLocals() {}

  @Coroutine
  static String request(String user, int millis) {
    String before = USER.get();
    USER.set(user);
    await(sleep(Duration.ofMillis(millis)));
    String between = USER.get();
    await(ThreadLocalsAsync.inner());
    return before + " " + between + " " + USER.get();
  }

  @Coroutine
  static void inner() {
    USER.set(USER.get() + "!");
    await(sleep(Duration.ofMillis(1)));
  }

  @Coroutine
  static List<String> interleaved() {
    USER.set("main");
    List<String> all =
        await(gather(ThreadLocalsAsync.request("ann", 20), ThreadLocalsAsync.request("bob", 10)));
    List<String> seen = new ArrayList<>(all);
    seen.add(USER.get());
    return seen;
  }

  @Coroutine
  static String read() {
    await(sleep(Duration.ZERO));
    return USER.get();
  }

  @Coroutine
  static List<String> eager() {
    USER.set("creator");
    Task<String> task =
        createTask(ThreadLocalsAsync.request("child", 5), TaskOptions.DEFAULT.eager());
    return List.of(USER.get(), await(task), USER.get());
  }

  @Coroutine
  static List<String> callbacks() {
    List<String> seen = new ArrayList<>();
    EventLoop loop = EventLoop.running();
    Promise<Integer> promise = loop.createPromise();
    USER.set("registered");
    promise.addDoneCallback(done -> seen.add("done " + USER.get()));
    loop.callSoon(() -> seen.add("soon " + USER.get()));
    loop.callLater(Duration.ofMillis(3), () -> seen.add("later " + USER.get()));
    USER.set("changed");
    promise.complete(1);
    await(sleep(Duration.ofMillis(10)));
    seen.add(USER.get());
    return seen;
  }

  @Coroutine
  static List<String> threads() {
    USER.set("taken along");
    String there =
        await(
            toThread(
                () -> {
                  String seen = USER.get();
                  USER.set("stays there");
                  return seen;
                }));
    return List.of(there, USER.get());
  }

  @Coroutine
  static List<String> contexts() {
    USER.set("outside");
    Context context = Context.copyOfCurrent();
    USER.set("outside, later");
    List<String> seen = new ArrayList<>();
    context.run(
        () -> {
          seen.add(USER.get());
          USER.set("inside");
        });
    seen.add(USER.get());
    context.run(() -> seen.add(USER.get()));
    return seen;
  }
}
