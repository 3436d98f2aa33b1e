package io.fermata.processor.attribution;

import static java.util.stream.Collectors.toSet;

import com.sun.source.util.Trees;
import io.fermata.processor.attribution.BodyErrors.BodyError;
import io.fermata.processor.attribution.BodyErrors.Hope;
import io.fermata.processor.declaration.CoroutineClass;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.declaration.TwinSignatures;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles the classes that hold coroutines a second time, for their types alone, where it can do
 * no harm: javac attributes a class in place and never undoes it, so the user's own compile must
 * not be asked for the types of a body.
 *
 * <p>Only public API; the classes that hold coroutines are the compilation units, and only they are
 * attributed. The other sources of the user are there to be found.
 */
public final class NestedCompile {

  /** javac's codes for a package that exists, but is hidden from the code that names it. */
  private static final Set<String> INVISIBLE =
      Set.of("compiler.err.package.not.visible", "compiler.err.not.def.access.not.exported");

  private final Elements elements;
  private final PlatformOptions options;
  private final RoundSources sources;
  private final OuterClasses classes;

  /** What the sources import, and what they name without that: {@code sun.nio.ch.*}. */
  private final Set<String> internal = new LinkedHashSet<>();

  /**
   * A nested compile that sees what the outer one sees.
   *
   * @param env of the outer compile, as javac made it
   */
  public NestedCompile(ProcessingEnvironment env, RoundSources sources) {
    this.elements = env.getElementUtils();
    this.options = new PlatformOptions(env);
    this.sources = sources;
    this.classes = new OuterClasses(elements, env.getFiler(), Trees.instance(env));
  }

  /** Whether another processor changes what the sources say, which takes it a round at least. */
  public static boolean hasEditors() {
    return TreeEditors.exist();
  }

  /** Hands the bodies of these classes to the consumer, and tells which of them have errors. */
  public BodyErrors run(Collection<CoroutineClass> targets, BodyConsumer consumer) {
    // Who edits trees has to be shown all of them.
    Collection<SourceFile> units = TreeEditors.exist() ? allBut(targets) : units(targets);
    if (targets.isEmpty() || units.isEmpty()) {
      return new BodyErrors(Map.of(), Hope.NONE);
    }
    internal.addAll(sources.imports());
    Attempt onDemand = attempt(units, targets, consumer);
    if (internal.addAll(onDemand.invisiblePackages())) {
      onDemand = attempt(units, targets, consumer);
    }
    Map<URI, AttributedBody.Origins> edited = onDemand.attribution().edited();
    if (!edited.isEmpty()) {
      return runRewritten(units, targets, consumer, edited);
    }
    if (onDemand.isDone()) {
      return onDemand.errors();
    }
    // javac 17 fails to complete a member class of a source first, which it does if only an
    // annotation in a class file names it. Entering all sources avoids that.
    Attempt whole = attempt(allBut(targets), targets, consumer);
    return whole.isDone() ? whole.errors() : errorsOfAll(targets, whole);
  }

  /** What keeps javac from coming to any body are the user's errors, if there are some. */
  private static BodyErrors errorsOfAll(Collection<CoroutineClass> targets, Attempt attempt) {
    BodyError first =
        attempt.diagnostics().stream()
            .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
            .findFirst()
            .map(each -> new BodyError(each.getMessage(null), 0, 0))
            .orElseThrow(() -> new IllegalStateException("javac ended early: " + attempt));
    Map<OwnerClass, List<BodyError>> errors = new LinkedHashMap<>();
    targets.forEach(each -> errors.put(each.owner(), List.of(first)));
    return new BodyErrors(errors, Hope.FOR_CLASSES);
  }

  private BodyErrors runRewritten(
      Collection<SourceFile> units,
      Collection<CoroutineClass> targets,
      BodyConsumer consumer,
      Map<URI, AttributedBody.Origins> edited) {
    List<SourceFile> rewritten = new ArrayList<>();
    for (SourceFile each : units) {
      AttributedBody.Origins text = edited.get(each.toUri());
      rewritten.add(text == null ? each : each.with(text.text().toString()));
    }
    Attempt again = attempt(rewritten, targets, consumer, edited);
    if (!again.attribution().edited().isEmpty()) {
      throw new IllegalStateException(
          "trees are edited again, as of " + again.attribution().edited());
    }
    return again.isDone() ? again.errors() : errorsOfAll(targets, again);
  }

