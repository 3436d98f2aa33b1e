package io.fermata.conformance.traces;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.failed;
import static io.fermata.Async.gather;
import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Async.shield;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Async.toThread;
import static io.fermata.Async.waitFor;
import static io.fermata.Async.waitUntil;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import io.fermata.Promise;
import io.fermata.ReturnWhen;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.TaskOptions;
import io.fermata.Timeout;
import io.fermata.Yielder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Coroutines that fail in all ways. A line that stands in a trace ends in the name of its method,
 * with a number where a method has several.
 */
final class Traces {
  static final Duration TICK = Duration.ofSeconds(1);

  /** What the coroutines have caught, by the place. */
  private static final Map<String, StackTraceElement[]> SEEN = new LinkedHashMap<>();

  private Traces() {}

  static Map<String, StackTraceElement[]> takeSeen() {
    Map<String, StackTraceElement[]> seen = new LinkedHashMap<>(SEEN);
    SEEN.clear();
    return seen;
  }

  private static void put(String place, Throwable seen) {
    SEEN.put(place, seen.getStackTrace());
  }

  /** What a logger would print there. */
  static void see(String place, Throwable seen) {
    put(place, seen);
    if (seen.getCause() != null) {
      put(place + ", cause", seen.getCause());
    }
    for (Throwable suppressed : seen.getSuppressed()) {
      put(place + ", suppressed", suppressed);
    }
  }

  @SuppressWarnings("DoNotCallSuggester") // it is there to be called
  static int fetch() {
    throw new IllegalStateException("connection refused"); // fetch
  }

  /** A library of the user's that catches for itself. */
  static int orThrow(Supplier<Integer> fetch) {
    try {
      return fetch.get(); // orThrow#1
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("wrapped in plain code", e); // orThrow#2
    }
  }

  @Coroutine
  static int leaf(boolean later) {
    if (later) {
      await(sleep(TICK));
    }
    return fetch(); // leaf
  }

  @Coroutine
  static int middle(boolean later) {
    int sum = 1;
    return sum + await(TracesAsync.leaf(later)); // middle
  }

  @Coroutine
  static void outer(Coro<?> inner) {
    await(inner); // outer
  }

  @Coroutine
  static void caughtAtResumePoint(boolean later) {
    try {
      await(TracesAsync.middle(later)); // caughtAtResumePoint
    } catch (IllegalStateException e) {
      see("here", e);
      throw e;
    }
  }

  @Coroutine
  static void caughtInPlainCode(boolean later) {
    if (later) {
      await(sleep(TICK));
    }
    try {
      fetch(); // caughtInPlainCode
    } catch (IllegalStateException e) {
      see("here", e);
      throw e;
    }
  }

  @Coroutine
  static void wrapped(boolean later) {
    try {
      await(TracesAsync.leaf(later)); // wrapped#1
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("wrapped", e); // wrapped#2
    }
  }

  @Coroutine
  static void wrappedTwice(boolean later) {
    try {
      await(TracesAsync.wrapped(later)); // wrappedTwice
    } catch (IllegalArgumentException e) {
      see("here", e);
      throw e;
    }
  }

  @Coroutine
  static int wrappedInPlainCode(boolean later) {
    if (later) {
      await(sleep(TICK));
    }
    return orThrow(Traces::fetch); // wrappedInPlainCode
  }

  @Coroutine
  static void rethrownLater(boolean later) {
    try {
      await(TracesAsync.leaf(later)); // rethrownLater
    } catch (IllegalStateException e) {
      await(sleep(TICK));
      throw e;
    }
  }

  @Coroutine
  static void suppressed(boolean later) throws Exception {
    try (AutoCloseable c = Traces::fetch) { // suppressed#1
      await(TracesAsync.leaf(later)); // suppressed#2
    }
  }

  @Coroutine
  static void suppressedInPlainCode(boolean later) throws Exception {
    if (later) {
      await(sleep(TICK));
    }
    try (AutoCloseable c = Traces::fetch) { // suppressedInPlainCode#1
      fetch(); // suppressedInPlainCode#2
    }
  }

