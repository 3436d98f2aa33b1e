package io.fermata.conformance.soak;

import static io.fermata.Async.asCompleted;
import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Async.shield;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Async.toPromise;
import static io.fermata.Async.toThread;
import static io.fermata.Async.waitFor;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.EventLoop;
import io.fermata.Outcome;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.TimerHandle;
import io.fermata.Yielder;
import io.fermata.queue.AsyncQueue;
import io.fermata.sync.AsyncLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is done over and over; each coroutine does it {@code times} times and gives a count. */
final class Work {
  static final Duration LONG = Duration.ofHours(1);
  static final Duration SHORT = Duration.ofNanos(1);

  /** What one task holds while it runs: a leak of it would soon be seen. */
  private static final int PAYLOAD = 1_000;

  private static final int WAVE = 100;

  /** What is never done, and outlives all that waits for it. */
  static @Nullable Promise<Integer> never;

  private Work() {}

  static Promise<Integer> never() {
    return Objects.requireNonNull(never);
  }

  @Coroutine
  static int child(byte[] payload) {
    await(sleep(Duration.ZERO));
    return payload.length;
  }

  @Coroutine
  static int tasks(int times) {
    int sum = 0;
    for (int i = 0; i < times; i++) {
      sum += await(createTask(WorkAsync.child(new byte[PAYLOAD])));
    }
    return sum / PAYLOAD;
  }

  @Coroutine
  static int groups(int times) {
    int sum = 0;
    for (int i = 0; i < times; i += WAVE) {
      List<Task<Integer>> tasks = new ArrayList<>();
      try (TaskGroup group = TaskGroup.open()) {
        for (int j = 0; j < WAVE; j++) {
          tasks.add(group.createTask(WorkAsync.child(new byte[PAYLOAD])));
        }
      }
      for (Task<Integer> task : tasks) {
        sum += task.result();
      }
    }
    return sum / PAYLOAD;
  }

  @Coroutine
  static int gathers(int times) {
    int done = 0;
    for (int i = 0; i < times; i += WAVE) {
      List<Coro<Integer>> coros = new ArrayList<>();
      for (int j = 0; j < WAVE; j++) {
        coros.add(WorkAsync.child(new byte[PAYLOAD]));
      }
      done += await(gather(coros)).size();
    }
    return done;
  }

  /** One of the gathered fails; the other, which lives on, must not keep what gathered it. */
  @Coroutine
  static int failedGathers(int times) {
    int failed = 0;
    for (int i = 0; i < times; i++) {
      try {
        await(gather(never(), WorkAsync.fail()));
      } catch (IllegalStateException e) {
        failed++;
      }
    }
    return failed;
  }

  @Coroutine
  static int fail() {
    await(sleep(Duration.ZERO));
    throw new IllegalStateException("as it should");
  }

  /** Failures that nobody looks at; the program's exception handler counts them. */
  @Coroutine
  @SuppressWarnings("fermata:dropped-task")
  static int unretrieved(int times) {
    for (int i = 0; i < times; i++) {
      createTask(WorkAsync.fail());
      await(sleep(Duration.ZERO));
    }
    return times;
  }

  @Coroutine
  static int cancellations(int times) {
    int cancelled = 0;
    for (int i = 0; i < times; i++) {
      Task<Void> task = createTask(sleep(LONG));
      await(sleep(Duration.ZERO));
      task.cancel("enough");
      try {
        await(task);
      } catch (CancelledError e) {
        cancelled++;
      }
    }
    return cancelled;
  }

  @Coroutine
  static int timers(int times) {
    int cancelled = 0;
    for (int i = 0; i < times; i++) {
      byte[] payload = new byte[PAYLOAD];
      TimerHandle timer = EventLoop.running().callLater(LONG, () -> payload[0]++);
      await(sleep(SHORT));
      timer.cancel();
      cancelled += timer.isCancelled() ? 1 : 0;
    }
    return cancelled;
  }

  @Coroutine
  static int timeouts(int times) {
    int expired = 0;
    for (int i = 0; i < times; i += 2) {
      try (var limit = timeout(LONG)) {
        await(sleep(Duration.ZERO));
        expired += limit.expired() ? 0 : 1;
      }
      try {
        await(waitFor(sleep(LONG), SHORT));
      } catch (AsyncTimeoutException e) {
        expired++;
      }
    }
    return expired;
  }

  @Coroutine
  static int stages(int times) {
    int sum = 0;
    for (int i = 0; i < times; i++) {
      CompletableFuture<Integer> stage = new CompletableFuture<>();
      EventLoop.running().callSoon(() -> stage.complete(1));
      sum += await(stage);
    }
    return sum;
  }

