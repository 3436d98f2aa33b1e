package io.fermata;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The functions of Fermata, to be imported statically: asyncio's names, in Java's case.
 *
 * <pre>{@code
 * import static io.fermata.Async.*;
 *
 * @Coroutine
 * static int both() {
 *   Task<Integer> one = createTask(SumAsync.slowly(1));
 *   return await(SumAsync.slowly(2)) + await(one);
 * }
 *
 * int sum = run(SumAsync.both());
 * }</pre>
 *
 * <p><b>Thread.</b> Unless said otherwise they are for code that a loop runs, on its thread, and
 * throw {@link IllegalStateException} where none does. <b>Null</b> is refused with {@link
 * NullPointerException} wherever it is not mentioned.
 *
 * <p>asyncio: the functions of the package {@code asyncio}.
 */
@SuppressWarnings("DoNotCallSuggester") // what the processor replaces throws where it did not
public final class Async {
  private Async() {}

  // The resume point. The processor replaces these calls; see NotProcessed.

  /**
   * Waits for the outcome without holding the thread: gives the value, or throws the failure as the
   * same object. What is done already does not suspend. Legal only inside {@link Coroutine} methods
   * and {@code async} lambdas.
   *
   * @throws CancelledError if this task, or what it awaits, is cancelled
   */
  public static <T extends @Nullable Object> T await(Awaitable<T> awaitable) {
    throw NotProcessed.call("await");
  }

  /** As {@link #await(Awaitable)}, for a coroutine that declares a checked exception. */
  public static <T extends @Nullable Object, X extends Throwable> T await(ThrowingCoro<T, X> coro)
      throws X {
    throw NotProcessed.call("await");
  }

