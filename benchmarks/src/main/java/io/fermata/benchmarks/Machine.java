package io.fermata.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine that is measured on. */
final class Machine {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

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
  static String keepToOneCore() throws IOException, InterruptedException {
    String[] allowed = value(STATUS, "Cpus_allowed_list").split("[,-]", -1);
    String core = allowed[allowed.length - 1];
    List<String> command =
        List.of("taskset", "-acp", core, String.valueOf(ProcessHandle.current().pid()));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      return process.waitFor() == 0 ? "on core " + core : "on any core, for taskset has failed";
    } catch (IOException e) {
      return "on any core, for there is no taskset";
    }
  }

  /** What a file of lines {@code name : value} says first, or {@code ?}. */
  private static String value(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      return "?";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("?");
    }
  }
}
