package io.fermata;

import io.fermata.internal.reports.ValueText;
import java.io.IOException;
import java.io.ObjectInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Thrown at the resume point of a task that is cancelled. It is an {@link Error}, so that {@code
 * catch (Exception e)} does not swallow a cancellation; whoever catches it to clean up throws it
 * again.
 *
 * <pre>{@code
 * try {
 *   await(work());
 * } catch (CancelledError e) {
 *   log("given up");
 *   throw e;
 * }
 * }</pre>
 *
 * <p>Each delivery throws a fresh object. The one that leaves a task's coroutine is what the first
 * who awaits the task gets, with all that was suppressed in it; the others get fresh ones with the
 * same reason. It has no stack trace of its own (a cancellation is ordinary business, and a trace
 * costs more than the rest of it); suppression is on. Thread-safe as any throwable.
 *
 * <p>asyncio: {@code CancelledError}.
 */
public final class CancelledError extends Error {
  private static final long serialVersionUID = 1L;

  private transient @Nullable Object reason;

  /** A cancellation for which no reason was given. */
  public CancelledError() {
    this(null);
  }

  /**
   * A cancellation with a reason.
   *
   * @param message what {@code cancel} was given, or null
   */
  public CancelledError(@Nullable Object message) {
    super(textOf(message), null, true, false);
    this.reason = message;
  }

  /** A text as it is; of another object, whose text may be long or fail, the beginning. */
  private static @Nullable String textOf(@Nullable Object message) {
    return message == null || message instanceof String ? (String) message : ValueText.of(message);
  }

  /** {@return the very object that {@code cancel} was given, or null} Once serialized, its text. */
  public @Nullable Object reason() {
    return reason;
  }

  /** What a reason is may not be serializable, and would be another object in any case. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    reason = getMessage();
  }
}