  /** Waited for again and again; what waited must not pile up on it. */
  @Coroutine
  static int shields(int times) {
    int expired = 0;
    for (int i = 0; i < times; i++) {
      try {
        await(waitFor(shield(never()), SHORT));
      } catch (AsyncTimeoutException e) {
        expired++;
      }
    }
    return expired;
  }

  /** A stage that lives on, made a promise again and again. */
  @Coroutine
  static int shieldedStages(int times) {
    CompletableFuture<Integer> slow = new CompletableFuture<>();
    int expired = 0;
    for (int i = 0; i < times; i++) {
      try {
        await(waitFor(shield(toPromise(slow)), SHORT));
      } catch (AsyncTimeoutException e) {
        expired++;
      }
    }
    slow.complete(0);
    return expired;
  }

  /** Left after the first: the others must not keep what was left. */
  @Coroutine
  static int asCompletedLeft(int times) {
    int first = 0;
    for (int i = 0; i < times; i++) {
      for (Promise<? extends Integer> done : asCompleted(List.of(never(), WorkAsync.one()))) {
        first += await(done);
        break;
      }
    }
    return first;
  }

  @Coroutine
  static int one() {
    await(sleep(Duration.ZERO));
    return 1;
  }

  @Coroutine
  static int queues(int times) {
    AsyncQueue<byte[]> queue = new AsyncQueue<>(8);
    try (TaskGroup group = TaskGroup.open()) {
      Task<Integer> consumer = group.createTask(WorkAsync.consume(queue, times));
      for (int i = 0; i < times; i++) {
        await(queue.put(new byte[PAYLOAD]));
      }
      return await(consumer);
    }
  }

  @Coroutine
  static int consume(AsyncQueue<byte[]> queue, int times) {
    int taken = 0;
    while (taken < times) {
      taken += await(queue.get()).length / PAYLOAD;
      queue.taskDone();
    }
    return taken;
  }

  /** Gets that are given up: the queue must not keep who waited. */
  @Coroutine
  static int queueGetsGivenUp(int times) {
    AsyncQueue<Integer> queue = new AsyncQueue<>();
    int expired = 0;
    for (int i = 0; i < times; i++) {
      try {
        await(waitFor(queue.get(), SHORT));
      } catch (AsyncTimeoutException e) {
        expired++;
      }
    }
    return expired;
  }

  @Coroutine
  static int locks(int times) {
    AsyncLock lock = new AsyncLock();
    int[] entered = {0};
    for (int i = 0; i < times; i += WAVE) {
      try (TaskGroup group = TaskGroup.open()) {
        for (int j = 0; j < WAVE; j++) {
          group.createTask(WorkAsync.enter(lock, entered));
        }
      }
    }
    return entered[0];
  }

  @Coroutine
  static void enter(AsyncLock lock, int[] entered) {
    try (lock) {
      await(sleep(Duration.ZERO));
      entered[0]++;
    }
  }

  @Coroutine
  static void numbers(Emitter<Integer> out, byte[] payload) {
    for (int i = 1; i <= payload.length; i++) {
      await(sleep(Duration.ZERO));
      out.emit(i);
    }
  }

  @Coroutine
  static void plainNumbers(Yielder<Integer> out, byte[] payload) {
    for (int i = 1; i <= payload.length; i++) {
      out.yield(i);
    }
  }

  /** Generators that are left early, both kinds. */
  @Coroutine
  static int generators(int times) {
    int first = 0;
    for (int i = 0; i < times; i += 2) {
      for (int number : WorkAsync.numbers(new byte[PAYLOAD])) {
        first += number;
        break;
      }
      for (int number : WorkAsync.plainNumbers(new byte[PAYLOAD])) {
        first += number;
        break;
      }
    }
    return first;
  }

  /** Generators that are dropped in the middle, and never closed by anybody. */
  @Coroutine
  static int droppedGenerators(int times) {
    int first = 0;
    for (int i = 0; i < times; i++) {
      var numbers = WorkAsync.numbers(new byte[PAYLOAD]).asyncIterator();
      first += await(numbers.moveNext()) ? numbers.current() : 0;
    }
    return first;
  }

  @Coroutine
  static int threads(int times) {
    int sum = 0;
    for (int i = 0; i < times; i += WAVE) {
      List<Coro<Integer>> jobs = new ArrayList<>();
      for (int j = 0; j < WAVE; j++) {
        jobs.add(toThread(() -> 1));
      }
      for (Outcome<Integer> job : await(gatherOutcomes(jobs))) {
        sum += job instanceof Outcome.Success<Integer> success ? success.value() : 0;
      }
    }
    return sum;
  }
}
