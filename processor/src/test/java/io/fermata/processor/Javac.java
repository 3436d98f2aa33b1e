package io.fermata.processor;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Runs javac over files in a folder, as a build does. */
final class Javac {

  /** Where the build puts what tests compile. */
  static final Path INPUTS = Path.of("target", "test-inputs");

  private final Path sources;
  private final Path classes;
  private final List<String> options = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private final List<Processor> processors = new ArrayList<>();
  private Comparator<Path> order = Comparator.naturalOrder();

  Javac(Path folder) {
    this.sources = folder.resolve("sources");
    this.classes = folder.resolve("classes");
  }

  Javac source(String name, String text) {
    write(sources.resolve(name), text);
    return this;
  }

  Javac options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  Javac processors(Processor... more) {
    processors.addAll(List.of(more));
    return this;
  }

  /** The order in which the sources are named. */
  Javac inOrder(Comparator<Path> newOrder) {
    order = newOrder;
    return this;
  }

  /** Classes that the sources use. */
  Javac classPath(Path... more) {
    classPath.addAll(List.of(more));
    return this;
  }

  /** The class path with the runtime. */
  Javac withRuntime() {
    classPath.add(0, placeOf("io.fermata.Coroutine"));
    return options(
        "-cp", classPath.stream().map(Path::toString).collect(joining(File.pathSeparator)));
  }

  Result compile() {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    StringWriter output = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      Files.createDirectories(classes);
      List<String> all = new ArrayList<>(List.of("-d", classes.toString()));
      all.addAll(options);
      JavaCompiler.CompilationTask task =
          javac.getTask(
              output,
              files,
              diagnostics,
              all,
              null,
              files.getJavaFileObjectsFromPaths(
                  filesIn(sources, ".java").stream().sorted(order).toList()));
      if (!processors.isEmpty()) {
        task.setProcessors(processors);
      }
      boolean ok = task.call();
      return new Result(ok, diagnostics.getDiagnostics(), output.toString(), classFiles());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the command, whose processors have a class loader of their own; gives what it prints. */
  String compileInProcess() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(List.of("-d", classes.toString()));
    command.addAll(options);
    filesIn(sources, ".java").forEach(each -> command.add(each.toString()));
    try {
      Files.createDirectories(classes);
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, byte[]> classFiles() throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    for (Path each : filesIn(classes, ".class")) {
      found.put(classes.relativize(each).toString(), Files.readAllBytes(each));
    }
    return found;
  }

  /** What came of a compile. */
  record Result(
      boolean ok,
      List<Diagnostic<? extends JavaFileObject>> diagnostics,
      String output,
      Map<String, byte[]> classFiles) {

    /** {@code Hello.java:3 message}, first lines only. */
    List<String> messages(Diagnostic.Kind... kinds) {
      return diagnostics.stream()
          .filter(each -> kinds.length == 0 || List.of(kinds).contains(each.getKind()))
          .map(Result::line)
          .toList();
    }

    private static String line(Diagnostic<? extends JavaFileObject> each) {
      String file =
          each.getSource() == null
              ? ""
              : Path.of(each.getSource().getName()).getFileName()
                  + ":"
                  + each.getLineNumber()
                  + " ";
      return file + each.getMessage(Locale.ROOT).lines().findFirst().orElse("");
    }
  }

  /** The folder or jar that a class of the test's class path comes from. */
  static Path placeOf(String className) {
    try {
      return Path.of(
          Class.forName(className).getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Path> filesIn(Path folder, String suffix) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> each.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
