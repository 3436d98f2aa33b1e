package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.RuntimeLines;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine in a group's line: starts another one when its turn has come. {@link Task#create}
 * takes that one out, and makes a task of it that waits in its own name; only where a task factory
 * awaits what it was given in a coroutine of its own does this one run.
 *
 * <pre>
 *  in line --come--&gt; the coroutine may start
 * </pre>
 */
final class Turn<T extends @Nullable Object> extends RuntimeCoro<T> implements PromiseCallback {
  private static final LineTable LINES = RuntimeLines.of(Turn.class, "TaskGroup", "createTask");
  private static final int IN_LINE = 2;
  private static final int STARTED = 3;

  final Turns.InLine inLine = new Turns.InLine(this);
  private final Turns turns;
  private final Suspension place;
  private @Nullable Coro<T> coro;
  private boolean hasCome;

  Turn(Turns turns, Coro<T> coro) {
    super(LINES);
    this.turns = turns;
    this.coro = coro;
    this.place = new Suspension(turns);
  }

  /** Its turn has come. */
  void come() {
    hasCome = true;
    if (place.isWaiting()) {
      place.resume();
    }
  }

  /** The coroutine that is in line, for a task to run in the place of this one. */
  Coro<T> takeOut() {
    Coro<T> self = this;
    self.claim("made a task");
    Coro<T> taken = Objects.requireNonNull(coro);
    self.finish();
    return taken;
  }

  /** Has a task wait before its first step, unless its turn has come. */
  boolean holdsBack(Task<T> task, Coro<T> outermost) {
    if (!hasCome) {
      place.awaitedBy(task, outermost);
    }
    return !hasCome;
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    if (state == STARTED) {
      return sent;
    }
    if (!hasCome) {
      state = IN_LINE;
      return await(task, place, depth);
    }
    Coro<T> started = coro;
    coro = null;
    Object result = await(task, started, depth);
    if (result == SUSPENDED) {
      state = STARTED;
    }
    return result;
  }

  @Override
  public void close() {
    Coro<T> dropped = coro;
    super.close();
    if (dropped != null) {
      dropped.close();
    }
  }

  @Override
  protected void clear() {
    coro = null;
  }

  /** The task is done, whether it had its turn or not. */
  @Override
  public void onDone(Promise<?> task) {
    turns.end(this);
  }

  @Override
  public boolean isWaiter() {
    return false;
  }
}
