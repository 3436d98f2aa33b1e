package io.fermata.internal.reports;

/** Tells the runtime's own classes from the user's, in stack traces. */
public final class RuntimeClasses {
  private static final String ROOT = "io.fermata.";

  private RuntimeClasses() {}

  /** Whether a class stands in one of the runtime's packages, and is not a test's. */
  public static boolean contain(String className) {
    if (!className.startsWith(ROOT)) {
      return false;
    }
    int dot = className.indexOf('.', ROOT.length());
    return (dot < 0 || isPackage(className.substring(ROOT.length(), dot))) && !isTest(className);
  }

  private static boolean isPackage(String name) {
    return switch (name) {
      case "codegen", "internal", "net", "queue", "sync", "testing" -> true;
      default -> false;
    };
  }

  private static boolean isTest(String className) {
    int dollar = className.indexOf('$');
    int end = dollar < 0 ? className.length() : dollar;
    return className.startsWith("Test", end - "Test".length());
  }
}
