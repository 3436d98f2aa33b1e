package io.fermata.processor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The passes whose result can be printed, by the names that the user knows, in order. */
enum Pass {
  LOWERING("lowering"),
  DESUGARING("desugar"),
  SPILLING("spill"),
  FLOW("flow"),
  MACHINE("machine");

  private final String packageName;

  Pass(String packageName) {
    this.packageName = packageName;
  }

  /** As in {@code -Afermata.dump=spilling}. */
  String displayName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Pass> named(String displayName) {
    return Arrays.stream(values())
        .filter(each -> each.displayName().equals(displayName))
        .findFirst();
  }

  /** The pass whose classes are in this package of ours. */
  static Optional<Pass> in(String packageName) {
    return Arrays.stream(values()).filter(each -> each.packageName.equals(packageName)).findFirst();
  }

  static String allNames() {
    return Arrays.stream(values()).map(Pass::displayName).collect(Collectors.joining(", "));
  }
}