  /** What javac said in one compile. */
  private record Attempt(
      BodyAttribution attribution,
      List<Diagnostic<? extends JavaFileObject>> diagnostics,
      StringWriter output) {

    boolean isDone() {
      return attribution.isDone();
    }

    BodyErrors errors() {
      return attribution.errors(diagnostics);
    }

    /**
     * Packages that are named in the sources and not exported, as if they were imported. Where the
     * outer compile is told to export one, no option of it tells so; where it is not, it reports
     * them.
     */
    Set<String> invisiblePackages() {
      return diagnostics.stream()
          .filter(each -> INVISIBLE.contains(String.valueOf(each.getCode())))
          .map(each -> textAt(each) + ".*")
          .collect(toSet());
    }

    private static String textAt(Diagnostic<? extends JavaFileObject> each) {
      try {
        JavaFileObject file = each.getSource();
        return file == null
            ? ""
            : file.getCharContent(true)
                .subSequence((int) each.getStartPosition(), (int) each.getEndPosition())
                .toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Attempt attempt(
      Collection<SourceFile> units, Collection<CoroutineClass> targets, BodyConsumer consumer) {
    return attempt(units, targets, consumer, Map.of());
  }

  private Attempt attempt(
      Collection<SourceFile> units,
      Collection<CoroutineClass> targets,
      BodyConsumer consumer,
      Map<URI, AttributedBody.Origins> rewritten) {
    List<Processor> processors = new ArrayList<>(TreeEditors.find());
    TreeEdits edits =
        processors.isEmpty()
            ? null
            : new TreeEdits(options.forParsing(), name -> elements.getTypeElement(name) != null);
    BodyAttribution attribution = new BodyAttribution(targets, consumer, edits, rewritten);
    StringWriter output = new StringWriter();
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    MirrorFileManager files =
        new MirrorFileManager(
            javac.getStandardFileManager(null, null, null), sources, classes, stubs(targets));
    JavaCompiler.CompilationTask task =
        javac.getTask(output, files, diagnostics, options.forNestedCompile(internal), null, units);
    processors.add(attribution);
    task.setProcessors(processors);
    task.call();
    return new Attempt(attribution, diagnostics.getDiagnostics(), output);
  }

  /** The files that the classes stand in, each once. */
  private Collection<SourceFile> units(Collection<CoroutineClass> targets) {
    Map<URI, SourceFile> units = new LinkedHashMap<>();
    for (CoroutineClass each : targets) {
      sources
          .of(each.owner().packageName(), topLevelName(each.owner()))
          .ifPresent(file -> units.putIfAbsent(file.toUri(), file));
    }
    return units.values();
  }

  /** All sources of this compile but old twins, which stubs stand for. */
  private Collection<SourceFile> allBut(Collection<CoroutineClass> targets) {
    Set<String> twins =
        targets.stream().map(each -> each.owner().twinQualifiedName()).collect(toSet());
    return sources.all().stream().filter(each -> !twins.contains(each.binaryName())).toList();
  }

  private static Map<String, List<StubFile>> stubs(Collection<CoroutineClass> targets) {
    Map<String, List<StubFile>> stubs = new LinkedHashMap<>();
    for (CoroutineClass each : targets) {
      OwnerClass owner = each.owner();
      stubs
          .computeIfAbsent(owner.packageName(), name -> new ArrayList<>())
          .add(
              new StubFile(
                  owner.twinQualifiedName(),
                  TwinSignatures.write(owner, each.methods(), "throw null;")));
    }
    return stubs;
  }

  private static String topLevelName(OwnerClass owner) {
    String first = owner.names().get(0);
    return owner.packageName().isEmpty() ? first : owner.packageName() + "." + first;
  }
}
