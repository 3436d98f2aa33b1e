package io.fermata.conformance.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs programs of this JDK and of this Maven. */
public final class Command {
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home", ""));

  private Command() {}

  public static String java(Path folder, String... arguments)
      throws IOException, InterruptedException {
    return run(folder, JAVA_HOME.resolve("bin/java"), arguments);
  }

  static String javac(Path folder, String... arguments) throws IOException, InterruptedException {
    return run(folder, JAVA_HOME.resolve("bin/javac"), arguments);
  }

  static String javap(Path folder, String... arguments) throws IOException, InterruptedException {
    return run(folder, JAVA_HOME.resolve("bin/javap"), arguments);
  }

  static String maven(Path folder, String... arguments) throws IOException, InterruptedException {
    return run(folder, Path.of(System.getProperty("maven.home", "")).resolve("bin/mvn"), arguments);
  }

  /** Gives what the program prints, on either stream; it must end well. */
  private static String run(Path folder, Path program, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), () -> builder.command() + "\n" + output);
    return output;
  }
}
