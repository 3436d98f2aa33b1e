package io.fermata;

import io.fermata.codegen.Thrown;
import io.fermata.internal.FatalErrors;
import io.fermata.internal.Suppression;
import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.StackTraces;
import io.fermata.internal.reports.TaskStacks;
import io.fermata.internal.reports.ThrowableAccess;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that the loop runs beside the others: asyncio's {@code Task}. Made by {@link
 * Async#createTask}, {@link EventLoop#createTask} or a {@link TaskGroup}; the loop holds on to it
 * until it is done, so a task that nobody keeps still runs.
 *
 * <pre>{@code
 * Task<String> task = createTask(HelloAsync.sayAfter(ofSeconds(1), "hello"));
 * String text = await(task);
 * }</pre>
 *
 * <p>Between creation and its end a task is in one of these conditions:
 *
 * <pre>
 *  in the ready queue --step--&gt; running --await of what is pending--&gt; waiting
 *        ^   ^                    |  |                                   |
 *        |   +---- sleep(ZERO) ---+  +--&gt; done                           |
 *        +----------------- what it waits for is done -------------------+
 * </pre>
 *
 * <p><b>Cancellation.</b> {@link #cancel} asks for it: what the task waits for is cancelled at
 * once, and {@link CancelledError} is thrown at the resume point where it waits, or at the next one
 * if it runs. Requests are counted ({@link #cancelling}); who swallows a cancellation on purpose
 * takes its request back with {@link #uncancel}.
 *
 * <p><b>Thread.</b> As {@link Promise}.
 *
 * @param <T> what the coroutine gives
 */
public final class Task<T extends @Nullable Object> extends Promise<T> {
  private @Nullable Coro<T> coro;

  /** The innermost suspended frame: the one that is resumed. While running, the one resumed. */
  private @Nullable Coro<?> frame;

  /** A coroutine past the depth of direct calls, to be started when the stack has unwound. */
  private @Nullable Coro<?> startLater;

  private @Nullable Waitable waitingFor;

  /** A cancellation is requested and not delivered yet. */
  private boolean mustCancel;

  /** A request goes along what this task waits for; see {@link Cancellation}. */
  private boolean beingCancelled;

  private int cancelRequests;
  private @Nullable Object cancelMessage;

  /** Null as long as it is a context of its own without a variable set. */
  @Nullable Context context;

  /** What the user called it, or null. */
  private @Nullable String name;

  private final int number;

  /** The neighbours in the loop's list of tasks. */
  @Nullable Task<?> previous;

  @Nullable Task<?> next;

  Task(EventLoop loop, Coro<T> coro, TaskOptions options) {
    super(loop);
    this.coro = coro;
    this.frame = coro;
    this.name = options.name();
    this.number = loop.tasks.nextNumber();
    Context given = options.context();
    this.context = given != null ? given : Context.inherited();
  }

  /**
   * {@return a task for a coroutine, as the loop makes it when no task factory is set} For task
   * factories.
   *
   * @param <T> type of the value
   * @param loop the loop
   * @param coro a coroutine that was not started
   * @param options name, context, and when it starts
   * @throws IllegalStateException if the coroutine was started before, or the loop is closed
   */
  public static <T extends @Nullable Object> Task<T> create(
      EventLoop loop, Coro<T> coro, TaskOptions options) {
    Turn<T> turn = coro instanceof Turn<T> inLine ? inLine : null;
    Coro<T> given = turn == null ? coro : turn.takeOut();
    Coro<T> own = given instanceof SharedCoro shared ? Unchecked.cast(shared.forTask()) : given;
    own.claim("made a task");
    Task<T> task = new Task<>(loop, own, options);
    loop.tasks.add(task);
    if (loop.observation != null) {
      loop.observation.created(task, own);
    }
    if (turn != null && turn.holdsBack(task, own)) {
      return task;
    }
    if (Boolean.TRUE.equals(options.eagerStart()) && loop.eagerStarts.mayStart()) {
      loop.eagerStarts.start(task);
    } else {
      loop.ready(task);
    }
    return task;
  }

  /** {@return the name: the one given, or {@code Task-<n>}} */
  public String getName() {
    String given = name;
    return given == null ? "Task-" + number : given;
  }

  /**
   * Gives the task another name.
   *
   * @param name the name
   */
  public void setName(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /**
   * Requests cancellation, with a message for the {@link CancelledError}. What the task waits for
   * is cancelled at once.
   *
   * @return false if the task is done already
   */
  @Override
  public boolean cancel(@Nullable Object message) {
    if (isDone()) {
      markRetrieved();
      return false;
    }
    loop.checkThread();
    Cancellation.of(this, message);
    return true;
  }

  /**
   * Cancels, and waits until the task is done: when that was cancelled, or gives a value after all,
   * this ends normally. What the task fails with, in its cleanup or before, comes out. A request is
   * made each time, as by {@link #cancel()}, and none of a task that is done.
   *
   * <pre>{@code
   * await(heartbeat.cancelAndWait());
   * connection.close();                 // nobody writes to it any more
   * }</pre>
   *
   * <p>A cancellation of the caller comes out at once, while the task goes on to end: so a timeout
   * bounds the wait for one that refuses to.
   *
   * @return a coroutine that is done when the task is; awaited by the task itself, it throws {@link
   *     IllegalStateException}
   */
  public Coro<Void> cancelAndWait() {
    return new CancelAndWait(this);
  }

  void countCancelRequest() {
    cancelRequests++;
  }

  /** A request is under way along what this task waits for. */
  void beginCancel() {
    countCancelRequest();
    beingCancelled = true;
  }

  boolean isBeingCancelled() {
    return beingCancelled;
  }

  void endCancel() {
    beingCancelled = false;
  }

  /** The request is for this task, which waits for no other. */
  void deliverCancel(@Nullable Object message) {
    Waitable waiting = waitingFor;
    if (waiting == null || !waiting.cancelWait(message)) {
      cancelAtNextStep(message);
    }
  }

  void cancelAtNextStep(@Nullable Object message) {
    mustCancel = true;
    cancelMessage = message;
  }

  /** Cancels a wait that nothing else would end, since this task waits for itself. */
  void breakOffWait(@Nullable Object message) {
    if (waitingFor instanceof Promise<?> promise) {
      promise.removeWaiter(this);
      waitingFor = new Fault(new CancelledError(message));
      loop.ready(this);
    }
  }

  /** {@return how many cancellation requests were made and not taken back} */
  public int cancelling() {
    return cancelRequests;
  }

  /**
   * Takes one cancellation request back, and one that was not delivered yet with the last of them.
   *
   * @return how many are left
   */
  public int uncancel() {
    if (cancelRequests > 0) {
      cancelRequests--;
      if (cancelRequests == 0) {
        mustCancel = false;
      }
    }
    return cancelRequests;
  }

  /** {@return the coroutine that this task runs; null if it ended in its eager start} */
  public @Nullable Coro<T> getCoro() {
    return coro;
  }

  /** {@return the context that its code runs in} */
  public Context getContext() {
    Context own = context;
    if (own == null) {
      own = new Context();
      context = own;
    }
    return own;
  }

  /** {@return the task that this one waits for directly, if it waits for a task} */
  public Optional<Task<?>> awaited() {
    return waitingFor instanceof Task<?> task ? Optional.of(task) : Optional.empty();
  }

  /**
   * {@return the frames of the task's coroutines in the user's own source, outermost first} For a
   * running task with the methods they have called; for one that failed, the trace of its
   * exception; empty for one that is done otherwise.
   */
  public List<StackTraceElement> getStack() {
    return TaskStacks.of(this, Integer.MAX_VALUE);
  }

  /**
   * {@return the outermost {@code limit} frames of {@link #getStack()}}
   *
   * @param limit the number of frames
   */
  public List<StackTraceElement> getStack(int limit) {
    return TaskStacks.of(this, limit);
  }

  /**
   * Prints {@link #getStack()} with the task's name and state.
   *
   * @param out where to print
   */
  public void printStack(PrintStream out) {
    TaskStacks.print(this, Integer.MAX_VALUE, out);
  }

  /**
   * Prints the outermost {@code limit} frames.
   *
   * @param limit the number of frames
   * @param out where to print
   */
  public void printStack(int limit, PrintStream out) {
    TaskStacks.print(this, limit, out);
  }

  /**
   * Prints {@link #getStack()} with the variables of each coroutine that is suspended: those that
   * it will use again, since it lets go of the others. Nothing of a coroutine that runs.
   *
   * <pre>
   * Stack of Task[pay pending, ...] (suspended), innermost call last:
   *     at shop.Checkout.pay(Checkout.java:31)
   *         order = Order[id=17]
   *         attempt = 2
   *     at io.fermata.Async.sleep(Async.java)
   * </pre>
   *
   * <p>For debugging: values are read from the generated classes by reflection, which a named
   * module has to open its package to {@code io.fermata} for, and their texts may tell secrets.
   *
   * <p>Python: {@code traceback.StackSummary.extract(capture_locals=True)}.
   *
   * @param out where to print
   */
  public void printStackWithLocals(PrintStream out) {
    TaskStacks.printWithLocals(this, out);
  }

  /**
   * Not for tasks: its coroutine gives the value.
   *
   * @throws IllegalStateException always
   */
  @Override
  public void complete(T value) {
    throw new IllegalStateException(
        this + " can't be completed from outside: its coroutine gives the value.");
  }

  /**
   * Not for tasks: its coroutine throws the failure.
   *
   * @throws IllegalStateException always
   */
  @Override
  public void fail(Throwable failure) {
    throw new IllegalStateException(
        this + " can't be failed from outside: its coroutine throws, or cancel() it.");
  }

  // What frames and awaitables call while the task runs.

  /** The frame waits for something that is pending. */
  void suspendOn(Promise<?> promise, Coro<?> waitingFrame) {
    if (promise == this) {
      throw new IllegalStateException(
          this + " can't await itself, it would never end: return, or await another task.");
    }
    if (promise.loop != loop) {
      throw new IllegalArgumentException(
          this
              + " can't await "
              + promise
              + ": it belongs to a different loop. Use runCoroutineThreadsafe and await its"
              + " future.");
    }
    promise.addWaiter(this);
    suspendOn((Waitable) promise, waitingFrame);
  }

  /** The frame waits for something that will call {@link #wakeUp}. */
  void suspendOn(Waitable waitable, Coro<?> waitingFrame) {
    waitingFor = waitable;
    standAt(waitingFrame);
  }

  /** Most tasks wait in the frame in which they have waited before: a store costs more. */
  private void standAt(Coro<?> suspendedFrame) {
    if (frame != suspendedFrame) {
      frame = suspendedFrame;
    }
  }

  /** The frame gives way for one pass. */
  void yieldPass(Coro<?> yieldingFrame) {
    standAt(yieldingFrame);
    loop.ready(this);
  }

  /** The coroutine is started once the Java stack has unwound. */
  void startLater(Coro<?> child) {
    startLater = child;
  }

  /** What the task waits for is done: it goes on in its turn. */
  void wakeUp() {
    loop.ready(this);
  }

  // The driver.

  /** Runs the task up to where it waits next. Called by the loop. */
  void step() {
    Coro<?> innermost = frame;
    if (innermost == null) {
      throw new AssertionError(this + " stands in the ready queue and is done");
    }
    Object sent = null;
    Waitable waited = waitingFor;
    if (waited != null) {
      waitingFor = null;
      sent = waited.outcomeToSend();
      if (sent instanceof Thrown thrown) {
        tell(thrown.throwable(), waited, innermost);
      }
    }
    if (mustCancel) {
      mustCancel = false;
      sent = cancellation(sent);
    }
    drive(innermost, sent, 0);
    cancelWaitIfAsked();
  }

  private void tell(Throwable failure, Waitable waited, Coro<?> innermost) {
    if (failure instanceof CancelledError) {
      return; // has no trace
    }
    StackTraceElement[] trace =
        waited instanceof Promise<?> promise
            ? promise.failureTrace()
            : ThrowableAccess.traceOf(failure);
    StackTraces.arrives(failure, trace, innermost, loop);
  }

  /** The first step, inside the call that creates the task. */
  void stepEagerly(int depth) {
    Coro<?> outermost = Objects.requireNonNull(frame);
    Object sent = null;
    if (waitingFor instanceof Fault fault) {
      waitingFor = null;
      sent = fault.outcomeToSend();
    }
    drive(outermost, sent, depth);
    if (isDone()) {
      coro = null;
    } else {
      cancelWaitIfAsked();
    }
  }

  /** A request that came during the step is delivered where the task now waits. */
  private void cancelWaitIfAsked() {
    if (mustCancel && waitingFor != null && waitingFor.cancelWait(cancelMessage)) {
      mustCancel = false;
    }
  }

  /** Whether the next step goes on at a resume point, and is not the first. */
  boolean isSuspended() {
    return frame != null && frame.state != Coro.START;
  }

  /** A step was left by what no frame has thrown: it ends this task, and concerns no other. */
  void failStep(Throwable escaped) {
    if (isDone()) {
      loop.reports.callbackFailed(
          escaped, "Exception in a step of a task that is done", this, null);
    } else {
      waitingFor = null;
      endWith(escaped);
    }
  }

  /** Has the resume point throw a fault in place of what it waited for, which is there. */
  void failNextStep(Throwable fault) {
    if (waitingFor != null) {
      waitingFor.outcomeToSend(); // a failure counts as seen
    }
    waitingFor = new Fault(fault);
  }

  private Object cancellation(@Nullable Object sent) {
    Object message = cancelMessage;
    cancelMessage = null;
    if (!(sent instanceof Thrown thrown)) {
      return new Thrown(new CancelledError(message));
    }
    if (thrown.throwable() instanceof CancelledError) {
      return thrown;
    }
    CancelledError cancelled = new CancelledError(message);
    Suppression.add(cancelled, thrown.throwable());
    return new Thrown(cancelled);
  }

  /**
   * Resumes the frame, gives what it returns to the frame that awaits it, and so on, until one
   * waits or none is left. A failure is sent to the nearest frame with a handler at its resume
   * point; those in between are dropped without a call. {@code UserFrames} knows this method by its
   * name.
   */
  private void drive(Coro<?> innermost, @Nullable Object firstSent, int firstDepth) {
    Coro<?> running = innermost;
    Object sent = firstSent;
    int depth = firstDepth;
    if (sent instanceof Thrown thrown && !running.isGuarded()) {
      running = dropUnguarded(running);
      if (running == null) {
        endWith(thrown.throwable());
        return;
      }
      frame = running;
    }
    for (; ; ) {
      Object result;
      try {
        result = running.resume(this, sent, depth);
      } catch (Throwable t) {
        StackTraces.leaves(t, running);
        Coro<?> handler = dropThrower(running);
        if (handler == null) {
          endWith(t);
          return;
        }
        running = handler;
        frame = handler;
        sent = new Thrown(t);
        continue;
      }
      if (result == Coro.SUSPENDED) {
        Coro<?> child = startLater;
        if (child == null) {
          return;
        }
        startLater = null;
        running = child;
        frame = child;
        sent = null;
        depth = firstDepth;
        continue;
      }
      if (result != Coro.EMITTED) {
        running.state = Coro.FINISHED;
      }
      Coro<?> awaiter = running.awaiter;
      if (awaiter == null) {
        endWithValue(result);
        return;
      }
      running.awaiter = null;
      running = awaiter;
      frame = awaiter;
      sent = result;
    }
  }

  /** The frame that threw is finished whatever its state; its awaiters count from there. */
  private static @Nullable Coro<?> dropThrower(Coro<?> thrower) {
    Coro<?> awaiter = thrower.awaiter;
    thrower.finish();
    thrower.awaiter = null;
    return awaiter == null || awaiter.isGuarded() ? awaiter : dropUnguarded(awaiter);
  }

  /** Drops this frame and those that await it, up to one with a handler. */
  private static @Nullable Coro<?> dropUnguarded(Coro<?> unguarded) {
    Coro<?> at = unguarded;
    while (at != null && !at.isGuarded()) {
      Coro<?> awaiter = at.awaiter;
      at.finish();
      at.awaiter = null;
      at = awaiter;
    }
    return at;
  }

  private void endWithValue(@Nullable Object value) {
    leaveLoop();
    if (mustCancel) {
      // The request came while the last step ran: there is no resume point left to deliver it.
      mustCancel = false;
      settle(State.CANCELLED, cancelMessage);
    } else {
      settle(State.SUCCEEDED, value);
    }
  }

  private void endWith(Throwable failure) {
    leaveLoop();
    if (failure instanceof CancelledError cancelled) {
      settleCancelled(cancelled);
    } else {
      settleFailed(Failed.of(failure));
      if (FatalErrors.isFatal(failure)) {
        throw Unchecked.<RuntimeException>sneak(failure);
      }
    }
  }

  private void leaveLoop() {
    frame = null;
    loop.tasks.remove(this);
  }

  // For introspection.

  int number() {
    return number;
  }

  @Nullable String givenName() {
    return name;
  }

  @Nullable Coro<?> frame() {
    return frame;
  }

  @Nullable Waitable waitingFor() {
    return waitingFor;
  }
}
