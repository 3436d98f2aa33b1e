package io.fermata;

import io.fermata.codegen.Thrown;
import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.StackTraces;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An outcome that may not be there yet: asyncio's {@code Future}. Made by {@link
 * EventLoop#createPromise}, completed once by whoever made it, awaited by any number of tasks.
 *
 * <pre>
 *              complete            SUCCEEDED
 *           +-------------------&gt;
 *  PENDING -+-- fail -----------&gt; FAILED
 *           +-------------------&gt;
 *              cancel              CANCELLED
 * </pre>
 *
 * <pre>{@code
 * Promise<String> answer = EventLoop.running().createPromise();
 * EventLoop.running().callLater(ofSeconds(1), () -> answer.complete("42"));
 * String text = await(answer);
 * }</pre>
 *
 * <p><b>Thread.</b> A promise belongs to its loop's thread; from another thread go through {@link
 * EventLoop#callSoonThreadsafe}. Debug mode checks it. <b>Callbacks</b> never run inside the call
 * that completes the promise: the loop runs them in its next pass, in order of registration.
 *
 * <p>asyncio: {@code asyncio.Future}.
 *
 * @param <T> what awaiting it gives
 */
public sealed class Promise<T extends @Nullable Object> implements Awaitable<T>, Waitable
    permits Task, GatherPromise {

  /** The states of a promise; see the diagram above. */
  enum State {
    PENDING,
    SUCCEEDED,
    FAILED,
    CANCELLED
  }

  private static final StackTraceElement[] NO_TRACE = {};

  final EventLoop loop;
  private final @Nullable Throwable createdAt;
  private State state = State.PENDING;

  /**
   * The value; or what it {@link Failed} with, or the {@link UnretrievedFailure} that holds that
   * until somebody looks; or the reason of the cancellation, or the {@link CancelledError} that a
   * task ended with, as {@link Thrown}, until somebody takes it.
   */
  private @Nullable Object outcome;

  /** Nothing, one waiting task or callback, or an {@link ArrayList} of them. */
  private @Nullable Object callbacks;

  Promise(EventLoop loop) {
    this.loop = loop;
    this.createdAt = loop.getDebug() ? StackTraces.here("created here") : null;
  }

  /**
   * In debug mode, where it was created; else null.
   *
   * @return a throwable whose stack trace tells the place, or null
   */
  public final @Nullable Throwable createdAt() {
    return createdAt;
  }

  /** The promise that stands for what is awaited. */
  static Promise<?> of(@Nullable Awaitable<?> awaitable) {
    if (awaitable == null) {
      throw new NullPointerException("what is awaited is null");
    }
    if (awaitable instanceof Promise<?> promise) {
      return promise;
    }
    Promise<?> promise = awaitable.toPromise();
    if (promise == null) {
      throw new NullPointerException(
          "toPromise() of " + awaitable.getClass().getName() + " gave null");
    }
    return promise;
  }

  /** {@return whether there is an outcome: a value, a failure, or a cancellation} */
  public final boolean isDone() {
    return state != State.PENDING;
  }

  /** {@return whether it was cancelled} */
  public final boolean isCancelled() {
    return state == State.CANCELLED;
  }

  /**
   * {@return the value}
   *
   * @throws InvalidStateException if the promise is pending
   * @throws CancelledError if it was cancelled
   */
  @SuppressWarnings("unchecked") // only values of T are stored when the state is SUCCEEDED
  public final T result() {
    return switch (state) {
      case SUCCEEDED -> Unchecked.<T>cast(outcome);
      case PENDING -> throw notDone("result");
      case FAILED -> throw Unchecked.<RuntimeException>sneak(askedFailure());
      case CANCELLED -> throw cancelledError();
    };
  }

  /**
   * {@return what the promise failed with, or null if it has a value} Asking counts as having seen
   * the failure: it is not reported as never retrieved.
   *
   * @throws InvalidStateException if the promise is pending
   * @throws CancelledError if it was cancelled
   */
  public final @Nullable Throwable exception() {
    return switch (state) {
      case SUCCEEDED -> null;
      case PENDING -> throw notDone("exception");
      case FAILED -> retrieveFailure();
      case CANCELLED -> throw cancelledError();
    };
  }

  /**
   * Gives the promise its value.
   *
   * @param value the value; may be null if its type allows
   * @throws InvalidStateException if it is done already
   */
  public void complete(T value) {
    requirePending("completed");
    settle(State.SUCCEEDED, value);
  }

  /**
   * Gives the promise a failure, which {@code await} throws as the same object.
   *
   * @param failure what it fails with
   * @throws InvalidStateException if it is done already
   */
  public void fail(Throwable failure) {
    Objects.requireNonNull(failure, "failure");
    requirePending("failed");
    settleFailed(Failed.handedOver(failure));
  }

  /**
   * Cancels without a reason; see {@link #cancel(Object)}.
   *
   * @return false if the promise is done already
   */
  public final boolean cancel() {
    return cancel(null);
  }

  /**
   * Cancels: who awaits it gets a {@link CancelledError} that carries the message.
   *
   * @param message a text or another object, or null
   * @return false if the promise is done already
   */
  public boolean cancel(@Nullable Object message) {
    if (state != State.PENDING) {
      markRetrieved();
      return false;
    }
    loop.checkThread();
    settle(State.CANCELLED, message);
    return true;
  }

  /**
   * Has the loop call {@code callback} with this promise when it is done, in the next pass; in the
   * next pass too if it is done already. It runs in a copy of the caller's {@link Context}.
   *
   * @param callback what is called, on the loop's thread
   */
  public final void addDoneCallback(Consumer<? super Promise<T>> callback) {
    addDoneCallback(callback, Context.copyOfCurrent());
  }

  /**
   * As {@link #addDoneCallback(Consumer)}, in the context given, which is not copied.
   *
   * @param callback what is called, on the loop's thread
   * @param context the context, used itself and not copied
   */
  public final void addDoneCallback(Consumer<? super Promise<T>> callback, Context context) {
    Objects.requireNonNull(callback, "callback");
    Objects.requireNonNull(context, "context");
    addCallback(new DoneCallback<>(callback, context));
  }

  /**
   * Takes back every registration of this callback.
   *
   * @param callback what is called, on the loop's thread
   * @return how many there were
   */
  public final int removeDoneCallback(Consumer<? super Promise<T>> callback) {
    List<DoneCallback<?>> equal = new ArrayList<>();
    for (Object one : waiting()) { // a copy, since a callback's equals may change the list
      if (one instanceof DoneCallback<?> user && user.callback.equals(callback)) {
        equal.add(user);
      }
    }
    int removed = 0;
    for (DoneCallback<?> one : equal) {
      removed += remove(one) ? 1 : 0;
    }
    return removed;
  }

  /** {@return the loop that this promise belongs to} */
  public final EventLoop loop() {
    return loop;
  }

  @Override
  public final Promise<T> toPromise() {
    return this;
  }

  /**
   * {@return a thread-safe future with the outcome, for code outside the loop} A cancellation
   * becomes a {@link java.util.concurrent.CancellationException}; cancelling the future cancels
   * this promise. Called on the loop's thread.
   */
  public final CompletableFuture<T> toCompletableFuture() {
    return StageBridge.toCompletableFuture(this);
  }

  // What the loop, the tasks and the combinators use.

  final State state() {
    return state;
  }

  /** The value, or throws the failure or cancellation; only when done. */
  final @Nullable Object takeOutcome() throws Throwable {
    return switch (state) {
      case SUCCEEDED -> outcome;
      case FAILED -> throw askedFailure();
      case CANCELLED -> throw cancelledError();
      case PENDING -> throw notDone("outcome");
    };
  }

  @Override
  public final @Nullable Object outcomeToSend() {
    return switch (state) {
      case SUCCEEDED -> outcome;
      case FAILED -> new Thrown(retrieveFailure());
      case CANCELLED -> new Thrown(cancelledError());
      case PENDING -> throw notDone("outcome");
    };
  }

  @Override
  public final boolean cancelWait(@Nullable Object message) {
    return cancel(message);
  }

  /** The failure, or a cancellation as an error, or null for a value; only when done. */
  final @Nullable Throwable failureOrNull() {
    return switch (state) {
      case SUCCEEDED -> null;
      case FAILED -> retrieveFailure();
      case CANCELLED -> cancelledError();
      case PENDING -> throw notDone("exception");
    };
  }

  /** The same, with the trace that each who awaits it goes on from. */
  final @Nullable Failed failedOrNull() {
    return switch (state) {
      case SUCCEEDED -> null;
      case FAILED -> retrieveFailed();
      case CANCELLED -> Failed.of(cancelledError());
      case PENDING -> throw notDone("exception");
    };
  }

  /** The trace that the failure had when the promise got it; only when failed or cancelled. */
  final StackTraceElement[] failureTrace() {
    return state == State.FAILED ? retrieveFailed().trace : NO_TRACE;
  }

  /** Gives a promise without a value its end, unless it has one. */
  final void completeIfPending() {
    if (state == State.PENDING) {
      settle(State.SUCCEEDED, null);
    }
  }

  final void settle(State newState, @Nullable Object newOutcome) {
    state = newState;
    outcome = newOutcome;
    Object waiting = callbacks;
    if (waiting != null) {
      callbacks = null;
      schedule(waiting);
    }
  }

  final void settleFailed(Failed failure) {
    if (callbacks instanceof Task<?>) {
      settle(State.FAILED, failure); // a task is waiting, which will see it
      return;
    }
    boolean wasShielded = callbacks != null && waiting().isEmpty() && Shield.hasEnded(callbacks);
    settle(State.FAILED, UnretrievedFailure.of(this, failure));
    if (wasShielded) {
      loop.ready(new Notification(Shield.LateFailure.INSTANCE, this));
    }
  }

  /** The loop was closed, and this is pending for ever. */
  final void abandon() {
    for (Object one : waiting()) {
      if (one instanceof PromiseCallback callback) {
        callback.onAbandoned(this);
      }
    }
  }

  /** What waits for this promise: nothing, tasks and callbacks. For call graphs. */
  final List<Object> waiting() {
    if (callbacks == null) {
      return List.of();
    }
    List<?> all = callbacks instanceof ArrayList<?> list ? list : List.of(callbacks);
    return all.stream()
        .filter(each -> !(each instanceof PromiseCallback callback) || callback.isWaiter())
        .collect(Collectors.toUnmodifiableList());
  }

  /** Whether it has failed, and nobody has looked. */
  final boolean isUnretrieved() {
    return state == State.FAILED && outcome instanceof UnretrievedFailure;
  }

  /** A task waits: when this is done, the task itself goes into the ready queue. */
  final void addWaiter(Task<?> task) {
    add(task);
  }

  /** A task that waited goes on without this. */
  final void removeWaiter(Task<?> task) {
    remove(task);
  }

  /** A callback of our own, or a user's in its wrapping. */
  final void addCallback(PromiseCallback callback) {
    if (state == State.PENDING) {
      add(callback);
    } else {
      loop.ready(new Notification(callback, this));
    }
  }

  /** As {@link #addCallback}, of one that is there already if it was added before. */
  final void addCallbackOnce(PromiseCallback callback) {
    if (callbacks != callback
        && !(callbacks instanceof ArrayList<?> list && list.contains(callback))) {
      addCallback(callback);
    }
  }

  /** The callback of this kind, or null. */
  final @Nullable PromiseCallback callback(Class<? extends PromiseCallback> kind) {
    List<?> all =
        callbacks instanceof ArrayList<?> list
            ? list
            : callbacks == null ? List.of() : List.of(callbacks);
    for (Object each : all) {
      if (kind.isInstance(each)) {
        return kind.cast(each);
      }
    }
    return null;
  }

  /** Takes back a callback of our own. */
  final void removeCallback(PromiseCallback callback) {
    remove(callback);
  }

  /** Compares by identity: what a user's equals does has no place here. */
  private boolean remove(Object callback) {
    if (callbacks == callback) {
      callbacks = null;
      return true;
    }
    if (callbacks instanceof ArrayList<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) == callback) {
          list.remove(i);
          return true;
        }
      }
    }
    return false;
  }

  private void add(Object callback) {
    if (callbacks == null) {
      callbacks = callback;
    } else if (callbacks instanceof ArrayList<?>) {
      Unchecked.<ArrayList<Object>>cast(callbacks).add(callback);
    } else {
      ArrayList<Object> list = new ArrayList<>(4);
      list.add(callbacks);
      list.add(callback);
      callbacks = list;
    }
  }

  private void schedule(Object waiting) {
    if (waiting instanceof Task<?> task) {
      task.wakeUp();
    } else if (waiting instanceof PromiseCallback callback) {
      loop.ready(new Notification(callback, this));
    } else if (waiting instanceof ArrayList<?> list) {
      for (Object one : list) {
        schedule(one);
      }
    }
  }

  /**
   * Ends a task with its own error. If that has taken exceptions along, of a resource that could
   * not be closed, say, they are reported unless somebody gets the error.
   */
  final void settleCancelled(CancelledError error) {
    if (error.getSuppressed().length == 0 || callbacks instanceof Task<?>) {
      settle(State.CANCELLED, new Thrown(error));
    } else {
      settle(State.CANCELLED, UnretrievedFailure.of(this, Failed.of(error)));
    }
  }

  /** The error that a task ended with, to the first who asks; else a fresh one. */
  private CancelledError cancelledError() {
    if (outcome instanceof UnretrievedFailure unretrieved
        && unretrieved.retrieve().failure instanceof CancelledError error) {
      outcome = error.reason();
      return error;
    }
    if (outcome instanceof Thrown own && own.throwable() instanceof CancelledError error) {
      outcome = error.reason();
      return error;
    }
    return new CancelledError(outcome);
  }

  private Throwable retrieveFailure() {
    return retrieveFailed().failure;
  }

  /** The failure, for the running code to throw. */
  private Throwable askedFailure() {
    Failed failed = retrieveFailed();
    return StackTraces.asked(failed.failure, failed.trace);
  }

  private Failed retrieveFailed() {
    markRetrieved();
    return (Failed) Objects.requireNonNull(outcome);
  }

  final void markRetrieved() {
    if (state == State.FAILED && outcome instanceof UnretrievedFailure unretrieved) {
      outcome = unretrieved.retrieve();
    }
  }

  private void requirePending(String verb) {
    loop.checkThread();
    if (state != State.PENDING) {
      throw new InvalidStateException(
          this + " can't be " + verb + ": it is done. Ask isDone() first if that may happen.");
    }
  }

  private InvalidStateException notDone(String what) {
    return new InvalidStateException(
        "the " + what + " of " + this + " is not there yet: await it, or ask isDone() first.");
  }

  @Override
  public String toString() {
    return Descriptions.of(this);
  }

  /** The value, the failure, or the reason of the cancellation. Does not count as looking. */
  final @Nullable Object peekOutcome() {
    if (outcome instanceof UnretrievedFailure unretrieved) {
      Throwable failure = unretrieved.failure();
      return state == State.CANCELLED && failure instanceof CancelledError error
          ? error.reason()
          : failure;
    }
    if (outcome instanceof Thrown own && own.throwable() instanceof CancelledError error) {
      return error.reason();
    }
    if (outcome instanceof Failed failed) {
      return failed.failure;
    }
    return outcome;
  }
}
