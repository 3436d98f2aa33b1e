package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.RuntimeLines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code race}: the first that succeeds; the others are cancelled, and waited for.
 *
 * <pre>
 *  running --success, fatal error, cancellation--&gt; decided --all are done--&gt; ended
 *     |                                                                       ^
 *     +--all have failed------------------------------------------------------+
 * </pre>
 */
final class Race<T extends @Nullable Object> extends RuntimeCoro<T> {
  private static final LineTable LINES = RuntimeLines.of(Race.class, "race");
  private static final int WAITING = -2;

  private List<Awaitable<?>> given;
  private @Nullable Competition competition;

  Race(Collection<? extends Awaitable<? extends T>> awaitables) {
    super(LINES);
    this.given = new ArrayList<>(awaitables);
    if (given.isEmpty()) {
      throw new IllegalArgumentException(
          "race has nothing that could win, the collection is empty: don't call it then.");
    }
    given.forEach(each -> Objects.requireNonNull(each, "an awaitable in a race"));
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    Competition running = competition;
    if (running == null) {
      running = new Competition(task);
      competition = running;
      running.begin(given);
      given = List.of();
    } else {
      running.takeUp(sent);
    }
    if (running.isOver()) {
      return ended(running.outcome());
    }
    state = WAITING;
    return await(task, running.end, depth);
  }

  @Override
  protected void clear() {
    given = List.of();
    competition = null;
  }
}
