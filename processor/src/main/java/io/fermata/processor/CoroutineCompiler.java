package io.fermata.processor;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.attribution.BodyErrors;
import io.fermata.processor.attribution.BodyErrors.BodyError;
import io.fermata.processor.attribution.LocalClassNames;
import io.fermata.processor.attribution.NestedCompile;
import io.fermata.processor.attribution.RoundSources;
import io.fermata.processor.checks.BodyCheck;
import io.fermata.processor.checks.CheckListener;
import io.fermata.processor.declaration.ClassReader;
import io.fermata.processor.declaration.CoroutineClass;
import io.fermata.processor.declaration.CoroutineClass.State;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.declaration.TwinSignatures;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.ElementFault;
import io.fermata.processor.diagnostics.Fault;
import io.fermata.processor.diagnostics.Reporter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * The passes in order. A class whose bodies have errors waits for the next round, since another
 * processor may still make what they miss; in the last one javac reports the errors itself.
 *
 * @param <B> what the passes keep of a body
 */
final class CoroutineCompiler<B> implements TwinCompiler {

  static final String COROUTINE = "io.fermata.Coroutine";

  /** What was found in one class while the nested compile ran. */
  private record Lowered(List<Fault> faults, Optional<CompletableFuture<String>> twin) {}

  private final ProcessingEnvironment env;
  private final Trees trees;
  private final Passes<B> passes;
  private final Executor emission;
  private final Reporter reporter;
  private final CheckListener listener;
  private final RoundSources sources;
  private final ClassReader reader;
  private final NestedCompile nested;
  private final TwinFiles twins;
  private final Map<String, List<BodyError>> waiting = new LinkedHashMap<>();
  private Editing editing = NestedCompile.hasEditors() ? Editing.GOING_ON : Editing.LOOKED_AT;

  /** How far other processors are that edit trees, which is to say Lombok. */
  private enum Editing {
    /** The first round: the signatures are not yet what they will be. */
    GOING_ON,
    /** A later round, and nothing has been compiled. */
    DONE,
    LOOKED_AT
  }

  private CoroutineCompiler(
      ProcessingEnvironment env,
      ProcessingEnvironment javac,
      Trees trees,
      Reporter reporter,
      CheckListener listener,
      Options options,
      Passes<B> passes,
      Executor emission) {
    this.env = env;
    this.listener = listener;
    this.trees = trees;
    this.passes = passes;
    this.emission = emission;
    this.reporter = reporter;
    this.sources = new RoundSources(env.getElementUtils(), trees);
    this.nested = new NestedCompile(javac, sources);
    this.reader =
        new ClassReader(
            env.getElementUtils(),
            env.getTypeUtils(),
            sources::fileNameOf,
            method -> LocalClassNames.in(method, trees),
            options.annotations());
    this.twins = new TwinFiles(env, sources, reporter);
  }

  /**
   * The compiler of coroutines for one run of javac.
   *
   * @param env what the build tool hands out; generated files go through it
   * @param javac javac's own, behind it
   */
  static TwinCompiler create(
      ProcessingEnvironment env, ProcessingEnvironment javac, Options options, Passes<?> passes) {
    Trees trees = Trees.instance(javac);
    Reporter reporter = new Reporter(trees, options.leastError());
    CheckListener listener =
        new CheckListener(
            javac.getElementUtils(), javac.getTypeUtils(), trees, env.getFiler(), reporter);
    JavacTask.instance(javac).addTaskListener(listener);
    // A dump prints, which only javac's own thread may do.
    Executor emission = options.dump().isPresent() ? Runnable::run : besideJavac();
    return new CoroutineCompiler<>(
        env, javac, trees, reporter, listener, options, passes, emission);
  }

