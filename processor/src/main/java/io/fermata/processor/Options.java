package io.fermata.processor;

import io.fermata.processor.declaration.CarriedAnnotations;
import io.fermata.processor.diagnostics.Diagnostic.Severity;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for with {@code -A}.
 *
 * @param dump the pass whose result is to be printed
 * @param leastError what is to be an error: with {@code -Afermata.werror=true} warnings, too
 * @param annotations those of a coroutine that its twin has, too
 * @param patch the file for what mends the findings
 */
record Options(
    Optional<String> dump,
    Severity leastError,
    CarriedAnnotations annotations,
    Optional<String> patch) {

  private static final String DUMP = "fermata.dump";
  private static final String WERROR = "fermata.werror";
  private static final String ANNOTATIONS = "fermata.annotations";
  private static final String PATCH = "fermata.patch";

  static Set<String> names() {
    return Set.of(DUMP, WERROR, ANNOTATIONS, PATCH);
  }

  static Options of(Map<String, String> options) {
    boolean werror = Boolean.parseBoolean(options.get(WERROR));
    return new Options(
        Optional.ofNullable(options.get(DUMP)),
        werror ? Severity.WARNING : Severity.ERROR,
        annotations(options.get(ANNOTATIONS)),
        Optional.ofNullable(options.get(PATCH)));
  }

  private static CarriedAnnotations annotations(@Nullable String names) {
    return names == null
        ? CarriedAnnotations.DEFAULT
        : new CarriedAnnotations(Set.of(names.strip().split("\\s*,\\s*")));
  }
}
