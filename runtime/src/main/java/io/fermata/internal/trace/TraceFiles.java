package io.fermata.internal.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the trace of one run goes: a page, trace events for Perfetto, or both in a directory.
 *
 * <p>The first run of a process that asks for a path gets it as it is, the second one gets {@code
 * -2} before the ending, and so on; {@code %p} in the path is the number of the process. What an
 * earlier process has left there is replaced.
 */
public final class TraceFiles {
  private static final String PAGE = ".html";
  private static final String EVENTS = ".json";

  private static final String FAILURE = "-failure";

  /** What runs of this process write to. */
  private static final Set<Path> GIVEN = new HashSet<>();

  private final List<Path> files;

  private TraceFiles(List<Path> files) {
    this.files = files;
  }

  /**
   * Checks what can be told from the path alone.
   *
   * @throws IllegalArgumentException if its ending does not tell a format, and it is no directory
   */
  public static void check(Path path) {
    if (!hasEnding(path) && !Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "a trace is a page (.html) or a file of trace events for Perfetto (.json), and the name"
              + " of "
              + path
              + " ends in neither: name a file that does, or a directory that exists for both.");
    }
  }

  private static boolean hasEnding(Path path) {
    String name = path.toString();
    return name.endsWith(PAGE) || name.endsWith(EVENTS);
  }

  /**
   * Makes the files of one run, empty as yet, with the directories above them.
   *
   * @throws UncheckedIOException if one can't be written
   * @throws IllegalArgumentException as {@link #check}
   */
  static TraceFiles open(Path asked) {
    Path path = withProcess(asked);
    check(path);
    List<Path> named =
        hasEnding(path) && !Files.isDirectory(path)
            ? List.of(path)
            : List.of(path.resolve("trace" + PAGE), path.resolve("trace" + EVENTS));
    List<Path> files = new ArrayList<>();
    for (Path file : named) {
      files.add(made(ofThisRun(file.toAbsolutePath().normalize())));
    }
    return new TraceFiles(files);
  }

  private static Path withProcess(Path path) {
    String text = path.toString();
    if (!text.contains("%p")) {
      return path;
    }
    return Path.of(text.replace("%p", Long.toString(ProcessHandle.current().pid())));
  }

  private static Path ofThisRun(Path file) {
    synchronized (GIVEN) {
      Path free = file;
      for (int times = 2; !GIVEN.add(free); times++) {
        free = beside(file, "-" + times);
      }
      GIVEN.add(beside(free, FAILURE));
      return free;
    }
  }

  private static Path beside(Path file, String addition) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling(name.substring(0, dot) + addition + name.substring(dot));
  }

  private static Path made(Path file) {
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.newOutputStream(file).close();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the trace can't be written to " + file + ": name a file in a directory that can be", e);
    }
  }

  /**
   * Where a setting says that traces go; null if it is empty.
   *
   * @throws IllegalArgumentException if it is no path
   */
  public static @Nullable Path of(String property) {
    if (property.isEmpty()) {
      return null;
    }
    try {
      return Path.of(property);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "fermata.trace is no path: " + e.getMessage() + ". Name a file or a directory.", e);
    }
  }

  /** Writes all of them; a former writing of the same run is replaced. */
  void write(Timeline timeline) throws IOException {
    for (Path file : files) {
      String title = String.valueOf(file.getFileName());
      try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        if (title.endsWith(PAGE)) {
          new PageWriter(timeline, title).write(out);
        } else {
          new PerfettoWriter(timeline, title, out).write();
        }
      }
    }
  }

  /** Puts what was written aside, as {@code <name>-failure}, before it is replaced. */
  void keepFailure() throws IOException {
    for (Path file : files) {
      Files.move(file, beside(file, FAILURE), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public String toString() {
    return files.toString();
  }
}
