package io.fermata.conformance.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one run of a body did and how it ended. */
public record Outcome(List<String> trace, String end, int asked) {

  /** The body returned {@code result}. */
  public static Outcome returned(Recorder recorder, @Nullable Object result) {
    return new Outcome(recorder.trace(), "returned " + Description.of(result), recorder.asked());
  }

  /** The body threw {@code thrown}. */
  public static Outcome threw(Recorder recorder, Throwable thrown) {
    return new Outcome(recorder.trace(), "threw " + Description.of(thrown), recorder.asked());
  }

  @Override
  public String toString() {
    return String.join("\n", trace) + "\n=> " + end + "\n";
  }
}