  /** One thread, which ends when there is nothing more to do. */
  private static Executor besideJavac() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "fermata-emission");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public void compile(RoundEnvironment round) {
    sources.add(round.getRootElements());
    twins.addGiven(round.getRootElements());
    List<CoroutineClass> classes = read(round);
    if (editing == Editing.GOING_ON && !round.processingOver()) {
      editing = Editing.DONE;
      classes.forEach(each -> waiting.put(each.owner().qualifiedName(), List.of()));
      return;
    }
    if (round.processingOver() && editing == Editing.LOOKED_AT) {
      classes.forEach(this::giveUp);
      twins.unusedOnes().forEach(listener::checkGiven);
      return;
    }
    editing = Editing.LOOKED_AT;
    waiting.clear();
    List<CoroutineClass> complete =
        classes.stream().filter(each -> each.state() == State.COMPLETE).toList();
    Map<OwnerClass, Lowered> lowered = new HashMap<>();
    BodyErrors errors;
    try {
      errors =
          nested.run(complete, (found, bodies) -> lowered.put(found.owner(), lower(found, bodies)));
    } catch (RuntimeException | Error e) {
      complete.forEach(each -> fail(each, e));
      return;
    }
    classes.forEach(each -> finish(each, lowered.get(each.owner()), errors));
  }

  private List<CoroutineClass> read(RoundEnvironment round) {
    Map<String, TypeElement> owners =
        CoroutineMethods.byName(CoroutineMethods.ownersIn(round, env.getElementUtils()));
    for (String name : waiting.keySet()) {
      TypeElement type = env.getElementUtils().getTypeElement(name);
      if (type != null) {
        owners.putIfAbsent(name, type);
      }
    }
    List<CoroutineClass> classes = new ArrayList<>();
    for (TypeElement owner : owners.values()) {
      List<ExecutableElement> methods = CoroutineMethods.of(owner);
      listener.expectTwin(owner);
      if (sources.isInImplicitClass(owner)) {
        methods.forEach(each -> reporter.add(implicitClass(each)));
      } else {
        classes.add(reader.read(owner, methods));
      }
    }
    return classes;
  }

  private static ElementFault implicitClass(ExecutableElement method) {
    return new ElementFault(
        Diagnostic.UNSUPPORTED_IMPLICIT, method, method.getSimpleName().toString());
  }

  /** The twin is made beside javac, which goes on with the next class. */
  private Lowered lower(CoroutineClass found, List<AttributedBody> bodies) {
    List<B> lowered = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    bodies.forEach(body -> lower(body, lowered, faults));
    return hasErrors(found, faults)
        ? new Lowered(faults, Optional.empty())
        : new Lowered(
            faults,
            Optional.of(
                CompletableFuture.supplyAsync(
                    () -> passes.emit(found.owner(), lowered), emission)));
  }

  /**
   * Both look at the body: all faults are told in one go, but of two at one place only the first.
   */
  private void lower(AttributedBody body, List<B> lowered, List<Fault> faults) {
    List<Fault> misused = BodyCheck.check(body);
    List<Fault> found = new ArrayList<>();
    try {
      lowered.add(passes.lower(body, found));
    } catch (RuntimeException | Error e) {
      if (misused.isEmpty()) {
        found.add(
            internalError(
                body.method().displayName(), e, body.start(body.tree()), body.end(body.tree())));
      }
    }
    misused.forEach(each -> faults.add(body.inUsersFile(each)));
    found.stream()
        .filter(each -> misused.stream().noneMatch(each::isAtSamePlaceAs))
        .forEach(each -> faults.add(body.inUsersFile(each)));
  }

  private static Fault internalError(String name, Throwable e, int start, int end) {
    return new Fault(Diagnostic.INTERNAL_ERROR, List.of(name, passOf(e), e.toString()), start, end);
  }

  /** The pass that failed: each has a package of its own. */
  private static String passOf(Throwable e) {
    String own = CoroutineCompiler.class.getPackageName() + ".";
    return Arrays.stream(e.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(each -> each.startsWith(own) && each.lastIndexOf('.') > own.length())
        .map(each -> each.substring(own.length(), each.lastIndexOf('.')))
        .findFirst()
        .map(each -> Pass.in(each).map(Pass::displayName).orElse(each))
        .orElse("driver");
  }

  private void finish(CoroutineClass found, @Nullable Lowered result, BodyErrors errors) {
    if (found.state() == State.TWIN_TAKEN) {
      found.faults().forEach(reporter::add);
    } else if (!errors.isEmpty(found.owner()) && errors.hope() == BodyErrors.Hope.NONE) {
      // What is generated in the last round makes javac warn.
      giveUp(found, errors.of(found.owner()));
    } else if (result == null || !errors.isEmpty(found.owner())) {
      waiting.put(found.owner().qualifiedName(), errors.of(found.owner()));
    } else {
      found.faults().forEach(reporter::add);
      CompilationUnitTree unit = trees.getPath(found.element()).getCompilationUnit();
      result.faults().forEach(each -> reporter.add(unit, each));
      result.twin().ifPresentOrElse(twin -> write(found, twin), () -> writeSignatures(found));
    }
  }

  private void write(CoroutineClass found, CompletableFuture<String> twin) {
    String text;
    try {
      text = twin.join();
    } catch (CompletionException e) {
      fail(found, e.getCause() == null ? e : e.getCause());
      return;
    }
    twins.write(found, text);
  }

  private void fail(CoroutineClass found, Throwable failure) {
    reporter.add(
        new ElementFault(
            Diagnostic.INTERNAL_ERROR,
            found.element(),
            found.owner().qualifiedName(),
            passOf(failure),
            failure.toString()));
    writeSignatures(found);
  }

  private static boolean hasErrors(CoroutineClass found, List<Fault> faults) {
    return !found.faults().isEmpty() || faults.stream().anyMatch(Fault::isError);
  }

  /** No processor has made what the class misses: the errors are javac's to report. */
  private void giveUp(CoroutineClass found) {
    giveUp(found, waiting.getOrDefault(found.owner().qualifiedName(), List.of()));
  }

  private void giveUp(CoroutineClass found, List<BodyError> errors) {
    BodyError first = errors.isEmpty() ? BodyError.UNKNOWN : errors.get(0);
    listener.expectErrors(
        found.element(),
        new Fault(
            Diagnostic.INTERNAL_ERROR,
            List.of(found.owner().qualifiedName(), "attribution", first.message()),
            first.start(),
            first.end()));
    found.faults().forEach(reporter::add);
    writeSignatures(found);
  }

  /** The compile fails, but not for want of the twin. */
  private void writeSignatures(CoroutineClass found) {
    twins.write(found, TwinSignatures.write(found.owner(), found.methods(), "throw null;"));
  }
}
