package io.fermata;

/** Tells the runtime's own classes from the user's, in stack traces. */
final class RuntimeClasses {
  private static final String ROOT = "io.fermata.";

  private RuntimeClasses() {}

  /** Whether a top-level class stands in one of the runtime's packages, and is not a test. */
  static boolean contain(String className) {
    if (!className.startsWith(ROOT) || className.endsWith("Test")) {
      return false;
    }
    String rest = className.substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0
        || switch (rest.substring(0, dot)) {
          case "codegen", "internal", "net", "queue", "sync", "testing" -> true;
          default -> false;
        };
  }
}
