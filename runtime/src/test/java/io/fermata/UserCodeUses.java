package io.fermata;

import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.codegen.Continuation;
import io.fermata.queue.AsyncPriorityQueue;
import io.fermata.sync.AsyncCondition;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Uses of the runtime in a task, in each of which a user's code makes {@link Trouble}. */
class UserCodeUses {

  /** Where what the user's code throws comes out. */
  enum ComesOut {
    /** Of the task: thrown where it called or awaited. */
    IN_TASK,
    /** At the loop's exception handler. */
    AT_HANDLER,
    /** In a text at most, since a description was asked for. */
    IN_TEXT
  }

  interface Body {
    void run(Trouble trouble) throws Throwable;
  }

  interface Setup {
    void of(VirtualTimeLoop loop, Trouble trouble);
  }

  record Use(String name, ComesOut comesOut, Setup setup, Body body) {}

  private final List<Use> uses = new ArrayList<>();

  UserCodeUses() {}

  static List<Use> all() {
    UserCodeUses calls = new UserCodeUses();
    calls.callingBack();
    calls.combining();
    calls.collecting();
    calls.calling();
    calls.otherThreads();
    calls.makingTasks();
    return Stream.of(calls, new UsesOfTexts(), new UsesOfThreadLocals())
        .flatMap(some -> some.uses.stream())
        .toList();
  }

  void use(String name, ComesOut comesOut, Body body) {
    use(name, comesOut, (loop, trouble) -> {}, body);
  }

  void use(String name, ComesOut comesOut, Setup setup, Body body) {
    uses.add(new Use(name, comesOut, setup, body));
  }

  static EventLoop loop() {
    return EventLoop.running();
  }

  static Trouble none() {
    return new Trouble(Trouble.Kind.NULL).make(false);
  }

  static void pause() {
    await(Async.sleep(Duration.ofMillis(2)));
  }

