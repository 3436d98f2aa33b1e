package io.fermata.internal.reports;

import io.fermata.Outcome;
import io.fermata.WaitResult;
import io.fermata.internal.Excerpt;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The beginning of a value's text; the records that the runtime gives are read piece by piece. */
public final class ValueText extends Excerpt {
  private ValueText() {}

  public static String of(@Nullable Object value) {
    return new ValueText().textOf(value);
  }

  @Override
  protected boolean appendKnown(Object value) {
    if (value instanceof Outcome.Success<?> success) {
      appendText("Success[value=");
      append(success.value());
      appendText("]");
    } else if (value instanceof WaitResult<?> result) {
      append("WaitResult[done=", result.done());
      append(", pending=", result.pending());
      appendText("]");
    } else {
      return false;
    }
    return true;
  }

  private void append(String label, Collection<?> values) {
    appendText(label);
    append(values);
  }
}
