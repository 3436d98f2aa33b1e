package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.FatalErrors;
import io.fermata.internal.reports.RuntimeLines;
import io.fermata.internal.reports.StackTraces;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scope for tasks: its block is left only when all of them are done, and when one fails the
 * others are cancelled.
 *
 * <pre>{@code
 * try (TaskGroup group = TaskGroup.open()) {
 *   group.createTask(HelloAsync.sayAfter(ofSeconds(1), "a"));
 *   group.createTask(HelloAsync.sayAfter(ofSeconds(2), "b"));
 * }                                             // awaits both
 * }</pre>
 *
 * <pre>
 *  CREATED --enter--&gt; OPEN --exit--&gt; EXITING --all tasks done--&gt; FINISHED
 *                       |               |
 *                       +--- aborting --+   a task or the block failed, or cancel(): no new tasks
 * </pre>
 *
 * <ul>
 *   <li>When a task fails, the block is cancelled and the other tasks too. The statement throws an
 *       {@link ExceptionGroup} of all failures that are not cancellations.
 *   <li>When the block throws, the tasks are cancelled, and its exception stands in the group.
 *   <li>When the task that runs the block is cancelled, the tasks are cancelled and waited for, and
 *       the cancellation goes on: at once, or, if something failed as well, at the next resume
 *       point after the group has been thrown.
 *   <li>{@link #cancel} ends the block early and without an error.
 *   <li>{@link #start} waits until a task says that it is ready.
 *   <li>{@link GroupOptions} bound how many tasks run at a time, and keep a failure from the
 *       others. With {@linkplain GroupOptions#isolatesFailures isolated failures} those of tasks go
 *       to the loop's exception handler, and what the block throws comes out as it is.
 *   <li>A fatal error ({@link VirtualMachineError}) leaves the statement bare, not in a group.
 * </ul>
 *
 * <p><b>Thread.</b> The loop's; {@link #createTask} and {@link #cancel} may be called by any of its
 * tasks.
 *
 * <p>asyncio: {@code asyncio.TaskGroup}; {@code cancel} as in 3.15.
 */
public final class TaskGroup implements AsyncScope {
  private static final LineTable EXIT = RuntimeLines.of(Exit.class, "TaskGroup", "exit");

  private enum State {
    CREATED("has not been entered"),
    OPEN("is open"),
    EXITING("waits for its tasks"),
    FINISHED("is finished");

    final String text;

    State(String text) {
      this.text = text;
    }
  }

  private final GroupOptions options;

  /** Null without a limit. */
  private final @Nullable Turns turns;

  private final Members members = new Members();
  private final List<Throwable> failures = new ArrayList<>();
  private State state = State.CREATED;
  private boolean aborting;
  private boolean cancelled;
  private boolean parentCancelRequested;
  private @Nullable Throwable fatal;
  private @Nullable Task<?> parent;
  private @Nullable Promise<Void> allDone;

  private TaskGroup(GroupOptions options) {
    this.options = options;
    this.turns = options.limit() == Integer.MAX_VALUE ? null : new Turns(this, options.limit());
  }

  /** {@return a group to be entered in the header of a try statement; this only creates it} */
  public static TaskGroup open() {
    return open(GroupOptions.DEFAULT);
  }

  /**
   * {@return a group that treats its tasks as the options say; see {@link #open()}}
   *
   * <pre>{@code
   * try (TaskGroup group = TaskGroup.open(GroupOptions.DEFAULT.withLimit(10))) {
   *   for (URI uri : uris) {
   *     group.createTask(CrawlerAsync.visit(uri));   // ten at a time
   *   }
   * }
   * }</pre>
   *
   * @param options its name, how many of its tasks run at a time, and whether failures are isolated
   */
  public static TaskGroup open(GroupOptions options) {
    return new TaskGroup(Objects.requireNonNull(options, "options"));
  }

  /**
   * {@return a task in this group} In a group with a {@linkplain GroupOptions#limit limit} it may
   * have to wait for its turn, also where it is to start eagerly. Cancelled before, it runs none of
   * its code, as any task that is cancelled before its first step.
   *
   * @param <T> type of the value
   * @param coro a coroutine that was not started
   * @throws IllegalStateException if the group has not been entered, is finished, or is shutting
   *     down; the coroutine is then closed
   */
  public <T extends @Nullable Object> Task<T> createTask(Coro<T> coro) {
    return createTask(coro, TaskOptions.DEFAULT);
  }

  /**
   * {@return a task with a name; see {@link #createTask(Coro)}}
   *
   * @param <T> type of the value
   * @param coro a coroutine that was not started
   * @param name the name
   */
  public <T extends @Nullable Object> Task<T> createTask(Coro<T> coro, String name) {
    return createTask(coro, TaskOptions.named(name));
  }

  /**
   * {@return a task made as the options say; see {@link #createTask(Coro)}}
   *
   * @param <T> type of the value
   * @param coro a coroutine that was not started
   * @param options name, context, and when it starts
   */
  public <T extends @Nullable Object> Task<T> createTask(Coro<T> coro, TaskOptions options) {
    Objects.requireNonNull(coro, "coro");
    Objects.requireNonNull(options, "options");
    return add(coro, options, new Member(this));
  }

  /**
   * Starts a task, and waits until it says that it is ready.
   *
   * <pre>{@code
   * try (TaskGroup group = TaskGroup.open()) {
   *   List<SocketAddress> addresses = await(group.start(status -> EchoAsync.serve(status)));
   *   group.createTask(ClientAsync.talk(addresses.get(0)));
   * }
   * }</pre>
   *
   * <ul>
   *   <li>Once it is ready, it is a task of the group like any other.
   *   <li>What it fails with before is what {@code start} throws, and concerns the group no
   *       further; if it ends before without a failure, that is an {@link IllegalStateException}.
   *   <li>Whoever cancels {@code start} cancels the task, and {@code start} ends when the task has,
   *       with what that has failed with suppressed in the {@link CancelledError}.
   * </ul>
   *
   * <p>Trio: {@code nursery.start}.
   *
   * @param <T> what the task tells when it is ready
   * @param child makes the coroutine, given the means to say that it is ready
   * @return a coroutine that gives what the task told. It throws {@link IllegalStateException}
   *     where {@link #createTask(Coro)} does
   */
  public <T extends @Nullable Object> Coro<T> start(Startable<T> child) {
    return start(child, TaskOptions.DEFAULT);
  }

  /**
   * As {@link #start(Startable)}, with a name for the task.
   *
   * @param <T> what the task tells when it is ready
   * @param child makes the coroutine
   * @param name the name
   * @return a coroutine that gives what the task told
   */
  public <T extends @Nullable Object> Coro<T> start(Startable<T> child, String name) {
    return start(child, TaskOptions.named(name));
  }

  /**
   * As {@link #start(Startable)}, the task being made as the options say.
   *
   * @param <T> what the task tells when it is ready
   * @param child makes the coroutine
   * @param options name, context, and when the task starts
   * @return a coroutine that gives what the task told
   */
  public <T extends @Nullable Object> Coro<T> start(Startable<T> child, TaskOptions options) {
    return new Start<>(this, child, options);
  }

  /** Adds a task, of whose end {@code member} is told. */
  <T extends @Nullable Object> Task<T> add(Coro<T> coro, TaskOptions options, Member member) {
    Task<?> owner = parent;
    if (owner == null || state == State.CREATED) {
      throw refuse(coro, "has not been entered: use it in a try header first");
    }
    if (state == State.FINISHED || (state == State.EXITING && members.isEmpty())) {
      throw refuse(coro, "is finished: create the task before its block has been left");
    }
    if (aborting) {
      throw refuse(coro, "is shutting down: it takes no more tasks");
    }
    Task<T> task =
        turns == null
            ? owner.loop.createTask(coro, options)
            : turns.createTask(owner.loop, coro, options);
    // Also for one that is done already: its failure must not cancel its creator in this step.
    members.add(member, task);
    task.addCallback(member);
    if (aborting) {
      task.cancel(); // started eagerly, it has ended the group before it joined
    }
    return task;
  }

  private IllegalStateException refuse(Coro<?> coro, String why) {
    coro.close();
    return new IllegalStateException(this + " " + why + ".");
  }

  /**
   * Ends the block early and without an error: its tasks are cancelled, and the block too where it
   * awaits. May be called at any time: before the block is entered, from one of the tasks, and
   * again. It takes nothing away from a cancellation that comes from outside.
   */
  public void cancel() {
    cancelled = true;
    Task<?> owner = parent;
    if (owner == null || state == State.CREATED || state == State.FINISHED) {
      return;
    }
    if (!aborting) {
      abort();
    }
    if (state == State.OPEN && !parentCancelRequested) {
      parentCancelRequested = true;
      owner.cancel();
    }
  }

  /**
   * {@return the tasks of the group that are not done, in order of creation, also those that wait
   * for their turn} A snapshot.
   */
  public Set<Task<?>> tasks() {
    Set<Task<?>> live = new LinkedHashSet<>();
    for (Member member : members.toList()) {
      if (!member.task().isDone()) {
        live.add(member.task());
      }
    }
    return live;
  }

  /**
   * Enters the group.
   *
   * @throws IllegalStateException if it was entered before, or outside of a task
   */
  @Override
  public Awaitable<?> enter() {
    if (state != State.CREATED) {
      throw new IllegalStateException(
          this + " has already been entered: open a new one for each block.");
    }
    Task<?> current = EventLoop.running().code.task;
    if (current == null) {
      throw new IllegalStateException(
          this + " cannot determine the parent task: it must be entered in a task.");
    }
    parent = current;
    state = State.OPEN;
    if (cancelled) {
      aborting = true;
      parentCancelRequested = true;
      current.cancel();
    }
    return SharedCoro.NOTHING;
  }

  /** Waits for the tasks, and gives what the statement is to throw. */
  @Override
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return new Exit(thrown);
  }

  @Override
  public void close() {
    AsyncScope.super.close();
  }

  private void abort() {
    aborting = true;
    for (Member member : members.toList()) {
      if (!member.isGivenUp()) {
        member.task().cancel(); // else it has been, and may be cleaning up
      }
    }
  }

  /** A task of the group is done. */
  void onTaskDone(Member member) {
    leave(member);
    Task<?> task = member.task();
    if (task.isCancelled()) {
      return;
    }
    Throwable failure = task.exception();
    if (failure == null) {
      return;
    }
    if (options.isolatesFailures() && !FatalErrors.isFatal(failure)) {
      reportIsolated(task, failure);
      return;
    }
    failures.add(failure);
    noteFatal(failure);
    Task<?> owner = parent;
    if (owner == null || owner.isDone()) {
      task.loop.callExceptionHandler(
          new ExceptionContext(
              task + " of " + this + " failed after its parent task was done", failure));
      return;
    }
    if (!aborting && !parentCancelRequested) {
      abort();
      parentCancelRequested = true;
      owner.cancel();
    }
  }

  /** A task is done, however it ended. */
  void leave(Member member) {
    members.remove(member);
    if (members.isEmpty() && allDone != null) {
      allDone.completeIfPending();
    }
  }

  private void reportIsolated(Task<?> task, Throwable failure) {
    task.loop.callExceptionHandler(
        new ExceptionContext(
            "task " + task.getName() + " of " + this + " failed; the others go on",
            failure,
            null,
            task,
            task.toString(),
            task.createdAt()));
  }

  /** Whether its tasks have been cancelled. */
  boolean isAborting() {
    return aborting;
  }

  /** Who waits for the tasks. */
  @Nullable Task<?> parent() {
    return parent;
  }

  private void noteFatal(Throwable failure) {
    if (fatal == null && FatalErrors.isFatal(failure)) {
      fatal = failure;
    }
  }

  @Override
  public String toString() {
    return "TaskGroup["
        + (options.name() == null ? "" : options.name() + " ")
        + (aborting && state != State.FINISHED ? "shutting down" : state.text)
        + (members.isEmpty() ? "" : ", tasks=" + members.size())
        + (failures.isEmpty() ? "" : ", failures=" + failures.size())
        + "]";
  }

  private final class Exit extends RuntimeCoro<@Nullable Throwable> {
    private static final int WAITING = -2;

    private @Nullable Throwable thrown;

    /** The cancellation that goes on when the block is left. */
    private @Nullable Throwable cancellation;

    /** The last one that came while this waited, whosever it was. */
    private @Nullable Throwable lastCancellation;

    Exit(@Nullable Throwable thrown) {
      super(EXIT);
      this.thrown = thrown;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (state == WAITING) {
        takeUp(sent);
      } else {
        begin(task);
      }
      if (!members.isEmpty()) {
        Promise<Void> promise = task.loop.createPromise();
        allDone = promise;
        state = WAITING;
        return await(task, promise, depth);
      }
      TaskGroup.this.state = State.FINISHED;
      return ended(outcome(task));
    }

    @Override
    protected void clear() {
      thrown = null;
      cancellation = null;
      lastCancellation = null;
    }

    private void begin(Task<?> task) {
      TaskGroup.this.state = State.EXITING;
      if (parent != task) {
        becomeParent(task);
      }
      if (thrown == null) {
        return;
      }
      noteFatal(thrown);
      if (thrown instanceof CancelledError) {
        cancellation = thrown;
      }
      if (!aborting) {
        abort();
      }
    }

    /** The block stands in a generator, which another task ends: what happens concerns that one. */
    private void becomeParent(Task<?> task) {
      if (parentCancelRequested && parent != null) {
        parent.uncancel();
        parentCancelRequested = false;
      }
      parent = task;
    }

    private void takeUp(@Nullable Object sent) throws Throwable {
      allDone = null;
      try {
        received(sent);
      } catch (CancelledError e) {
        lastCancellation = e;
        if (!aborting) {
          cancellation = e;
          abort();
        }
      }
    }

    /** What the statement throws, all tasks being done. */
    private @Nullable Throwable outcome(Task<?> task) {
      if (fatal != null) {
        reportBesidesFatal(task.loop);
        return fatal;
      }
      if (parentCancelRequested && task.uncancel() == 0) {
        cancellation = null; // it was our own request
      } else if (cancellation == null) {
        cancellation = lastCancellation;
      }
      if (thrown != null && !(thrown instanceof CancelledError)) {
        failures.add(thrown);
      }
      if (cancellation == null || !failures.isEmpty()) {
        reportSuppressedInBlock(task.loop);
      }
      if (failures.isEmpty()) {
        return cancellation;
      }
      if (task.cancelling() > 0) {
        // Cancelled from outside as well: the request is delivered again at the next resume point.
        task.uncancel();
        task.cancel(cancellation instanceof CancelledError outside ? outside.reason() : null);
      }
      if (failures.size() == 1 && failures.get(0) == thrown && comesOutBare(thrown)) {
        return thrown;
      }
      String name = options.name() == null ? "a TaskGroup" : "TaskGroup " + options.name();
      return StackTraces.grouped(
          new ExceptionGroup("unhandled errors in " + name, failures), thrown, task);
    }

    /** Whether no group is made of a failure of the block alone. */
    private boolean comesOutBare(Throwable blocks) {
      return options.isolatesFailures()
          || blocks instanceof GeneratorExit; // the generator that holds the block is being closed
    }

    /** The block's cancellation ends here, and would take along what is suppressed in it. */
    private void reportSuppressedInBlock(EventLoop loop) {
      if (!(thrown instanceof CancelledError)) {
        return;
      }
      for (Throwable suppressed : thrown.getSuppressed()) {
        if (failures.stream().noneMatch(failure -> failure == suppressed)) {
          loop.callExceptionHandler(
              new ExceptionContext(
                  "the block of " + TaskGroup.this + " was cancelled, and failed while it ended",
                  suppressed));
        }
      }
    }

    private void reportBesidesFatal(EventLoop loop) {
      reportSuppressedInBlock(loop);
      if (thrown != null && !(thrown instanceof CancelledError)) {
        failures.add(thrown);
      }
      for (Throwable failure : failures) {
        if (failure != fatal) {
          loop.callExceptionHandler(
              new ExceptionContext(
                  "a failure in " + TaskGroup.this + " gave way to a fatal error", failure));
        }
      }
    }
  }
}
