package io.fermata.processor.ecj;

import io.fermata.processor.attribution.MissingClasses;
import io.fermata.processor.attribution.PlatformOptions;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the sources with the JVM's own javac and our processor, down to the analysis that finds
 * what is wrong in code outside of coroutines; no class file is made.
 */
final class NestedJavac {

  private static final String CLASS_PATH = "fermata.classpath";
  private static final String SOURCE_PATH = "fermata.sourcepath";

  /** The options that are about the nested compile itself. */
  static final Set<String> OPTIONS = Set.of(CLASS_PATH, SOURCE_PATH);

  private final EcjEnvironment ecj;
  private final Class<? extends Processor> processor;

  NestedJavac(EcjEnvironment ecj, Class<? extends Processor> processor) {
    this.ecj = ecj;
    this.processor = processor;
  }

  /**
   * What came of a compile.
   *
   * @param twins the generated sources, by the names of their classes
   * @param diagnostics all that javac said
   * @param failure what else went wrong
   */
  record Result(
      Map<String, String> twins,
      List<Diagnostic<? extends JavaFileObject>> diagnostics,
      String failure) {

    static final Result NONE = new Result(Map.of(), List.of(), "");

    /** What our processor says. */
    List<Diagnostic<? extends JavaFileObject>> ofProcessor() {
      return diagnostics.stream().filter(Result::isOfProcessor).toList();
    }

    /** What javac itself finds wrong in a file. */
    List<Diagnostic<? extends JavaFileObject>> errorsIn(URI file) {
      return diagnostics.stream()
          .filter(each -> each.getKind() == Diagnostic.Kind.ERROR && !isOfProcessor(each))
          .filter(each -> each.getSource() != null && each.getSource().toUri().equals(file))
          .toList();
    }

    /** Whether a class is missing, which another processor may still make. */
    boolean missesClasses() {
      return MissingClasses.in(diagnostics);
    }

    private static boolean isOfProcessor(Diagnostic<? extends JavaFileObject> diagnostic) {
      return String.valueOf(diagnostic.getCode()).endsWith(".proc.messager");
    }
  }

  /** Compiles; files with errors of syntax, which keep javac from all others, are left out. */
  Result run(Collection<EcjSource> sources) {
    List<EcjSource> sound = new ArrayList<>(sources);
    List<Diagnostic<? extends JavaFileObject>> diagnostics = new ArrayList<>();
    while (true) {
      Attempt attempt = attempt(sound);
      diagnostics.addAll(attempt.diagnostics());
      Result result = new Result(attempt.twins(), diagnostics, attempt.output());
      if (attempt.isProcessed()
          || !sound.removeIf(each -> !result.errorsIn(each.toUri()).isEmpty())) {
        return result;
      }
    }
  }

  private record Attempt(
      boolean isProcessed,
      Map<String, String> twins,
      List<Diagnostic<? extends JavaFileObject>> diagnostics,
      String output) {}

  private Attempt attempt(Collection<EcjSource> sources) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    StringWriter output = new StringWriter();
    Witness witness = new Witness();
    try (KeptFiles files = new KeptFiles(javac.getStandardFileManager(null, null, null));
        NestedProcessors nested = NestedProcessors.load(processor)) {
      JavaCompiler.CompilationTask task =
          javac.getTask(output, files, diagnostics, options(), null, sources);
      List<Processor> processors = new ArrayList<>(nested.processors());
      processors.add(witness);
      task.setProcessors(processors);
      task.call();
      return new Attempt(
          witness.isCalled, files.texts(), diagnostics.getDiagnostics(), output.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      // Options that javac does not take, and what it throws at its end.
      return new Attempt(false, Map.of(), diagnostics.getDiagnostics(), output + e.toString());
    }
  }

  private List<String> options() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--should-stop=ifNoError=FLOW",
                "-implicit:none",
                "-Xmaxerrs",
                "100000",
                "-Xmaxwarns",
                "100000"));
    options.addAll(new PlatformOptions(ecj.env()).level());
    ecj.encoding().ifPresent(name -> options.addAll(List.of("-encoding", name)));
    options.addAll(List.of("-classpath", path(CLASS_PATH, ecj::classPath)));
    String sourcePath = path(SOURCE_PATH, ecj::sourcePath);
    if (!sourcePath.isEmpty()) {
      options.addAll(List.of("-sourcepath", sourcePath));
    }
    ecj.env().getOptions().forEach((name, value) -> options.addAll(option(name, value)));
    return options;
  }

  /** The user's word, which an old Eclipse leaves as the placeholder that it is. */
  private String path(String option, Supplier<String> otherwise) {
    String given = ecj.env().getOptions().get(option);
    return given == null || given.startsWith("%") ? otherwise.get() : given;
  }

  private static List<String> option(String name, @Nullable String value) {
    boolean isOurs = name.startsWith("fermata.") && !OPTIONS.contains(name);
    return isOurs ? List.of("-A" + name + (value == null ? "" : "=" + value)) : List.of();
  }

  /** Sees whether javac calls processors. */
  @SupportedAnnotationTypes("*")
  private static final class Witness extends AbstractProcessor {

    private boolean isCalled;

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      isCalled = true;
      return false;
    }
  }
}
