package io.fermata;

import io.fermata.codegen.Thrown;
import io.fermata.internal.FatalErrors;
import io.fermata.internal.Suppression;
import io.fermata.internal.reports.StackTraces;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Those that compete in a {@link Race}, and how it stands. */
final class Competition implements PromiseCallback {
  final Suspension end = new Suspension(this);
  private final Task<?> task;

  /** In the order in which they were given. */
  private final List<Promise<?>> competitors = new ArrayList<>();

  /** Those whose end has not been looked at. */
  private final Set<Promise<?>> running = new LinkedHashSet<>();

  private @Nullable Promise<?> winner;

  /** What ended the race before somebody won, or came after that. */
  private @Nullable Throwable thrown;

  private @Nullable Throwable fatal;

  Competition(Task<?> task) {
    this.task = task;
  }

  void begin(List<Awaitable<?>> given) {
    try {
      Awaitables.addPromises(task.loop, given, competitors);
      if (competitors.contains(task)) {
        throw new IllegalStateException(task + " can't compete in a race that it awaits itself.");
      }
    } catch (Throwable t) {
      thrown = t;
      competitors.removeIf(competitor -> competitor == task);
    }
    for (Promise<?> competitor : competitors) {
      if (running.add(competitor) && !competitor.isDone()) {
        competitor.addCallback(this);
      }
    }
    if (thrown != null) {
      cancelTheRest();
    }
    for (Promise<?> competitor : competitors) {
      if (competitor.isDone()) {
        onDone(competitor);
      }
    }
  }

  /** The task goes on: since all are done, or since it was cancelled. */
  void takeUp(@Nullable Object sent) {
    if (!(sent instanceof Thrown failure)) {
      return;
    }
    if (thrown == null) {
      boolean decided = isDecided();
      thrown = failure.throwable();
      if (!decided) {
        cancelTheRest();
      }
    } else if (!(failure.throwable() instanceof CancelledError)) {
      Suppression.add(thrown, failure.throwable());
    }
  }

  @Override
  public void onDone(Promise<?> competitor) {
    if (!running.remove(competitor)) {
      return; // it was done before those that run were cancelled
    }
    if (competitor.state() == Promise.State.FAILED) {
      noteFailure(competitor, Objects.requireNonNull(competitor.exception()));
    } else if (!isDecided() && !competitor.isCancelled()) {
      winner = competitor;
      cancelTheRest();
    }
    if (isOver() && end.isWaiting()) {
      end.resume();
    }
  }

  private void noteFailure(Promise<?> competitor, Throwable failure) {
    boolean decided = isDecided();
    if (fatal == null && FatalErrors.isFatal(failure)) {
      fatal = failure;
      if (!decided) {
        cancelTheRest();
      }
    } else if (winner != null) {
      report(competitor, failure, "one that has lost a race failed when it was cancelled");
    }
  }

  private boolean isDecided() {
    return winner != null || thrown != null || fatal != null;
  }

  private void cancelTheRest() {
    for (Promise<?> competitor : List.copyOf(running)) {
      if (competitor.isDone()) {
        running.remove(competitor);
        competitor.markRetrieved(); // it came second, and would have been asked had it been first
      } else {
        competitor.cancel();
      }
    }
  }

  private void report(Promise<?> competitor, Throwable failure, String what) {
    task.loop.callExceptionHandler(
        new ExceptionContext(
            what, failure, null, competitor, competitor.toString(), competitor.createdAt()));
  }

  boolean isOver() {
    return running.isEmpty();
  }

  /** The value of the winner; throws what the race ended with otherwise. */
  @Nullable Object outcome() throws Throwable {
    if (fatal != null) {
      reportBesidesFatal();
      throw fatal;
    }
    if (thrown != null) {
      if (winner == null) {
        failures().forEach(failure -> Suppression.add(thrown, failure));
      }
      throw thrown;
    }
    if (winner != null) {
      return winner.result();
    }
    List<Throwable> failures = failures();
    if (failures.isEmpty()) {
      return competitors.get(0).result(); // all were cancelled: throws that
    }
    throw StackTraces.grouped(
        new ExceptionGroup("none of " + competitors.size() + " in a race has succeeded", failures),
        null,
        task);
  }

  private void reportBesidesFatal() {
    for (Promise<?> competitor : new LinkedHashSet<>(competitors)) {
      Throwable failure =
          competitor.state() == Promise.State.FAILED ? competitor.exception() : null;
      if (winner == null && failure != null && failure != fatal) {
        report(competitor, failure, "a failure in a race gave way to a fatal error");
      }
    }
  }

  private List<Throwable> failures() {
    List<Throwable> failures = new ArrayList<>();
    for (Promise<?> competitor : new LinkedHashSet<>(competitors)) {
      if (competitor.state() == Promise.State.FAILED) {
        failures.add(Objects.requireNonNull(competitor.exception()));
      }
    }
    return failures;
  }

  @Override
  public boolean waitsForAny() {
    return !isDecided();
  }

  @Override
  public Promise<?> waiter() {
    return task;
  }

  /** What the task waits for. */
  @Override
  public String toString() {
    return !isDecided()
        ? "the first success of " + competitors.size()
        : "the end of " + running.size() + " in a race that is decided";
  }
}
