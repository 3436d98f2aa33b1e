package io.fermata.conformance.realcode;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Runs javac over sources in memory, which are texts by the paths of their files. */
final class Javac {
  private static final String SCHEME = "source";
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private final String classPath;

  /**
   * With jars on the class path, before that of the tests.
   *
   * @param jars what the sources need
   */
  Javac(List<Path> jars) {
    this.classPath =
        Stream.concat(jars.stream().map(Path::toString), Stream.of(testClassPath()))
            .collect(joining(File.pathSeparator));
  }

  /** What javac knows of sources, and has against them. */
  record Analysis(List<Source> sources, List<Problem> problems) {}

  /** Analyses the sources without annotation processors. */
  Analysis analyze(Map<String, String> sources) throws IOException {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavacTask task = task(sources, List.of("-proc:none"), diagnostics, new StringWriter());
    List<CompilationUnitTree> units = new ArrayList<>();
    task.parse().forEach(units::add);
    task.analyze();
    List<Source> analyzed = new ArrayList<>();
    for (CompilationUnitTree unit : units) {
      String name = nameOf(unit.getSourceFile());
      String text = requireNonNull(sources.get(name), name);
      analyzed.add(new Source(name, text, unit, Trees.instance(task), task.getTypes()));
    }
    return new Analysis(analyzed, onlyIn(sources, problems(diagnostics)));
  }

  /** Compiles the sources without annotation processors, and gives the errors. */
  List<Problem> compilePlainly(Map<String, String> sources, Path classes) {
    return onlyIn(sources, compile(sources, classes, "-proc:none"));
  }

  /** The problems, for callers that mend the sources until there are none. */
  private static List<Problem> onlyIn(Map<String, String> sources, List<Problem> problems) {
    if (!problems.stream().map(Problem::file).allMatch(sources::containsKey)) {
      throw new IllegalStateException("javac fails: " + problems);
    }
    return problems;
  }

  /** Compiles the sources with Fermata's processor, and gives the errors. */
  List<Problem> compile(Map<String, String> sources, Path classes) {
    String processor = System.getProperty("fermata.processor.jar", testClassPath());
    return compile(sources, classes, "-processorpath", processor);
  }

  private List<Problem> compile(Map<String, String> sources, Path classes, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-d", classes.toString()));
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    StringWriter output = new StringWriter();
    boolean succeeded = task(sources, all, diagnostics, output).call();
    List<Problem> problems = problems(diagnostics);
    if (!succeeded && problems.isEmpty()) {
      throw new IllegalStateException("javac fails: " + output);
    }
    return problems;
  }

  private JavacTask task(
      Map<String, String> sources,
      List<String> options,
      DiagnosticCollector<JavaFileObject> diagnostics,
      StringWriter output) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--release", "17", "-cp", classPath, "-nowarn", "-Xmaxerrs", "100000"));
    // All errors of one compile, whatever the first are.
    all.add("--should-stop=ifError=FLOW");
    List<Text> files = new ArrayList<>();
    sources.forEach((name, text) -> files.add(new Text(name, text)));
    return (JavacTask) COMPILER.getTask(output, null, diagnostics, all, null, files);
  }

  private static List<Problem> problems(DiagnosticCollector<JavaFileObject> diagnostics) {
    return diagnostics.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(Problem::of)
        .toList();
  }

  private static String testClassPath() {
    return System.getProperty("java.class.path", "");
  }

  /** The path of a source, or that of a generated file on the disk. */
  static String nameOf(JavaFileObject file) {
    URI uri = file.toUri();
    return SCHEME.equals(uri.getScheme()) ? uri.getPath().substring(1) : file.getName();
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String name, String text) {
      super(URI.create(SCHEME + ":///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
