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
import io.fermata.processor.checks.FirstSteps;
import io.fermata.processor.checks.FirstSteps.Explanation;
import io.fermata.processor.declaration.ClassReader;
import io.fermata.processor.declaration.CoroutineClass;
import io.fermata.processor.declaration.CoroutineClass.State;
import io.fermata.processor.declaration.MethodKey;
import io.fermata.processor.declaration.OpenedMembers;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.declaration.TwinSignatures;
import io.fermata.processor.depth.DeepStack;
import io.fermata.processor.depth.Depth;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.ElementFault;
import io.fermata.processor.diagnostics.Fault;
import io.fermata.processor.diagnostics.PrivateUses;
import io.fermata.processor.diagnostics.Reporter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

  /** What was found in one class while the nested compile ran. */
  private record Lowered(
      List<Fault> faults,
      Depth depth,
      Optional<CompletableFuture<String>> twin,
      Explanation explanation) {}

  private final ProcessingEnvironment env;
  private final Trees trees;
  private final Passes<B> passes;
  private final Executor emission;
  private final Reporter reporter;
  private final PrivateUses privateUses;
  private final CheckListener listener;
  private final OverflowListener overflows;
  private final RoundSources sources;
  private final CoroutineMethods coroutines;
  private final ClassReader reader;
  private final NestedCompile nested;
  private final TwinFiles twins;
  private final Map<String, List<BodyError>> waiting = new LinkedHashMap<>();
  private final Map<String, Explanation> explanations = new HashMap<>();
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
      OverflowListener overflows,
      Passes<B> passes,
      Executor emission) {
    this.env = env;
    this.listener = listener;
    this.overflows = overflows;
    this.trees = trees;
    this.passes = passes;
    this.emission = emission;
    this.reporter = reporter;
    this.sources = new RoundSources(env.getElementUtils(), trees);
    this.nested = new NestedCompile(javac, sources);
    this.coroutines = new CoroutineMethods(env.getElementUtils());
    this.reader =
        new ClassReader(
            env.getElementUtils(),
            env.getTypeUtils(),
            sources::fileNameOf,
            method -> LocalClassNames.in(method, trees),
            options.annotations());
    this.privateUses =
        new PrivateUses(
            env.getElementUtils(),
            trees,
            reporter,
            method -> MethodKey.of(method, env.getTypeUtils()).text(),
            new OpenedMembers(env.getTypeUtils(), coroutines::shown)::canBe);
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
    PatchWriter patch = new PatchWriter(options, trees, env.getMessager());
    Reporter reporter = new Reporter(trees, options.leastError(), patch::add);
    CheckListener listener =
        new CheckListener(
            javac.getElementUtils(),
            javac.getTypeUtils(),
            trees,
            env.getFiler(),
            reporter,
            (type, thrown) -> fail(reporter, type, PassFailure.of(thrown)),
            patch::write);
    OverflowListener overflows = new OverflowListener(reporter);
    JavacTask.instance(javac).addTaskListener(listener);
    JavacTask.instance(javac).addTaskListener(overflows);
    // A dump prints, which only javac's own thread may do.
    Executor emission = options.dump().isPresent() ? Runnable::run : besideJavac();
    return new CoroutineCompiler<>(
        env, javac, trees, reporter, listener, options, overflows, passes, emission);
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
            task -> DeepStack.thread(task, "fermata-emission"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public void compile(RoundEnvironment round) {
    try {
      DeepStack.run(() -> compileRound(round));
    } catch (RuntimeException | Error e) {
      PassFailure failure = PassFailure.of(e);
      coroutines.ownersIn(round).stream()
          .findFirst()
          .ifPresent(owner -> fail(reporter, owner, failure));
    }
    if (round.processingOver()) {
      DeepStack.run(privateUses::report);
    }
  }

  private static void fail(Reporter reporter, TypeElement type, PassFailure failure) {
    String name = type.getQualifiedName().toString();
    DeepStack.run(() -> reporter.add(failure.at(type, name)));
  }

  private void compileRound(RoundEnvironment round) {
    sources.add(round.getRootElements());
    twins.addGiven(round.getRootElements());
    List<CoroutineClass> classes = read(round);
    if (round.processingOver()) {
      overflows.roundsAreOver();
    }
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
          nested.run(
              complete,
              (found, bodies) -> lowered.put(found.owner(), lower(found, bodies, explain(bodies))));
    } catch (RuntimeException | Error e) {
      failAll(complete, PassFailure.of(e));
      return;
    }
    classes.forEach(each -> finish(each, lowered.get(each.owner()), errors));
  }

  private List<CoroutineClass> read(RoundEnvironment round) {
    Map<String, TypeElement> owners = CoroutineMethods.byName(coroutines.ownersIn(round));
    for (String name : waiting.keySet()) {
      TypeElement type = env.getElementUtils().getTypeElement(name);
      if (type != null) {
        owners.putIfAbsent(name, type);
      }
    }
    List<CoroutineClass> classes = new ArrayList<>();
    for (TypeElement owner : owners.values()) {
      List<ExecutableElement> methods = coroutines.of(owner);
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
  private Lowered lower(
      CoroutineClass found, List<AttributedBody> bodies, Explanation explanation) {
    List<B> lowered = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    Depth deepest = Depth.NONE;
    for (AttributedBody body : bodies) {
      Depth depth = Depth.of(body.path(), body.trees().getSourcePositions());
      lower(body, depth, lowered, faults);
      deepest = deepest.or(depth);
    }
    return hasErrors(found, faults)
        ? new Lowered(faults, deepest, Optional.empty(), explanation)
        : new Lowered(
            faults,
            deepest,
            Optional.of(
                CompletableFuture.supplyAsync(() -> passes.emit(found.owner(), lowered), emission)),
            explanation);
  }

  private static Explanation explain(List<AttributedBody> bodies) {
    return bodies.isEmpty() ? Explanation.NONE : FirstSteps.explain(bodies.get(0));
  }

  /**
   * Both look at the body: all faults are told in one go, but of two at one place only the first.
   */
  private void lower(AttributedBody body, Depth depth, List<B> lowered, List<Fault> faults) {
    List<Fault> misused = BodyCheck.check(body);
    List<Fault> found = new ArrayList<>();
    try {
      lowered.add(passes.lower(body, found));
    } catch (RuntimeException | Error e) {
      PassFailure failure = PassFailure.of(e);
      found.add(
          failure.isOverflow()
              ? OverflowListener.tooDeep(depth)
              : failure.at(
                  body.method().displayName(), body.start(body.tree()), body.end(body.tree())));
    }
    misused.forEach(each -> faults.add(body.inUsersFile(each)));
    found.stream()
        .filter(each -> misused.isEmpty() || each.diagnostic() != Diagnostic.INTERNAL_ERROR)
        .filter(each -> misused.stream().noneMatch(each::isAtSamePlaceAs))
        .forEach(each -> faults.add(body.inUsersFile(each)));
  }

  private void finish(CoroutineClass found, @Nullable Lowered result, BodyErrors errors) {
    if (found.state() == State.TWIN_TAKEN) {
      found.faults().forEach(privateUses::add);
    } else if (!errors.isEmpty(found.owner()) && errors.hope() == BodyErrors.Hope.NONE) {
      // What is generated in the last round makes javac warn.
      tell(found, result, errors.of(found.owner()));
      giveUp(found, errors.of(found.owner()));
    } else if (result == null || !errors.isEmpty(found.owner())) {
      waiting.put(found.owner().qualifiedName(), errors.of(found.owner()));
      explanations.put(
          found.owner().qualifiedName(), result == null ? Explanation.NONE : result.explanation());
    } else {
      tell(found, result, List.of());
      found.faults().forEach(privateUses::add);
      result.faults().forEach(each -> privateUses.add(unitOf(found), each));
      result
          .twin()
          .ifPresentOrElse(
              twin -> write(found, twin, result.depth()), () -> writeSignatures(found));
    }
  }

  /** Where all is said with it, javac is not even asked. */
  private void tell(CoroutineClass found, @Nullable Lowered result, List<BodyError> errors) {
    if (result == null) {
      return;
    }
    Explanation explanation = result.explanation();
    if (!errors.isEmpty() && errors.stream().allMatch(explanation::covers)) {
      explanation.faults().forEach(each -> reporter.tell(unitOf(found), each));
    } else {
      listener.tellFirst(unitOf(found), explanation.faults());
    }
  }

  private CompilationUnitTree unitOf(CoroutineClass found) {
    return trees.getPath(found.element()).getCompilationUnit();
  }

  private void write(CoroutineClass found, CompletableFuture<String> twin, Depth depth) {
    try {
      String text = twin.join();
      overflows.watch(found.element(), found.owner().twinQualifiedName(), unitOf(found), depth);
      twins.write(found, text);
    } catch (RuntimeException | Error e) {
      PassFailure failure = PassFailure.of(e);
      if (failure.isOverflow()) {
        stopAt(found, depth);
      } else {
        reporter.add(failure.at(found.element(), found.owner().qualifiedName()));
        writeSignatures(found);
      }
    }
  }

  /** The deepest of them is what javac's types could not be had of. */
  private void failAll(List<CoroutineClass> classes, PassFailure failure) {
    if (failure.isOverflow()) {
      Map<Depth, CoroutineClass> byDepth = new LinkedHashMap<>();
      classes.forEach(each -> byDepth.putIfAbsent(depthOf(each), each));
      Map.Entry<Depth, CoroutineClass> deepest =
          Collections.max(
              byDepth.entrySet(), Comparator.comparingInt(each -> each.getKey().levels()));
      reporter.report(unitOf(deepest.getValue()), OverflowListener.tooDeep(deepest.getKey()));
    } else {
      reporter.add(failure.at(classes.get(0).element(), classes.get(0).owner().qualifiedName()));
    }
    classes.forEach(this::writeSignatures);
  }

  private Depth depthOf(CoroutineClass found) {
    return coroutines.of(found.element()).stream()
        .map(each -> Depth.of(trees.getPath(each), trees.getSourcePositions()))
        .reduce(Depth.NONE, Depth::or);
  }

  /** Before javac looks at the bodies, on which its stack would end. */
  private void stopAt(CoroutineClass found, Depth depth) {
    reporter.report(unitOf(found), OverflowListener.tooDeep(depth));
    writeSignatures(found);
  }

  private static boolean hasErrors(CoroutineClass found, List<Fault> faults) {
    return !found.faults().isEmpty() || faults.stream().anyMatch(Fault::isError);
  }

  /** No processor has made what the class misses: the errors are javac's to report. */
  private void giveUp(CoroutineClass found) {
    String name = found.owner().qualifiedName();
    listener.tellFirst(unitOf(found), explanations.getOrDefault(name, Explanation.NONE).faults());
    giveUp(found, waiting.getOrDefault(name, List.of()));
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
    found.faults().forEach(privateUses::add);
    writeSignatures(found);
  }

  /** The compile fails, but not for want of the twin. */
  private void writeSignatures(CoroutineClass found) {
    twins.write(found, TwinSignatures.write(found.owner(), found.methods(), "throw null;"));
  }
}
