package io.fermata.processor;

import io.fermata.processor.diagnostics.Diagnostic.Severity;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asks for with {@code -A}.
 *
 * @param dump the pass whose result is to be printed
 * @param leastError what is to be an error: with {@code -Afermata.werror=true} warnings, too
 */
record Options(Optional<String> dump, Severity leastError) {

  private static final String DUMP = "fermata.dump";
  private static final String WERROR = "fermata.werror";

  static Set<String> names() {
    return Set.of(DUMP, WERROR);
  }

  static Options of(Map<String, String> options) {
    boolean werror = Boolean.parseBoolean(options.get(WERROR));
    return new Options(
        Optional.ofNullable(options.get(DUMP)), werror ? Severity.WARNING : Severity.ERROR);
  }
}
