package io.fermata.conformance.world;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Runs javac in this JVM. */
final class Javac {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private static final Path TEMPORARY = Folders.temporary();
  private static final long SECONDS = 180;

  private Javac() {}

  /** Compiles with the processors that {@code options} name. */
  static Compilation compile(Collection<SourceText> sources, int release, List<String> options) {
    return compile(sources, release, options, List.of());
  }

  /**
   * Compiles with {@code processors}, or with those that {@code options} name if there are none.
   */
  static Compilation compile(
      Collection<SourceText> sources,
      int release,
      List<String> options,
      List<? extends Processor> processors) {
    try (StandardJavaFileManager files =
        COMPILER.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      Path folder = Files.createTempDirectory(TEMPORARY, "javac");
      Path classes = Files.createDirectory(folder.resolve("classes"));
      Path generated = Files.createDirectory(folder.resolve("generated"));
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of("--release", String.valueOf(release), "-g", "-encoding", "UTF-8"));
      // Without it javac looks for sources on the class path, where the cases lie as resources.
      all.addAll(List.of("-sourcepath", Files.createDirectory(folder.resolve("none")).toString()));
      all.addAll(List.of("-d", classes.toString(), "-s", generated.toString()));
      DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
      StringWriter output = new StringWriter();
      CompilationTask task =
          COMPILER.getTask(
              output,
              files,
              diagnostics,
              all,
              null,
              sources.stream().map(SourceText::asFile).toList());
      if (!processors.isEmpty()) {
        task.setProcessors(processors);
      }
      boolean succeeded = call(task, output);
      return result(succeeded, classes, generated, diagnostics, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On a thread of its own, so that a compile that hangs is a fault, not a hung build. */
  private static boolean call(CompilationTask task, StringWriter output) {
    FutureTask<Boolean> future = new FutureTask<>(task);
    Thread thread = new Thread(future, "javac");
    thread.setDaemon(true);
    thread.start();
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      output.append("javac hangs at ").append(Arrays.toString(thread.getStackTrace()));
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException failed) {
      Throwable e = requireNonNull(failed.getCause());
      output.append("javac failed: ").append(String.valueOf(e)).append('\n');
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        output.append("caused by ").append(String.valueOf(cause)).append('\n');
        StackTraceElement[] frames = cause.getStackTrace();
        for (int i = 0; i < Math.min(8, frames.length); i++) {
          output.append("  at ").append(frames[i].toString()).append('\n');
        }
      }
      return false;
    }
  }

  private static Compilation result(
      boolean succeeded,
      Path classes,
      Path generated,
      DiagnosticCollector<JavaFileObject> diagnostics,
      StringWriter output) {
    List<String> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
      List<String> kind = diagnostic.getKind() == Diagnostic.Kind.ERROR ? errors : warnings;
      kind.add(diagnostic.toString());
    }
    if (!succeeded && errors.isEmpty()) {
      errors.add(output.toString());
    }
    return new Compilation(
        classes, generated, succeeded ? List.of() : List.copyOf(errors), List.copyOf(warnings));
  }
}
