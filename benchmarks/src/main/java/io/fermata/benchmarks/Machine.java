package io.fermata.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine that is measured on. */
public final class Machine {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private static final String UNKNOWN = "?";

  private Machine() {}

  /** What the numbers depend on. */
  static String describe() throws IOException {
    return String.format(
        Locale.ROOT,
        "JDK %s; %s, %d cores, %s %s; load %.1f",
        System.getProperty("java.vm.version"),
        value(PROCESSORS, "model name"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /**
   * Keeps this process, and those that it starts, to the last core that it may use, if the machine
   * has {@code taskset}; tells what came of it.
   */
  static String keepToOneCore() throws IOException {
    List<Integer> allowed = allowedCores();
    if (allowed.isEmpty()) {
      return "on any core, for there is no taskset";
    }
    int core = allowed.get(allowed.size() - 1);
    try {
      keepTo(core);
      return "on core " + core;
    } catch (IOException e) {
      return "on any core, for taskset has failed";
    }
  }

  /** The cores that this process may use; none if the machine has no {@code taskset}. */
  public static List<Integer> allowedCores() throws IOException {
    String ranges = value(STATUS, "Cpus_allowed_list");
    if (!Tool.isThere("taskset") || ranges.equals(UNKNOWN)) {
      return List.of();
    }
    List<Integer> allowed = new ArrayList<>();
    for (String range : ranges.split(",", -1)) {
      int dash = range.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int last = Integer.parseInt(range.substring(dash + 1));
      for (int core = first; core <= last; core++) {
        allowed.add(core);
      }
    }
    return allowed;
  }

  /** Keeps this process, and those that it starts, to a core. */
  public static void keepTo(int core) throws IOException {
    String pid = String.valueOf(ProcessHandle.current().pid());
    Tool.run(List.of("taskset", "-acp", String.valueOf(core), pid));
  }

  /** What a file of lines {@code name : value} says first, or {@link #UNKNOWN}. */
  private static String value(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      return UNKNOWN;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    }
  }
}
