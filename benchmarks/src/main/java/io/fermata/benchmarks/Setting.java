package io.fermata.benchmarks;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How it is measured.
 *
 * @param rounds how often each peer is measured, each time in a new process
 * @param warmUp how many seconds of CPU time a process warms up
 * @param seconds how long it then measures
 */
record Setting(int rounds, double warmUp, double seconds) {
  /** Heap that is there from the start, the collector for one core, one carrier. */
  private static List<String> options() {
    List<String> options =
        new ArrayList<>(List.of("-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"));
    if (VirtualThreads.AVAILABLE) {
      options.add("-Djdk.virtualThreadScheduler.parallelism=1");
      options.add("-Djdk.virtualThreadScheduler.maxPoolSize=1");
    }
    return options;
  }

  /** What a JVM like those that are measured prints. */
  String run(Class<?> main, String... arguments) throws IOException {
    return run(options(), main, arguments);
  }

  /** What a JVM as it is out of the box prints. */
  String runPlain(Class<?> main) throws IOException {
    return run(List.of(), main);
  }

  private static String run(List<String> options, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    return Tool.run(command).strip();
  }
}
