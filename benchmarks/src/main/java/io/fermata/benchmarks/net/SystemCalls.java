package io.fermata.benchmarks.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the system calls of a process with {@code strace}, by their names. */
final class SystemCalls {
  static final String STRACE = "strace";

  /** Share of the time, seconds, microseconds per call, calls, errors if there are any, name. */
  private static final Pattern LINE =
      Pattern.compile(" *[0-9.]+ +[0-9.]+ +[0-9]+ +([0-9]+) +(?:[0-9]+ +)?([a-z_0-9]+)");

  private SystemCalls() {}

  /** What is counted. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  static Map<String, Long> during(long pid, Action action)
      throws IOException, InterruptedException {
    Path summary = Files.createTempFile("strace", ".txt");
    Process strace =
        new ProcessBuilder(STRACE, "-c", "-f", "-p", String.valueOf(pid), "-o", summary.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said = strace.inputReader(StandardCharsets.UTF_8)) {
      String attached = said.readLine();
      if (attached == null || !attached.contains("attached")) {
        throw new IOException("strace may not watch a process here: " + attached);
      }
      action.run();
    } finally {
      strace.destroy();
      strace.waitFor();
    }
    try {
      return parse(Files.readAllLines(summary));
    } finally {
      Files.delete(summary);
    }
  }

  static Map<String, Long> parse(List<String> summary) {
    Map<String, Long> calls = new TreeMap<>();
    for (String line : summary) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && !matcher.group(2).equals("total")) {
        calls.merge(matcher.group(2), Long.parseLong(matcher.group(1)), Long::sum);
      }
    }
    return calls;
  }
}
