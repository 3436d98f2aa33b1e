package io.fermata;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;

/** The line tables of the runtime's own coroutines, which name the function that users call. */
final class RuntimeLines {
  private RuntimeLines() {}

  /** The table for a function of {@link Async}. */
  static LineTable of(String function) {
    return of("Async", function);
  }

  /** The table for a method of a type of this package. */
  static LineTable of(String type, String method) {
    return LineTable.of(
        Continuation.CONTRACT, "io.fermata." + type, method, type + ".java", "", "");
  }
}
