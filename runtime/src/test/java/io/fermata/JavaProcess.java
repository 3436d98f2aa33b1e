package io.fermata;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A program of the tests in a JVM of its own. */
public final class JavaProcess {

  /** How it ended, and what it printed on both streams. */
  public record Ended(int exitCode, List<String> output) {}

  /** Ten times what the longest needs on a busy machine. */
  private static final int LIMIT_SECONDS = 300;

  private final List<String> jvmArguments;
  private final List<String> prefix;

  public JavaProcess(String... jvmArguments) {
    this(List.of(), List.of(jvmArguments));
  }

  private JavaProcess(List<String> prefix, List<String> jvmArguments) {
    this.prefix = prefix;
    this.jvmArguments = jvmArguments;
  }

  /** The same, which may have so many files and sockets open; for systems with a shell. */
  public JavaProcess withDescriptors(int most) {
    return new JavaProcess(
        List.of("sh", "-c", "ulimit -n " + most + "; exec \"$@\"", "sh"), jvmArguments);
  }

  /** Runs a main class to its end, and shows each line that it prints to {@code onLine}. */
  public Ended run(Class<?> main, BiConsumer<Process, String> onLine, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(
        Path.of("target", "test-classes") + File.pathSeparator + Path.of("target", "classes"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    CompletableFuture<?> limit =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS));
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = output.readLine()) != null; ) {
        lines.add(line);
        onLine.accept(process, line);
      }
    }
    assertTrue(process.waitFor(40, TimeUnit.SECONDS), "the JVM hangs");
    assertTrue(limit.cancel(false), () -> "the JVM hangs, having printed " + lines);
    return new Ended(process.exitValue(), lines);
  }
}
