package io.fermata.junit;

import java.util.List;
import java.util.Set;

/** Tells frames of the runtime from those of its users. */
final class RuntimeFrames {
  private static final String BASE = "io.fermata";
  private static final Set<String> PARTS =
      Set.of("codegen", "file", "flow", "internal", "net", "process", "queue", "sync", "testing");

  private RuntimeFrames() {}

  static boolean isOne(StackTraceElement frame) {
    String name = frame.getClassName();
    String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    return packageName.equals(BASE)
        || (packageName.startsWith(BASE + ".")
            && PARTS.contains(packageName.substring(BASE.length() + 1).replaceAll("\\..*", "")));
  }

  /** Those of users, in their order. */
  static List<StackTraceElement> without(List<StackTraceElement> frames) {
    return frames.stream().filter(each -> !isOne(each)).toList();
  }
}