  /**
   * Waits for a stage. {@link java.util.concurrent.CompletionException} and {@link
   * java.util.concurrent.ExecutionException} are unwrapped; a cancelled stage gives {@link
   * CancelledError}, and cancelling the task cancels the stage where it can.
   */
  public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    throw NotProcessed.call("await");
  }

  /** As {@link #await(Awaitable)}; tells the compiler which checked exception may come out. */
  public static <T extends @Nullable Object, X extends Throwable> T await(
      Awaitable<T> awaitable, Class<X> exception) throws X {
    throw NotProcessed.call("await");
  }

  /** As {@link #await(Awaitable)}; tells the compiler which checked exceptions may come out. */
  public static <T extends @Nullable Object, X extends Throwable, Y extends Throwable> T await(
      Awaitable<T> awaitable, Class<X> exception, Class<Y> another) throws X, Y {
    throw NotProcessed.call("await");
  }

  /** As {@link #await(CompletionStage)}; tells which checked exception may come out. */
  public static <T extends @Nullable Object, X extends Throwable> T await(
      CompletionStage<T> stage, Class<X> exception) throws X {
    throw NotProcessed.call("await");
  }

  /** As {@link #await(CompletionStage)}; tells which checked exceptions may come out. */
  public static <T extends @Nullable Object, X extends Throwable, Y extends Throwable> T await(
      CompletionStage<T> stage, Class<X> exception, Class<Y> another) throws X, Y {
    throw NotProcessed.call("await");
  }

  /**
   * A coroutine lambda with a value. Legal anywhere inside a {@link Coroutine} method.
   *
   * <pre>{@code
   * int answer = await(async(() -> { await(sleep(ofSeconds(1))); return 42; }));
   * }</pre>
   */
  public static <T extends @Nullable Object, X extends Throwable> ThrowingCoro<T, X> async(
      AsyncCallable<T, X> body) {
    throw NotProcessed.call("async");
  }

  /** A coroutine lambda without a value. Legal anywhere inside a {@link Coroutine} method. */
  public static <X extends Throwable> ThrowingCoro<Void, X> async(AsyncRunnable<X> body) {
    throw NotProcessed.call("async");
  }

  // Running.

  /**
   * Runs a coroutine on a new loop on this thread and gives its value. Then cancels the tasks that
   * are left, ends async generators and the default executor, and closes the loop.
   *
   * <p>asyncio: {@code asyncio.run}.
   *
   * @throws IllegalStateException inside a running loop
   * @throws InterruptedRunException if the thread is interrupted, which cancels the main task
   */
  public static <T extends @Nullable Object> T run(Awaitable<T> main) {
    return run(main, RunOptions.DEFAULT);
  }

  /** As {@link #run(Awaitable)}, for a coroutine that declares a checked exception. */
  public static <T extends @Nullable Object, X extends Throwable> T run(ThrowingCoro<T, X> main)
      throws X {
    return run((Awaitable<T>) main, RunOptions.DEFAULT);
  }

  /** As {@link #run(Awaitable)}, with options. */
  public static <T extends @Nullable Object> T run(Awaitable<T> main, RunOptions options) {
    Runner.checkNotInLoop("Async.run");
    try (Runner runner = new Runner(options)) {
      return runner.run(main);
    }
  }

  /** As {@link #run(ThrowingCoro)}, with options. */
  public static <T extends @Nullable Object, X extends Throwable> T run(
      ThrowingCoro<T, X> main, RunOptions options) throws X {
    return run((Awaitable<T>) main, options);
  }

  // Tasks.

  /**
   * Has the loop run the coroutine beside the caller, from its next pass on. The loop holds on to
   * the task until it is done.
   *
   * <p>asyncio: {@code asyncio.create_task}.
   *
   * @throws IllegalStateException if the coroutine was started before
   */
  public static <T extends @Nullable Object> Task<T> createTask(Coro<T> coro) {
    return EventLoop.running().createTask(coro);
  }

  /** A task with a name; see {@link #createTask(Coro)}. */
  public static <T extends @Nullable Object> Task<T> createTask(Coro<T> coro, String name) {
    return EventLoop.running().createTask(coro, name);
  }

  /** A task made as the options say; see {@link #createTask(Coro)}. */
  public static <T extends @Nullable Object> Task<T> createTask(Coro<T> coro, TaskOptions options) {
    return EventLoop.running().createTask(coro, options);
  }

  /** The task whose code runs; null in a plain callback of the loop. */
  public static @Nullable Task<?> currentTask() {
    return EventLoop.running().currentTask;
  }

  /** The task that a loop is running; null if none, or if the loop does not run. */
  public static @Nullable Task<?> currentTask(EventLoop loop) {
    return Objects.requireNonNull(loop, "loop").currentTask;
  }

  /** The tasks of the running loop that are not done, in order of creation. */
  public static Set<Task<?>> allTasks() {
    return EventLoop.running().tasks();
  }

  /** The tasks of a loop that are not done, in order of creation. */
  public static Set<Task<?>> allTasks(EventLoop loop) {
    return Objects.requireNonNull(loop, "loop").tasks();
  }

  // Time.

  /**
   * Suspends for a time. Zero, or a negative delay, gives way for one pass of the loop.
   *
   * <p>asyncio: {@code asyncio.sleep}.
   */
  public static Coro<Void> sleep(Duration delay) {
    Objects.requireNonNull(delay, "delay");
    return delay.isZero() || delay.isNegative()
        ? SharedCoro.YIELD
        : new Sleep<>(Durations.toNanos(delay), Unchecked.<Void>cast(null));
  }

  /** As {@link #sleep(Duration)}, and gives {@code result}. */
  public static <T extends @Nullable Object> Coro<T> sleep(Duration delay, T result) {
    Objects.requireNonNull(delay, "delay");
    return new Sleep<>(Durations.toNanos(delay), result);
  }

  /**
   * A scope whose block is cancelled after {@code delay}, and then ends in {@link
   * AsyncTimeoutException}.
   *
   * <pre>{@code
   * try (Timeout timeout = timeout(ofSeconds(10))) {
   *   await(longWork());
   * }
   * }</pre>
   *
   * <p>asyncio: {@code asyncio.timeout}.
   */
  public static Timeout timeout(Duration delay) {
    Objects.requireNonNull(delay, "delay");
    EventLoop loop = EventLoop.running();
    return Timeout.at(loop.deadlineAfter(Durations.toNanos(delay)));
  }

  /** As {@link #timeout}, with a deadline in nanoseconds of {@link EventLoop#time()}. */
  public static Timeout timeoutAt(long loopNanos) {
    return Timeout.at(loopNanos);
  }

  /**
   * Awaits for at most {@code timeout}. When the time is up, what is awaited is cancelled and
   * waited for, and {@link AsyncTimeoutException} is thrown. A coroutine runs in the caller's task.
   *
   * <p>asyncio: {@code asyncio.wait_for}.
   *
   * @param timeout zero or negative: only what is done already is accepted; null: no limit
   */
  public static <T extends @Nullable Object> Coro<T> waitFor(
      Awaitable<T> awaitable, @Nullable Duration timeout) {
    return new WaitFor<>(awaitable, timeout);
  }

  // Several at once.

  /**
   * Runs all at once and gives their values in the order of the arguments. The first failure is
   * passed on at once, and the others go on; prefer a {@link TaskGroup}, which cancels them.
   * Cancelling the promise cancels all of them. A coroutine given several times runs once.
   *
   * <p>asyncio: {@code asyncio.gather}.
   *
   * @throws IllegalArgumentException if promises of different loops are given
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T extends @Nullable Object> Promise<List<T>> gather(
      Awaitable<? extends T>... awaitables) {
    return gather(Arrays.asList(awaitables));
  }

  /** As {@link #gather(Awaitable[])}. */
  public static <T extends @Nullable Object> Promise<List<T>> gather(
      Collection<? extends Awaitable<? extends T>> awaitables) {
    return GatherPromise.ofValues(awaitables, GatherPromise::<T>values);
  }

  /** Gathers two of different types. */
  public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Promise<R> gather(
          Awaitable<A> a, Awaitable<B> b, BiFunction<? super A, ? super B, ? extends R> combiner) {
    return GatherPromise.ofValues(
        List.of(a, b), c -> combiner.apply(Combination.<A>at(c, 0), Combination.<B>at(c, 1)));
  }

  /** Gathers three of different types. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      Promise<R> gather(
          Awaitable<A> a,
          Awaitable<B> b,
          Awaitable<C> c,
          Combiner.Of3<? super A, ? super B, ? super C, ? extends R> combiner) {
    return GatherPromise.ofValues(
        List.of(a, b, c),
        p ->
            combiner.combine(
                Combination.<A>at(p, 0), Combination.<B>at(p, 1), Combination.<C>at(p, 2)));
  }

  /** Gathers four of different types. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      Promise<R> gather(
          Awaitable<A> a,
          Awaitable<B> b,
          Awaitable<C> c,
          Awaitable<D> d,
          Combiner.Of4<? super A, ? super B, ? super C, ? super D, ? extends R> combiner) {
    return GatherPromise.ofValues(
        List.of(a, b, c, d),
        p ->
            combiner.combine(
                Combination.<A>at(p, 0),
                Combination.<B>at(p, 1),
                Combination.<C>at(p, 2),
                Combination.<D>at(p, 3)));
  }

  /** Gathers five of different types. */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      Promise<R> gather(
          Awaitable<A> a,
          Awaitable<B> b,
          Awaitable<C> c,
          Awaitable<D> d,
          Awaitable<E> e,
          Combiner.Of5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R>
              combiner) {
    return GatherPromise.ofValues(
        List.of(a, b, c, d, e),
        p ->
            combiner.combine(
                Combination.<A>at(p, 0),
                Combination.<B>at(p, 1),
                Combination.<C>at(p, 2),
                Combination.<D>at(p, 3),
                Combination.<E>at(p, 4)));
  }

  /**
   * Runs all at once, waits for all, and gives how each of them ended.
   *
   * <p>asyncio: {@code gather(return_exceptions=True)}.
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T extends @Nullable Object> Promise<List<Outcome<T>>> gatherOutcomes(
      Awaitable<? extends T>... awaitables) {
    return gatherOutcomes(Arrays.asList(awaitables));
  }

  /** As {@link #gatherOutcomes(Awaitable[])}. */
  public static <T extends @Nullable Object> Promise<List<Outcome<T>>> gatherOutcomes(
      Collection<? extends Awaitable<? extends T>> awaitables) {
    return GatherPromise.ofOutcomes(awaitables);
  }

  /**
   * Keeps a cancellation of the caller away from {@code awaitable}, which goes on; a cancellation
   * of itself comes through. Keep a reference to what you shield, so that its failure is seen.
   *
   * <p>asyncio: {@code asyncio.shield}.
   */
  public static <T extends @Nullable Object> Promise<T> shield(Awaitable<T> awaitable) {
    return Shield.of(awaitable);
  }

  /**
   * Waits until all, or the first, are done. Throws none of their failures and cancels nothing.
   *
   * <p>asyncio: {@code asyncio.wait}.
   *
   * @throws IllegalArgumentException if there is nothing to wait for
   */
  public static <F extends Promise<?>> Coro<WaitResult<F>> waitUntil(
      Collection<? extends F> promises, ReturnWhen returnWhen) {
    return new WaitUntil<>(promises, returnWhen, null);
  }

  /** As {@link #waitUntil(Collection, ReturnWhen)}, at most for {@code timeout}. */
  public static <F extends Promise<?>> Coro<WaitResult<F>> waitUntil(
      Collection<? extends F> promises, ReturnWhen returnWhen, Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return new WaitUntil<>(promises, returnWhen, timeout);
  }

  /**
   * Gives the awaitables as they finish, each as a promise that is done; the tasks and promises
   * passed in as they are. For a {@code for} loop in a coroutine.
   *
   * <p>asyncio: {@code asyncio.as_completed}.
   */
  public static <T extends @Nullable Object> AsyncIterable<Promise<? extends T>> asCompleted(
      Collection<? extends Awaitable<? extends T>> awaitables) {
    return new AsCompleted<>(awaitables, null);
  }

  /**
   * As {@link #asCompleted(Collection)}; the step that has to wait longer than {@code timeout},
   * from the start of the loop, throws {@link AsyncTimeoutException}.
   */
  public static <T extends @Nullable Object> AsyncIterable<Promise<? extends T>> asCompleted(
      Collection<? extends Awaitable<? extends T>> awaitables, Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return new AsCompleted<>(awaitables, timeout);
  }

  // Threads.

  /**
   * Runs blocking work in another thread: a virtual one where the JDK has them. It sees a copy of
   * the caller's {@link Context}. Cancelling the task does not stop the work.
   *
   * <p>asyncio: {@code asyncio.to_thread}.
   */
  public static <T extends @Nullable Object> Coro<T> toThread(Callable<T> work) {
    return new ToThread<>(work);
  }

  /** As {@link #toThread(Callable)}, for work without a value. */
  public static Coro<Void> toThread(ThrowingRunnable work) {
    Objects.requireNonNull(work, "work");
    return new ToThread<>(
        () -> {
          work.run();
          return Unchecked.<Void>cast(null);
        });
  }

  /**
   * Hands a coroutine to a loop that runs in another thread, from any thread. Cancelling the future
   * cancels the task.
   *
   * <p>asyncio: {@code asyncio.run_coroutine_threadsafe}.
   *
   * @throws IllegalStateException if the loop is closed
   */
  public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
      Coro<T> coro, EventLoop loop) {
    return StageBridge.submit(coro, loop);
  }

  // Promises.

  /**
   * A promise as it is, a coroutine as a new task, any other awaitable as a task that awaits it.
   *
   * <p>asyncio: {@code asyncio.ensure_future}.
   */
  public static <T extends @Nullable Object> Promise<T> ensurePromise(Awaitable<T> awaitable) {
    Objects.requireNonNull(awaitable, "awaitable");
    if (awaitable instanceof Promise<T> promise) {
      return promise;
    }
    return Awaitables.ensurePromise(EventLoop.running(), awaitable);
  }

  /** The stage's outcome as a promise; cancelling it cancels the stage where it can. */
  public static <T extends @Nullable Object> Promise<T> toPromise(CompletionStage<T> stage) {
    return StageBridge.toPromise(stage);
  }

  /** A promise that has this value. */
  public static <T extends @Nullable Object> Promise<T> completed(T value) {
    Promise<T> promise = EventLoop.running().createPromise();
    promise.complete(value);
    return promise;
  }

  /** A promise that has failed. */
  public static <T extends @Nullable Object> Promise<T> failed(Throwable failure) {
    Promise<T> promise = EventLoop.running().createPromise();
    promise.fail(failure);
    return promise;
  }

  // Looking inside.

  /**
   * Who awaits whom, from a task outwards, with the user's own files and lines.
   *
   * <p>asyncio: {@code asyncio.capture_call_graph}.
   */
  public static CallGraph captureCallGraph(Promise<?> promise) {
    return CallGraph.of(promise);
  }

  /** {@link #captureCallGraph} as text. */
  public static String formatCallGraph(Promise<?> promise) {
    return CallGraph.of(promise).toString();
  }
}