  @Coroutine
  static void inLambdas(boolean later) {
    if (later) {
      await(sleep(TICK));
    }
    Supplier<Integer> caught =
        () -> {
          try {
            return fetch(); // lambda$inLambdas$0
          } catch (IllegalStateException e) {
            see("in the lambda", e);
            return 0;
          }
        };
    int none = caught.get(); // inLambdas#1
    Runnable thrown =
        () -> {
          both(none, fetch()); // lambda$inLambdas$1
        };
    thrown.run(); // inLambdas#2
  }

  @Coroutine
  static void inLocalClass(boolean later) {
    int start = 1;
    class Handler {
      int n = start;

      void handle() {
        if (n > 0) {
          fetch(); // $Handler.handle
        }
      }

      @SuppressWarnings("UnusedMethod") // it must stay so
      Throwable told(Throwable t) {
        throw new AssertionError("a name of generated code's is called here", t);
      }

      void handleAndCatch() {
        try {
          handle(); // $Handler.handleAndCatch
        } catch (IllegalStateException e) {
          see("in the class", e);
        }
      }
    }
    Handler handler = new Handler();
    if (later) {
      await(sleep(TICK));
    }
    handler.handleAndCatch(); // inLocalClass#1
    Runnable anonymous =
        new Runnable() {
          @Override
          public void run() {
            handler.handle(); // $1.run
          }
        };
    anonymous.run(); // inLocalClass#2
  }

  @Coroutine
  static int inCoroutineLambda(boolean later) {
    return await( // inCoroutineLambda#1
        async(
            () -> {
              if (later) {
                await(sleep(TICK));
              }
              return fetch(); // inCoroutineLambda#2
            }));
  }

  static int both(int a, int b) {
    return a + b;
  }

  @Coroutine
  static int leftOfAnAwait(boolean later) {
    int one = later ? await(sleep(TICK, 1)) : 1;
    return both(
        one + fetch(), // leftOfAnAwait
        await(sleep(TICK, 1)));
  }

  @Coroutine
  static void numbers(Yielder<Integer> out) {
    out.yield(1);
    fetch(); // numbers
  }

  @Coroutine
  static int overGenerator(boolean later) {
    int sum = later ? await(sleep(TICK, 1)) : 1;
    for (int number : TracesAsync.numbers()) { // overGenerator
      sum += number;
    }
    return sum;
  }

  @Coroutine
  static void ticks(Emitter<Integer> out, boolean later) {
    out.emit(1);
    if (later) {
      await(sleep(TICK));
    }
    fetch(); // ticks
  }

  @Coroutine
  static int overAsyncGenerator(boolean later) {
    int sum = 0;
    for (int tick : TracesAsync.ticks(later)) { // overAsyncGenerator
      sum += tick;
    }
    return sum;
  }

  @Coroutine
  static int inTask(boolean later) {
    Task<Integer> task = createTask(TracesAsync.middle(later));
    return await(task); // inTask
  }

  @Coroutine
  static int inEagerTask(boolean later) {
    Task<Integer> task = createTask(TracesAsync.middle(later), TaskOptions.DEFAULT.eager());
    return await(task); // inEagerTask
  }

  @Coroutine
  static int doneTask(boolean later) {
    Task<Integer> task = createTask(TracesAsync.middle(later));
    await(sleep(TICK.multipliedBy(2)));
    return await(task); // doneTask
  }

  @Coroutine
  static int resultOfTask(boolean later) {
    Task<Integer> task = createTask(TracesAsync.middle(later));
    await(waitUntil(List.of(task), ReturnWhen.ALL_COMPLETED));
    return task.result(); // resultOfTask
  }

  @Coroutine
  static List<Integer> gathered(boolean later) {
    return await(gather(TracesAsync.middle(later), TracesAsync.leaf(later))); // gathered
  }

  @Coroutine
  static int shielded(boolean later) {
    return await(shield(TracesAsync.middle(later))); // shielded
  }

  @Coroutine
  static int waitedFor(boolean later) {
    return await(waitFor(TracesAsync.middle(later), TICK.multipliedBy(9))); // waitedFor
  }

  @Coroutine
  static int waitedForTask(boolean later) {
    Task<Integer> task = createTask(TracesAsync.middle(later));
    return await(waitFor(task, TICK.multipliedBy(9))); // waitedForTask
  }

  @Coroutine
  static void outOfTime(boolean later) {
    await(waitFor(sleep(TICK.multipliedBy(9)), later ? TICK : Duration.ZERO)); // outOfTime
  }

