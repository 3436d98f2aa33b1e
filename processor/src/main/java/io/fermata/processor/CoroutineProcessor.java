package io.fermata.processor;

import com.google.auto.service.AutoService;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.ecj.EcjHost;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What javac finds on the processor path: makes a twin of each class with {@code @Coroutine}
 * methods, and checks the whole compile for coroutines used the wrong way.
 */
@AutoService(Processor.class)
public final class CoroutineProcessor extends AbstractProcessor {

  private final Function<PassListener, Passes<?>> passes;
  private @Nullable TwinCompiler compiler;

  /** For javac. */
  public CoroutineProcessor() {
    this(BodyPasses::new);
  }

  /** With other passes, for tests. */
  CoroutineProcessor(Function<PassListener, Passes<?>> passes) {
    this.passes = passes;
  }

  /** Code without a coroutine is checked, too. */
  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  @Override
  public Set<String> getSupportedOptions() {
    Set<String> names = new HashSet<>(Options.names());
    names.addAll(EcjHost.options());
    return names;
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public synchronized void init(ProcessingEnvironment env) {
    super.init(env);
    Options options = Options.of(env.getOptions());
    PassDump dump = PassDump.of(options, env.getMessager());
    Optional<ProcessingEnvironment> javac = JavacEnvironment.behind(env);
    compiler =
        javac.isPresent()
            ? CoroutineCompiler.create(env, javac.get(), options, passes.apply(dump))
            : EcjHost.of(env, CoroutineProcessor.class, new SignatureReader(env, options))
                .<TwinCompiler>map(host -> host::compile)
                .orElseGet(() -> new SignatureCompiler(env, options));
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (compiler != null) {
      try {
        compiler.compile(round);
      } catch (RuntimeException | Error e) {
        report(e);
      }
    }
    return false;
  }

  /** What leaves a processor makes javac end with a stack trace, and hides all it has to say. */
  private void report(Throwable failure) {
    List<String> arguments = List.of("the coroutines of this compile", "driver", describe(failure));
    processingEnv
        .getMessager()
        .printMessage(Kind.ERROR, Diagnostic.INTERNAL_ERROR.message(arguments));
  }

  private static String describe(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString().strip();
  }
}