  static void assertTold(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  static Coro<Integer> one() {
    return coro("one", () -> 1);
  }

  private static Awaitable<Integer> awaitable(Trouble trouble) {
    return () -> trouble.in("toPromise", null);
  }

  private void callingBack() {
    use(
        "callbacks",
        ComesOut.AT_HANDLER,
        t -> {
          loop().callSoon(new Hostile.Thing(t));
          loop().callLater(Duration.ofMillis(1), new Hostile.Thing(t));
          pause();
        });
    use(
        "a done callback of a promise whose value has no text",
        ComesOut.AT_HANDLER,
        t -> {
          Promise<Hostile.Thing> promise = loop().createPromise();
          promise.addDoneCallback(done -> t.in("accept"));
          promise.complete(new Hostile.Thing(new Trouble(t.kind)));
          pause();
        });
    use(
        "a done callback without a text",
        ComesOut.AT_HANDLER,
        t -> {
          Promise<Integer> promise = loop().createPromise();
          promise.addDoneCallback(new Hostile.Thing(t));
          promise.complete(1);
          pause();
        });
    use(
        "a callback that is taken back",
        ComesOut.IN_TASK,
        t -> {
          Promise<Integer> promise = loop().createPromise();
          promise.addDoneCallback(new Hostile.Thing(t));
          promise.removeDoneCallback(done -> {});
        });
    use(
        "timers that are compared",
        ComesOut.IN_TASK,
        t -> {
          Handle handle = loop().callAt(Long.MAX_VALUE, new Hostile.Thing(t));
          Handle other = loop().callAt(Long.MAX_VALUE, new Hostile.Thing(none()));
          try {
            assertTrue(handle.equals(other));
          } finally {
            handle.cancel();
            other.cancel();
          }
        });
  }

  private void combining() {
    use(
        "a combiner of two",
        ComesOut.IN_TASK,
        t -> await(Async.gather(one(), one(), (a, b) -> t.in("apply", 1))));
    use(
        "a combiner of three",
        ComesOut.IN_TASK,
        t -> await(Async.gather(one(), one(), one(), (a, b, c) -> t.in("combine", 1))));
    use(
        "a combiner of four",
        ComesOut.IN_TASK,
        t -> await(Async.gather(one(), one(), one(), one(), (a, b, c, d) -> t.in("combine", 1))));
    use(
        "a combiner of five",
        ComesOut.IN_TASK,
        t ->
            await(
                Async.gather(
                    one(), one(), one(), one(), one(), (a, b, c, d, e) -> t.in("combine", 1))));
  }

  private void collecting() {
    use(
        "a collection that gather goes through",
        ComesOut.IN_TASK,
        t -> await(Async.gather(new Hostile.Elements<>(t, "iterator", one()))));
    use(
        "a collection that gather copies",
        ComesOut.IN_TASK,
        t -> await(Async.gather(new Hostile.Elements<>(t, "toArray", Async.completed(1)))));
    use(
        "a collection for waitUntil",
        ComesOut.IN_TASK,
        t -> {
          List<Promise<Integer>> promises =
              new Hostile.Elements<>(t, "iterator", Async.completed(1));
          await(Async.waitUntil(promises, ReturnWhen.ALL_COMPLETED));
        });
    use(
        "a collection for asCompleted",
        ComesOut.IN_TASK,
        t -> Async.asCompleted(new Hostile.Elements<>(t, "toArray", one())));
    use(
        "a collection for a race",
        ComesOut.IN_TASK,
        t -> await(Async.race(new Hostile.Elements<>(t, "toArray", one()))));
    use(
        "a list for a group",
        ComesOut.IN_TASK,
        t -> {
          List<Throwable> members = new Hostile.Elements<>(t, "toArray", new Error());
          assertEquals(1, new ExceptionGroup("one", members).exceptions().size());
        });
    use(
        "the thread-locals of options",
        ComesOut.IN_TASK,
        t -> {
          List<ThreadLocalAccessor<?>> accessors =
              new Hostile.Elements<>(t, "toArray", Hostile.accessor(none(), ""));
          assertEquals(
              1,
              new RunOptions(null, null, Duration.ZERO, accessors, null, Duration.ZERO, null, null)
                  .threadLocals()
                  .size());
        });
    for (String method : List.of("isEmpty", "forEach")) {
      use(
          "the thread-locals of a loop, by " + method,
          ComesOut.IN_TASK,
          t -> {
            List<ThreadLocalAccessor<?>> accessors =
                new Hostile.Elements<>(t, method, Hostile.accessor(none(), ""));
            new VirtualTimeLoop().setThreadLocals(accessors);
          });
    }
  }

  @SuppressWarnings("UnusedVariable") // it does not get to compare
  private static Comparator<Integer> comparator(Trouble trouble) {
    return (a, b) -> trouble.in("compare", 0);
  }

  private void calling() {
    use("an awaitable", ComesOut.IN_TASK, t -> await(awaitable(t)));
    use("an awaitable in a gather", ComesOut.IN_TASK, t -> await(Async.gather(awaitable(t))));
    use(
        "what makes a coroutine that is to start",
        ComesOut.IN_TASK,
        t -> {
          TaskGroup group = TaskGroup.open();
          await(group.enter());
          await(group.start(status -> t.in("coroutine", null)));
        });
    use("a context's code", ComesOut.IN_TASK, t -> new Context().run(new Hostile.Thing(t)));
    use("a context's call", ComesOut.IN_TASK, t -> new Context().call(() -> t.in("call", 1)));
    use("a context's supplier", ComesOut.IN_TASK, t -> new Context().get(() -> t.in("get", 1)));
    use("a resource", ComesOut.IN_TASK, t -> Closing.close(() -> t.in("close"), null));
    use(
        "a resource that is closed after a failure",
        ComesOut.IN_TEXT,
        t -> {
          Throwable failure = new ArithmeticException();
          Closing.close(() -> t.in("close"), failure);
          assertEquals(t.thrown, List.of(failure.getSuppressed()));
        });
    use(
        "a comparator",
        ComesOut.IN_TASK,
        t -> new AsyncPriorityQueue<Integer>(comparator(t)).putNow(1));
    use(
        "a comparator that is asked for the first item",
        ComesOut.IN_TASK,
        t -> {
          t.make(false);
          AsyncPriorityQueue<Integer> queue = new AsyncPriorityQueue<>(comparator(t));
          for (int i = 0; i < 3; i++) {
            queue.putNow(i);
          }
          t.make(true);
          try {
            await(queue.get());
          } finally {
            assertEquals(3, queue.size());
          }
        });
    use(
        "an item's order",
        ComesOut.IN_TASK,
        t -> new AsyncPriorityQueue<Hostile.Thing>().putNow(new Hostile.Thing(t)));
    use(
        "a predicate",
        ComesOut.IN_TASK,
        t -> {
          AsyncCondition condition = new AsyncCondition();
          Co.with(condition, () -> await(condition.whenTrue(() -> t.in("getAsBoolean", true))));
        });
  }

  /** Closes resources as generated code does. */
  private abstract static class Closing extends Continuation<Integer, RuntimeException> {
    static void close(AutoCloseable resource, Throwable thrown) throws Throwable {
      closeResource(resource, thrown);
    }
  }

  private void otherThreads() {
    use("work for a thread", ComesOut.IN_TASK, t -> await(Async.toThread(() -> t.in("run"))));
    use(
        "work with a value for a thread",
        ComesOut.IN_TASK,
        t -> await(Async.toThread(() -> t.in("call", 1))));
    use(
        "work for a thread that is interrupted when nobody waits",
        ComesOut.IN_TASK,
        t -> await(Async.toThread(() -> t.in("call", 1), ThreadOptions.DEFAULT.interrupting())));
    use(
        "work for an executor",
        ComesOut.IN_TASK,
        t -> {
          Executor executor = Runnable::run;
          await(loop().runInExecutor(executor, () -> t.in("call", 1)));
        });
    use(
        "an executor",
        ComesOut.IN_TASK,
        t -> await(loop().runInExecutor(new Hostile.Workers(t, none()), () -> 1)));
    use(
        "the end of an executor",
        ComesOut.AT_HANDLER,
        t -> {
          loop().setDefaultExecutor(new Hostile.Workers(none(), t));
          try {
            await(loop().shutdownDefaultExecutor());
          } finally {
            loop().setDefaultExecutor(new Hostile.Workers(none(), none()));
          }
        });
    use(
        "a loop's executor",
        ComesOut.AT_HANDLER,
        t -> {
          VirtualTimeLoop other = new VirtualTimeLoop();
          other.setExceptionHandler(loop().getExceptionHandler());
          other.setDefaultExecutor(new Hostile.Workers(none(), t));
          other.close();
        });
    use(
        "a stage that is to call",
        ComesOut.IN_TASK,
        t -> Async.toPromise(new Hostile.Stage(t, "whenComplete")));
    use(
        "a stage that is cancelled",
        ComesOut.AT_HANDLER,
        t -> {
          Async.toPromise(new Hostile.Stage(t, "cancel")).cancel();
          pause();
        });
  }

  private void makingTasks() {
    use(
        "a callback at the end of a pass",
        ComesOut.AT_HANDLER,
        t -> {
          loop().callAtPassEnd(new Hostile.Thing(t));
          pause();
        });
    use(
        "a task factory",
        ComesOut.IN_TASK,
        t -> {
          TaskGroup group = TaskGroup.open();
          await(group.enter());
          loop().setTaskFactory(Hostile.factory(t));
          try {
            group.createTask(one());
          } finally {
            loop().setTaskFactory(null);
            assertEquals(Set.of(), group.tasks());
          }
        });
    use(
        "a loop factory",
        ComesOut.IN_TASK,
        t -> {
          RunOptions options = RunOptions.DEFAULT.withLoopFactory(() -> t.in("get", null));
          try (Runner runner = new Runner(options)) {
            runner.getLoop();
          }
        });
    use(
        "a fault injector",
        ComesOut.IN_TASK,
        t -> {
          VirtualTimeLoop own = (VirtualTimeLoop) loop();
          own.injectFaults(task -> t.in("beforeResume", null));
          try {
            await(Async.sleep(Duration.ZERO));
          } finally {
            own.injectFaults(null);
          }
        });
  }
}