  @Coroutine
  static void outOfTimeInScope(boolean later) {
    try (Timeout t = timeout(later ? TICK : Duration.ZERO)) { // outOfTimeInScope
      await(sleep(TICK.multipliedBy(9)));
    }
  }

  @Coroutine
  static void inGroup(boolean later) {
    try (TaskGroup group = TaskGroup.open()) { // inGroup
      group.createTask(TracesAsync.middle(later));
    }
  }

  @Coroutine
  static void bodyOfGroup(boolean later) {
    try (TaskGroup group = TaskGroup.open()) { // bodyOfGroup#1
      await(TracesAsync.leaf(later)); // bodyOfGroup#2
    }
  }

  @Coroutine
  static int inThread() {
    return await(toThread(() -> 1 + fetch())); // inThread lambda$inThread$0
  }

  @Coroutine
  static int inThreadByReference() {
    return await(toThread(Traces::fetch)); // inThreadByReference
  }

  @Coroutine
  static int inExecutor(Executor executor) {
    EventLoop loop = EventLoop.running();
    return await(loop.runInExecutor(executor, Traces::fetch)); // inExecutor
  }

  @Coroutine
  static int ofStage(CompletionStage<Integer> stage) {
    return await(stage); // ofStage
  }

  static void waitUntilDone(CompletableFuture<?> stage) {
    stage.handle((value, failure) -> 0).join();
  }

  @Coroutine
  static int callerOfStage(boolean later) {
    CompletableFuture<Integer> stage = new CompletableFuture<>();
    Runnable fail =
        () -> {
          try {
            fetch(); // lambda$callerOfStage$0
          } catch (IllegalStateException e) {
            stage.completeExceptionally(e);
          }
        };
    Thread thread = new Thread(fail);
    if (later) {
      EventLoop.running().callSoon(thread::start);
    } else {
      thread.start();
      waitUntilDone(stage);
    }
    return await(TracesAsync.ofStage(stage)); // callerOfStage
  }

  @Coroutine
  static int failedByCallback(boolean later) {
    Promise<Integer> promise = EventLoop.running().createPromise();
    EventLoop.running()
        .callSoon(
            () -> {
              promise.fail(new IllegalStateException()); // lambda$failedByCallback$0
            });
    if (!later) {
      await(sleep(TICK));
    }
    return await(promise); // failedByCallback
  }

  @Coroutine
  static int failedOnTheSpot(boolean later) {
    if (later) {
      await(sleep(TICK));
    }
    return await(failed(new IllegalStateException())); // failedOnTheSpot
  }

  @Coroutine
  static int throughTasks(int depth, boolean later) {
    if (depth == 0) {
      return await(TracesAsync.leaf(later)); // throughTasks#1
    }
    Task<Integer> task = createTask(TracesAsync.throughTasks(depth - 1, later));
    return await(task); // throughTasks#2
  }

  @Coroutine
  static int first(Task<Integer> shared) {
    return await(shared); // first
  }

  @Coroutine
  static int second(Task<Integer> shared) {
    return await(shared); // second
  }

  @Coroutine
  static void awaitedBySeveral(boolean later) {
    Task<Integer> shared = createTask(TracesAsync.leaf(later));
    Task<Integer> first = createTask(TracesAsync.first(shared));
    Task<Integer> second = createTask(TracesAsync.second(shared));
    await(gatherOutcomes(first, second));
    for (int i = 0; i < 3; i++) {
      try {
        await(first); // awaitedBySeveral#1
      } catch (IllegalStateException e) {
        see("by the first", e);
      }
      try {
        await(second); // awaitedBySeveral#2
      } catch (IllegalStateException e) {
        see("by the second", e);
      }
    }
    await(shared); // awaitedBySeveral#3
  }

  /** Starts nothing of what it creates. */
  @Coroutine
  static void forgetful(Consumer<ExceptionContext> reports) {
    EventLoop.running().setExceptionHandler((loop, report) -> reports.accept(report));
    List<Object> kept = new ArrayList<>();
    kept.add(TracesAsync.leaf(true)); // forgetful#1
    forget(kept); // forgetful#2
    kept.add(async(() -> await(sleep(TICK)))); // forgetful#3
    kept.add(TracesAsync.forgetful(reports)); // forgetful#4
  }

  static void forget(List<Object> kept) {
    kept.add(TracesAsync.leaf(true)); // forget
  }
}
