package io.fermata.processor.diagnostics;

import java.util.List;

/**
 * A fault in a body, found in the nested compile: plain data, with the position in the user's file,
 * where {@link Reporter} prints it.
 *
 * @param arguments fill the placeholders of the diagnostic's fact and remedy, in order
 * @param start where the exact expression starts in the file
 * @param end where it ends (exclusive)
 */
public record Fault(Diagnostic diagnostic, List<String> arguments, int start, int end) {

  public Fault {
    arguments = List.copyOf(arguments);
  }

  /** Whether it stops the compile, however warnings are taken. */
  public boolean isError() {
    return diagnostic.severity() == Diagnostic.Severity.ERROR;
  }

  /** Whether both are about one and the same piece of source. */
  public boolean isAtSamePlaceAs(Fault other) {
    return start == other.start && end == other.end;
  }
}
