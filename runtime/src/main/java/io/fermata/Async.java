package io.fermata;

import io.fermata.internal.Durations;
import io.fermata.internal.Unchecked;
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

  // The resume point. The processor replaces these calls; see NotProcessed. Who steps into one of
  // them in a debugger stands in a template, which never runs: its twin does, in the class
  // ...Async.

  /**
   * Waits for the outcome without holding the thread: gives the value, or throws the failure as the
   * same object. What is done already does not suspend. Legal only inside {@link Coroutine} methods
   * and {@code async} lambdas.
   *
   * @param <T> type of the value
   * @param awaitable a coroutine, a task or promise, or a user's own
   * @return the value
   * @throws CancelledError if this task, or what it awaits, is cancelled
   */
  public static <T extends @Nullable Object> T await(Awaitable<T> awaitable) {
    throw NotProcessed.call("await");
  }

  /**
   * As {@link #await(Awaitable)}, for a coroutine that declares a checked exception.
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param coro a coroutine that was not started
   * @return the value
   * @throws X as the coroutine declares it
   */
  public static <T extends @Nullable Object, X extends Throwable> T await(ThrowingCoro<T, X> coro)
      throws X {
    throw NotProcessed.call("await");
  }

  /**
   * Waits for a stage. {@link java.util.concurrent.CompletionException} and {@link
   * java.util.concurrent.ExecutionException} are unwrapped; a cancelled stage gives {@link
   * CancelledError}, and cancelling the task cancels the stage where it can.
   *
   * @param <T> type of the value
   * @param stage a future of another library or thread
   * @return the value
   */
  public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    throw NotProcessed.call("await");
  }

  /**
   * As {@link #await(Awaitable)}; tells the compiler which checked exception may come out.
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param awaitable a coroutine, a task or promise, or a user's own
   * @param exception the class of a checked exception that may come out
   * @return the value
   * @throws X as the coroutine declares it
   */
  public static <T extends @Nullable Object, X extends Throwable> T await(
      Awaitable<T> awaitable, Class<X> exception) throws X {
    throw NotProcessed.call("await");
  }

  /**
   * As {@link #await(Awaitable)}; tells the compiler which checked exceptions may come out.
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param <Y> another one
   * @param awaitable a coroutine, a task or promise, or a user's own
   * @param exception the class of a checked exception that may come out
   * @param another the class of another one
   * @return the value
   * @throws X as the coroutine declares it
   * @throws Y as the coroutine declares it
   */
  public static <T extends @Nullable Object, X extends Throwable, Y extends Throwable> T await(
      Awaitable<T> awaitable, Class<X> exception, Class<Y> another) throws X, Y {
    throw NotProcessed.call("await");
  }

  /**
   * As {@link #await(CompletionStage)}; tells which checked exception may come out.
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param stage a future of another library or thread
   * @param exception the class of a checked exception that may come out
   * @return the value
   * @throws X as the coroutine declares it
   */
  public static <T extends @Nullable Object, X extends Throwable> T await(
      CompletionStage<T> stage, Class<X> exception) throws X {
    throw NotProcessed.call("await");
  }

  /**
   * As {@link #await(CompletionStage)}; tells which checked exceptions may come out.
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param <Y> another one
   * @param stage a future of another library or thread
   * @param exception the class of a checked exception that may come out
   * @param another the class of another one
   * @return the value
   * @throws X as the coroutine declares it
   * @throws Y as the coroutine declares it
   */
  public static <T extends @Nullable Object, X extends Throwable, Y extends Throwable> T await(
      CompletionStage<T> stage, Class<X> exception, Class<Y> another) throws X, Y {
    throw NotProcessed.call("await");
  }

  /**
   * {@return a coroutine lambda with a value} Legal anywhere inside a {@link Coroutine} method.
   *
   * <pre>{@code
   * int answer = await(async(() -> { await(sleep(ofSeconds(1))); return 42; }));
   * }</pre>
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param body the body, a lambda that stands in the call
   */
  public static <T extends @Nullable Object, X extends Throwable> ThrowingCoro<T, X> async(
      AsyncCallable<T, X> body) {
    throw NotProcessed.call("async");
  }

  /**
   * {@return a coroutine lambda without a value} Legal anywhere inside a {@link Coroutine} method.
   *
   * @param <X> the checked exception that may come out
   * @param body the body, a lambda that stands in the call
   */
  public static <X extends Throwable> ThrowingCoro<Void, X> async(AsyncRunnable<X> body) {
    throw NotProcessed.call("async");
  }

  // Running.

  /**
   * Runs a coroutine on a new loop on this thread and gives its value. Before that it cancels the
   * tasks that are left and waits for them, ends async generators, waits for work in other threads,
   * five minutes at most or as {@link RunOptions#withThreadGrace} says, and closes the loop. How
   * one of these ends takes nothing from the others, nor from what the coroutine gave; failures go
   * to the loop's exception handler. What an interrupt does is told in {@link Runner}.
   *
   * <p>asyncio: {@code asyncio.run}.
   *
   * @param <T> type of the value
   * @param main a coroutine, a promise of the loop, or a user's own awaitable
   * @return what it gives
   * @throws IllegalStateException inside a running loop
   * @throws InterruptedRunException if the thread is interrupted, which cancels the main task
   */
  public static <T extends @Nullable Object> T run(Awaitable<T> main) {
    return run(main, RunOptions.DEFAULT);
  }

  /**
   * As {@link #run(Awaitable)}, for a coroutine that declares a checked exception.
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param main a coroutine, a promise of the loop, or a user's own awaitable
   * @return what {@code main} gives
   * @throws X as the coroutine declares it
   */
  public static <T extends @Nullable Object, X extends Throwable> T run(ThrowingCoro<T, X> main)
      throws X {
    return run((Awaitable<T>) main, RunOptions.DEFAULT);
  }

  /**
   * As {@link #run(Awaitable)}, with options.
   *
   * @param <T> type of the value
   * @param main a coroutine, a promise of the loop, or a user's own awaitable
   * @param options how to run
   * @return what {@code main} gives
   */
  public static <T extends @Nullable Object> T run(Awaitable<T> main, RunOptions options) {
    Runner.checkNotInLoop("Async.run");
    return new Runner(options).runAndClose(main);
  }

  /**
   * As {@link #run(ThrowingCoro)}, with options.
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param main a coroutine, a promise of the loop, or a user's own awaitable
   * @param options how to run
   * @return what {@code main} gives
   * @throws X as the coroutine declares it
   */
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
   * @param <T> type of the value
   * @param coro a coroutine that was not started
   * @return the task
   * @throws IllegalStateException if the coroutine was started before
   */
  public static <T extends @Nullable Object> Task<T> createTask(Coro<T> coro) {
    return EventLoop.running().createTask(coro);
  }

  /**
   * {@return a task with a name; see {@link #createTask(Coro)}}
   *
   * @param <T> type of the value
   * @param coro a coroutine that was not started
   * @param name the name
   */
  public static <T extends @Nullable Object> Task<T> createTask(Coro<T> coro, String name) {
    return EventLoop.running().createTask(coro, name);
  }

  /**
   * {@return a task made as the options say; see {@link #createTask(Coro)}}
   *
   * @param <T> type of the value
   * @param coro a coroutine that was not started
   * @param options name, context, and when it starts
   */
  public static <T extends @Nullable Object> Task<T> createTask(Coro<T> coro, TaskOptions options) {
    return EventLoop.running().createTask(coro, options);
  }

  /** {@return the task whose code runs; null in a plain callback of the loop} */
  public static @Nullable Task<?> currentTask() {
    return EventLoop.running().code.task;
  }

  /**
   * {@return the task that a loop is running; null if none, or if the loop does not run}
   *
   * @param loop the loop
   */
  public static @Nullable Task<?> currentTask(EventLoop loop) {
    return Objects.requireNonNull(loop, "loop").code.task;
  }

  /** {@return the tasks of the running loop that are not done, in order of creation} */
  public static Set<Task<?>> allTasks() {
    return EventLoop.running().tasks.toSet();
  }

  /**
   * {@return the tasks of a loop that are not done, in order of creation}
   *
   * @param loop the loop
   */
  public static Set<Task<?>> allTasks(EventLoop loop) {
    return Objects.requireNonNull(loop, "loop").tasks.toSet();
  }

  // Time.

  /**
   * Suspends for a time. Zero, or a negative delay, gives way for one pass of the loop.
   *
   * <p>asyncio: {@code asyncio.sleep}.
   *
   * @param delay how long; zero or less counts as zero, more than 292 years as for ever
   * @return a coroutine that sleeps
   */
  public static Coro<Void> sleep(Duration delay) {
    Objects.requireNonNull(delay, "delay");
    return delay.isZero() || delay.isNegative()
        ? SharedCoro.YIELD
        : new Sleep<>(Durations.toNanos(delay), Unchecked.<Void>cast(null));
  }

  /**
   * As {@link #sleep(Duration)}, and gives {@code result}.
   *
   * @param <T> type of the value
   * @param delay how long; zero or less counts as zero, more than 292 years as for ever
   * @param result what it gives
   * @return a coroutine that sleeps
   */
  public static <T extends @Nullable Object> Coro<T> sleep(Duration delay, T result) {
    Objects.requireNonNull(delay, "delay");
    return new Sleep<>(Durations.toNanos(delay), result);
  }

  /**
   * {@return a scope whose block is cancelled after {@code delay}, and then ends in {@link
   * AsyncTimeoutException}}
   *
   * <pre>{@code
   * try (Timeout timeout = timeout(ofSeconds(10))) {
   *   await(longWork());
   * }
   * }</pre>
   *
   * <p>asyncio: {@code asyncio.timeout}.
   *
   * @param delay how long; zero or less counts as zero, more than 292 years as for ever
   */
  public static Timeout timeout(Duration delay) {
    Objects.requireNonNull(delay, "delay");
    EventLoop loop = EventLoop.running();
    return Timeout.at(loop.deadlineAfter(Durations.toNanos(delay)));
  }

  /**
   * As {@link #timeout}, with a deadline in nanoseconds of {@link EventLoop#time()}.
   *
   * @param loopNanos in nanoseconds of {@link EventLoop#time()}
   * @return the scope, not entered
   */
  public static Timeout timeoutAt(long loopNanos) {
    return Timeout.at(loopNanos);
  }

  /**
   * Awaits for at most {@code timeout}. When the time is up, what is awaited is cancelled and
   * waited for, and {@link AsyncTimeoutException} is thrown. A coroutine runs in the caller's task.
   *
   * <p>A checked exception of the coroutine comes out, and javac does not know of it: name it where
   * this is awaited, {@code await(waitFor(…), IOException.class)}.
   *
   * <p>asyncio: {@code asyncio.wait_for}.
   *
   * @param <T> type of the value
   * @param awaitable a coroutine, a task or promise, or a user's own
   * @param timeout zero or negative: only what is done already is accepted; null: no limit
   * @return a coroutine that gives the value of what is awaited
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
   * @param <T> type of the value
   * @param awaitables coroutines, tasks and promises, or users' own
   * @return a promise of the values
   * @throws IllegalArgumentException if promises of different loops are given
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T extends @Nullable Object> Promise<List<T>> gather(
      Awaitable<? extends T>... awaitables) {
    return gather(Arrays.asList(awaitables));
  }

  /**
   * As {@link #gather(Awaitable[])}.
   *
   * @param <T> type of the value
   * @param awaitables coroutines, tasks and promises, or users' own
   * @return a promise of the values
   */
  public static <T extends @Nullable Object> Promise<List<T>> gather(
      Collection<? extends Awaitable<? extends T>> awaitables) {
    return GatherPromise.ofValues(awaitables, GatherPromise::<T>values);
  }

  /**
   * Gathers two of different types.
   *
   * @param <A> type of the first value
   * @param <B> type of the second value
   * @param <R> type of the result
   * @param a the first to gather
   * @param b the second to gather
   * @param combiner makes the result of their values, once all are done
   * @return a promise of what the combiner gives
   */
  public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Promise<R> gather(
          Awaitable<A> a, Awaitable<B> b, BiFunction<? super A, ? super B, ? extends R> combiner) {
    return GatherPromise.ofValues(
        List.of(a, b), c -> combiner.apply(Combination.<A>at(c, 0), Combination.<B>at(c, 1)));
  }

  /**
   * Gathers three of different types.
   *
   * @param <A> type of the first value
   * @param <B> type of the second value
   * @param <C> type of the third value
   * @param <R> type of the result
   * @param a the first to gather
   * @param b the second to gather
   * @param c the third to gather
   * @param combiner makes the result of their values, once all are done
   * @return a promise of what the combiner gives
   */
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

  /**
   * Gathers four of different types.
   *
   * @param <A> type of the first value
   * @param <B> type of the second value
   * @param <C> type of the third value
   * @param <D> type of the fourth value
   * @param <R> type of the result
   * @param a the first to gather
   * @param b the second to gather
   * @param c the third to gather
   * @param d the fourth to gather
   * @param combiner makes the result of their values, once all are done
   * @return a promise of what the combiner gives
   */
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

  /**
   * Gathers five of different types.
   *
   * @param <A> type of the first value
   * @param <B> type of the second value
   * @param <C> type of the third value
   * @param <D> type of the fourth value
   * @param <E> type of the fifth value
   * @param <R> type of the result
   * @param a the first to gather
   * @param b the second to gather
   * @param c the third to gather
   * @param d the fourth to gather
   * @param e the fifth to gather
   * @param combiner makes the result of their values, once all are done
   * @return a promise of what the combiner gives
   */
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
   *
   * @param <T> type of the value
   * @param awaitables coroutines, tasks and promises, or users' own
   * @return a promise of the outcomes, in the order of the arguments
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T extends @Nullable Object> Promise<List<Outcome<T>>> gatherOutcomes(
      Awaitable<? extends T>... awaitables) {
    return gatherOutcomes(Arrays.asList(awaitables));
  }

  /**
   * As {@link #gatherOutcomes(Awaitable[])}.
   *
   * @param <T> type of the value
   * @param awaitables coroutines, tasks and promises, or users' own
   * @return a promise of the outcomes, in the order of the arguments
   */
  public static <T extends @Nullable Object> Promise<List<Outcome<T>>> gatherOutcomes(
      Collection<? extends Awaitable<? extends T>> awaitables) {
    return GatherPromise.ofOutcomes(awaitables);
  }

  /**
   * Runs all at once and gives the value of the first that succeeds; the others are cancelled, and
   * waited for: when the race is over, all are done. Those that fail before somebody succeeds are
   * out of the race, and their failures count as seen.
   *
   * <pre>{@code
   * Page page = await(race(SiteAsync.page(mirror1, id), SiteAsync.page(mirror2, id)));
   * }</pre>
   *
   * <ul>
   *   <li>If none succeeds, it throws an {@link ExceptionGroup} of the failures, in the order of
   *       the arguments; {@link CancelledError} if all were cancelled.
   *   <li>What one of the losers fails with when it is cancelled, the loop's exception handler is
   *       told.
   *   <li>Whoever cancels the race cancels all, and it ends when they have, with all their failures
   *       suppressed in the {@link CancelledError}.
   *   <li>A fatal error ({@link VirtualMachineError}) ends the race, and comes out as it is.
   * </ul>
   *
   * <p>Tasks and promises that are given are cancelled as well: {@link #shield} one that is to go
   * on. A coroutine that is given several times runs once. JavaScript: {@code Promise.any}.
   *
   * @param <T> type of the value
   * @param awaitables coroutines, tasks and promises, or users' own
   * @return a coroutine that gives the value of the winner; it starts them when it runs
   * @throws IllegalArgumentException if there is nothing that could win
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T extends @Nullable Object> Coro<T> race(Awaitable<? extends T>... awaitables) {
    return race(Arrays.asList(awaitables));
  }

  /**
   * As {@link #race(Awaitable[])}.
   *
   * @param <T> type of the value
   * @param awaitables coroutines, tasks and promises, or users' own
   * @return a coroutine that gives the value of the winner
   */
  public static <T extends @Nullable Object> Coro<T> race(
      Collection<? extends Awaitable<? extends T>> awaitables) {
    return new Race<>(awaitables);
  }

  /**
   * Keeps a cancellation of the caller away from {@code awaitable}, which goes on; a cancellation
   * of itself comes through. Keep a reference to what you shield, so that its failure is seen.
   *
   * <p>asyncio: {@code asyncio.shield}.
   *
   * @param <T> type of the value
   * @param awaitable a coroutine, a task or promise, or a user's own
   * @return a promise that ends as {@code awaitable} does, or is cancelled alone
   */
  public static <T extends @Nullable Object> Promise<T> shield(Awaitable<T> awaitable) {
    return Shield.of(awaitable);
  }

  /**
   * Waits until all, or the first, are done. Throws none of their failures and cancels nothing.
   *
   * <p>asyncio: {@code asyncio.wait}.
   *
   * @param <F> type of the promises
   * @param promises tasks and promises of the running loop
   * @param returnWhen what to wait for
   * @return a coroutine that gives what is done and what is pending
   * @throws IllegalArgumentException if there is nothing to wait for
   */
  public static <F extends Promise<?>> Coro<WaitResult<F>> waitUntil(
      Collection<? extends F> promises, ReturnWhen returnWhen) {
    return new WaitUntil<>(promises, returnWhen, null);
  }

  /**
   * As {@link #waitUntil(Collection, ReturnWhen)}, at most for {@code timeout}.
   *
   * @param <F> type of the promises
   * @param promises tasks and promises of the running loop
   * @param returnWhen what to wait for
   * @param timeout how long at most; zero or less counts as no time at all
   * @return a coroutine that gives what is done and what is pending
   */
  public static <F extends Promise<?>> Coro<WaitResult<F>> waitUntil(
      Collection<? extends F> promises, ReturnWhen returnWhen, Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return new WaitUntil<>(promises, returnWhen, timeout);
  }

  /**
   * Gives the awaitables as they finish, each once, as a promise that is done; the tasks and
   * promises passed in as they are. For a {@code for} loop in a coroutine.
   *
   * <p>asyncio: {@code asyncio.as_completed}.
   *
   * @param <T> type of the value
   * @param awaitables coroutines, tasks and promises, or users' own
   * @return what the loop goes over; nothing is started before it begins
   */
  public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
      Collection<? extends Awaitable<? extends T>> awaitables) {
    return new AsCompleted<>(awaitables, null);
  }

  /**
   * As {@link #asCompleted(Collection)}; the step that has to wait longer than {@code timeout},
   * from the start of the loop, throws {@link AsyncTimeoutException}.
   *
   * @param <T> type of the value
   * @param awaitables coroutines, tasks and promises, or users' own
   * @param timeout how long at most; zero or less counts as no time at all
   * @return what the loop goes over; nothing is started before it begins
   */
  public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
      Collection<? extends Awaitable<? extends T>> awaitables, Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return new AsCompleted<>(awaitables, timeout);
  }

  // Threads.

  /**
   * Runs blocking work in another thread: a virtual one on JDK 21 or later; before, one of a pool
   * of the loop's, which has four threads more than there are processors, 32 at most, and in which
   * further work waits for its turn. {@link RunOptions#withMaxThreads} sets the bound, on all JDKs,
   * and {@link EventLoop#setDefaultExecutor} puts another executor in its place. The work sees a
   * copy of the caller's {@link Context}. Cancelling the task does not stop work that has begun; if
   * that fails later, the loop's exception handler is told.
   *
   * <p>asyncio: {@code asyncio.to_thread}.
   *
   * @param <T> type of the value
   * @param work what is run, once
   * @return a coroutine that gives the value of the work
   */
  public static <T extends @Nullable Object> Coro<T> toThread(Callable<T> work) {
    return toThread(work, ThreadOptions.DEFAULT);
  }

  /**
   * As {@link #toThread(Callable)}, run as the options say.
   *
   * @param <T> type of the value
   * @param work what is run, once
   * @param options whether a cancellation interrupts the work
   * @return a coroutine that gives the value of the work
   */
  public static <T extends @Nullable Object> Coro<T> toThread(
      Callable<T> work, ThreadOptions options) {
    return new ToThread<>(work, options);
  }

  /**
   * As {@link #toThread(Callable)}, for work without a value.
   *
   * @param work what is run, once
   * @return a coroutine that is done when the work is
   */
  public static Coro<Void> toThread(ThrowingRunnable work) {
    return toThread(work, ThreadOptions.DEFAULT);
  }

  /**
   * As {@link #toThread(ThrowingRunnable)}, run as the options say.
   *
   * @param work what is run, once
   * @param options whether a cancellation interrupts the work
   * @return a coroutine that is done when the work is
   */
  public static Coro<Void> toThread(ThrowingRunnable work, ThreadOptions options) {
    Objects.requireNonNull(work, "work");
    return new ToThread<>(
        () -> {
          work.run();
          return Unchecked.<Void>cast(null);
        },
        options);
  }

  /**
   * Hands a coroutine to a loop that runs in another thread, from any thread. Cancelling the future
   * cancels the task.
   *
   * <p>asyncio: {@code asyncio.run_coroutine_threadsafe}.
   *
   * @param <T> type of the value
   * @param coro a coroutine that was not started
   * @param loop the loop
   * @return a future of what the coroutine gives, for any thread
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
   *
   * @param <T> type of the value
   * @param awaitable a coroutine, a task or promise, or a user's own
   * @return the promise, or the task that was made
   */
  public static <T extends @Nullable Object> Promise<T> ensurePromise(Awaitable<T> awaitable) {
    Objects.requireNonNull(awaitable, "awaitable");
    if (awaitable instanceof Promise<T> promise) {
      return promise;
    }
    return Awaitables.ensurePromise(EventLoop.running(), awaitable);
  }

  /**
   * {@return the stage's outcome as a promise; cancelling it cancels the stage where it can} A
   * stage that can't be cancelled, as the JDK's minimal ones, goes on.
   *
   * <p>Whoever asks for a stage again while nobody waits for its promise any more, since a shield
   * around it has ended, gets that promise.
   *
   * @param <T> type of the value
   * @param stage a future of another library or thread
   */
  public static <T extends @Nullable Object> Promise<T> toPromise(CompletionStage<T> stage) {
    return StageBridge.toPromise(stage);
  }

  /**
   * {@return a promise that has this value}
   *
   * @param <T> type of the value
   * @param value the value; may be null if its type allows
   */
  public static <T extends @Nullable Object> Promise<T> completed(T value) {
    Promise<T> promise = EventLoop.running().createPromise();
    promise.complete(value);
    return promise;
  }

  /**
   * {@return a promise that has failed}
   *
   * @param <T> type of the value
   * @param failure what it fails with
   */
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
   *
   * @param promise a task or promise
   * @return the graph, as it is at this moment
   */
  public static CallGraph captureCallGraph(Promise<?> promise) {
    return CallGraph.of(promise);
  }

  /**
   * {@link #captureCallGraph} as text.
   *
   * @param promise a task or promise
   * @return the text, in several lines
   */
  public static String formatCallGraph(Promise<?> promise) {
    return CallGraph.of(promise).toString();
  }
}
