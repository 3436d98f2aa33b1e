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
}
