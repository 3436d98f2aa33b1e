package io.fermata.conformance.eclipse;

import static java.util.stream.Collectors.toMap;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.Diagnostic.Kind;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;

/** A folder that a compiler writes to. */
final class Build {

  private static final String PROCESSOR = System.getProperty("fermata.processor.jar", "");
  private static final String RUNTIME = System.getProperty("fermata.runtime.jar", "");
  private static final String JSPECIFY = System.getProperty("jspecify.jar", "");

  private final JavaCompiler compiler;
  private final Path classes;
  private final Path generated;
  private final List<String> options = new ArrayList<>();
  private String classPath = RUNTIME + File.pathSeparator + JSPECIFY;
  private String processorPath = PROCESSOR;

  Build(JavaCompiler compiler, Path folder) {
    this.compiler = compiler;
    this.classes = folder.resolve("classes");
    this.generated = folder.resolve("generated");
  }

  Build with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  Build onClassPath(String more) {
    classPath += File.pathSeparator + more;
    return this;
  }

  Build onProcessorPath(Path more) {
    processorPath += File.pathSeparator + more;
    return this;
  }

  Path classes() {
    return classes;
  }

  Path generated() {
    return generated;
  }

  /** Compiles files. */
  Result compile(List<Path> files) {
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      return compile(manager, manager.getJavaFileObjectsFromPaths(files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles files that need not lie on a disk. */
  Result compileObjects(List<? extends JavaFileObject> files) {
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      return compile(manager, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result compile(StandardJavaFileManager manager, Iterable<? extends JavaFileObject> files)
      throws IOException {
    Files.createDirectories(classes);
    Files.createDirectories(generated);
    // Batch ECJ finds no processor where a module path stands behind the processor path.
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-d", classes.toString(), "-s", generated.toString()));
    all.addAll(List.of("-cp", classPath, "-processorpath", processorPath, "-encoding", "UTF-8"));
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    StringWriter output = new StringWriter();
    boolean succeeded = compiler.getTask(output, manager, diagnostics, all, null, files).call();
    return new Result(succeeded, diagnostics.getDiagnostics(), output.toString());
  }

  /** What a compiler said. */
  record Result(
      boolean succeeded, List<Diagnostic<? extends JavaFileObject>> diagnostics, String output) {

    /** What Fermata says, sorted: {@code Hello.java:3 ERROR [fermata:code] …}. */
    List<String> findings() {
      return diagnostics.stream()
          .map(Result::line)
          .filter(each -> each.contains("[fermata:"))
          .sorted()
          .toList();
    }

    /** The errors, by file and line. */
    List<String> errors() {
      return diagnostics.stream()
          .filter(each -> each.getKind() == Kind.ERROR)
          .map(Result::line)
          .sorted()
          .toList();
    }

    private static String line(Diagnostic<? extends JavaFileObject> each) {
      String file =
          each.getSource() == null ? "" : Path.of(each.getSource().getName()).getFileName() + ":";
      return file + each.getLineNumber() + " " + each.getKind() + " " + each.getMessage(null);
    }
  }

  /** The generated sources by their paths. */
  Map<String, String> twins() {
    return contents(generated, ".java", Build::text);
  }

  /** One of them. */
  String twin(String path) {
    return text(generated.resolve(path));
  }

  static <T> Map<String, T> contents(Path folder, String suffix, Function<Path, T> read) {
    return filesIn(folder, suffix).stream()
        .collect(
            toMap(each -> folder.relativize(each).toString(), read, (a, b) -> b, TreeMap::new));
  }

  static List<Path> filesIn(Path folder, String suffix) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(each -> each.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String hexOf(Path file) {
    try {
      return HexFormat.of().formatHex(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, String text) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
