package io.fermata;

import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.StackTraces;
import io.fermata.internal.reports.ThrowableAccess;
import org.jspecify.annotations.Nullable;

/**
 * How one awaitable ended: a value or a failure, as {@link Async#gatherOutcomes} gives them.
 *
 * <pre>{@code
 * for (Outcome<String> outcome : await(gatherOutcomes(downloads))) {
 *   if (outcome instanceof Outcome.Success<String> success) {
 *     use(success.value());
 *   }
 * }
 * }</pre>
 *
 * <p>Immutable. {@link #get} throws the failure as the same object.
 *
 * <p>asyncio: {@code gather(return_exceptions=True)}.
 *
 * @param <T> type of the value
 */
public sealed interface Outcome<T extends @Nullable Object> {

  /**
   * It has a value.
   *
   * @param <T> type of the value
   * @param value the value
   */
  record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

  /**
   * It failed, or was cancelled ({@link CancelledError}).
   *
   * @param <T> type of the value
   * @param exception what was thrown
   */
  record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {}

  /** {@return the value, or throws the failure} */
  default T get() {
    if (this instanceof Success<T> success) {
      return success.value();
    }
    Throwable failure = ((Failure<T>) this).exception();
    throw Unchecked.<RuntimeException>sneak(
        StackTraces.asked(failure, ThrowableAccess.traceOf(failure)));
  }
}
