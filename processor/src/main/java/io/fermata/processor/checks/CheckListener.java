package io.fermata.processor.checks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.fermata.processor.depth.DeepStack;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.ElementFault;
import io.fermata.processor.diagnostics.Fault;
import io.fermata.processor.diagnostics.Reporter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * Hears from javac when it has analysed a class: checks it, and has all printed that was found in
 * it before. So faults stand among javac's own errors, class by class, and none keeps javac from
 * finding the others.
 */
public final class CheckListener implements TaskListener {

  private final Api api;
  private final Trees trees;
  private final Reporter reporter;
  private final BiConsumer<TypeElement, Throwable> onFailure;
  private final Runnable atEnd;

  private record Untyped(TreePath place, Fault fault) {}

  private final Map<String, Untyped> untyped = new HashMap<>();
  private final Map<JavaFileObject, List<Fault>> first = new HashMap<>();
  private final EarlierTwins twins;

  /**
   * A listener for one run of javac.
   *
   * @param filer of the compile, which knows what stands in its output
   * @param onFailure is told what a check throws: javac must not see it
   * @param atEnd is run when all is told
   */
  public CheckListener(
      Elements elements,
      Types types,
      Trees trees,
      Filer filer,
      Reporter reporter,
      BiConsumer<TypeElement, Throwable> onFailure,
      Runnable atEnd) {
    this.api = new Api(elements, types);
    this.trees = trees;
    this.twins = new EarlierTwins(api, trees, filer);
    this.reporter = reporter;
    this.onFailure = onFailure;
    this.atEnd = atEnd;
  }

  /** Takes note that the coroutines of the class are seen to, with a twin or with errors. */
  public void expectTwin(TypeElement type) {
    twins.add(api.twinOf(type));
  }

  /** Tells of a twin that was given as a source, and is none of the coroutines of this compile. */
  public void checkGiven(TypeElement twin) {
    if (twins.isLeftBehind(twin)) {
      reporter.add(new ElementFault(Diagnostic.TWIN_GIVEN, twin, twin.getSimpleName().toString()));
    }
  }

  /**
   * Takes note that a class has no coroutines because its bodies have errors. javac will report
   * them; if it finds none and generates the class, this fault is printed, so that no twin without
   * its coroutines ever goes unnoticed.
   */
  public void expectErrors(TypeElement type, Fault ifThereAreNone) {
    untyped.put(
        api.elements().getBinaryName(type).toString(),
        new Untyped(trees.getPath(type), ifThereAreNone));
  }

  /** Takes note of what is to be told of a file before javac tells of its errors. */
  public void tellFirst(CompilationUnitTree unit, List<Fault> faults) {
    first.computeIfAbsent(unit.getSourceFile(), file -> new ArrayList<>()).addAll(faults);
  }

  @Override
  public void started(TaskEvent event) {
    CompilationUnitTree unit = event.getCompilationUnit();
    if (event.getKind() == TaskEvent.Kind.ANALYZE && unit != null) {
      List<Fault> faults = first.remove(unit.getSourceFile());
      if (faults != null) {
        DeepStack.runIfNeeded(() -> faults.forEach(each -> reporter.tell(unit, each)));
      }
    }
    if (event.getKind() == TaskEvent.Kind.GENERATE && event.getTypeElement() != null) {
      String name = api.elements().getBinaryName(event.getTypeElement()).toString();
      Untyped found = untyped.remove(name);
      if (found != null) {
        reporter.report(found.place(), found.fault());
      }
    }
  }

  @Override
  public void finished(TaskEvent event) {
    if (event.getKind() == TaskEvent.Kind.ANALYZE) {
      TypeElement type = event.getTypeElement();
      CompilationUnitTree unit = event.getCompilationUnit();
      TreePath path = type == null || unit == null ? null : find(type, unit);
      if (path != null) {
        try {
          DeepStack.runIfNeeded(() -> analysed(type, path));
        } catch (RuntimeException | Error e) {
          onFailure.accept(type, e);
        }
      }
    } else if (event.getKind() == TaskEvent.Kind.COMPILATION) {
      DeepStack.runIfNeeded(reporter::reportRest);
      atEnd.run();
    }
  }

  private void analysed(TypeElement type, TreePath path) {
    CompilationUnitTree unit = path.getCompilationUnit();
    if (!api.isGenerated(type)) {
      check(path);
    }
    reporter.report(unit, path.getLeaf());
  }

  private void check(TreePath path) {
    CompilationUnitTree unit = path.getCompilationUnit();
    CodeChecks.check(api, trees, twins::ownerWithout, path)
        .forEach(fault -> reporter.add(unit, fault));
    OverrideCheck overrides = new OverrideCheck(api);
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
        if (trees.getElement(getCurrentPath()) instanceof TypeElement each) {
          overrides.check(each).forEach(reporter::add);
          twins.addCompiled(each);
          expectProcessed(each, getCurrentPath());
        }
        return super.visitClass(tree, null);
      }
    }.scan(path, null);
  }

  /** A class that processors were not shown may not be generated without its twin. */
  private void expectProcessed(TypeElement type, TreePath path) {
    boolean hasTwin =
        type.getNestingKind() == NestingKind.TOP_LEVEL
            || type.getNestingKind() == NestingKind.MEMBER;
    if (hasTwin
        && type.getEnclosedElements().stream().anyMatch(api::isCoroutine)
        && !twins.isMade(api.twinOf(type))) {
      Fault fault =
          new Fault(Diagnostic.UNSEEN, List.of(type.getQualifiedName().toString()), -1, -1);
      untyped.put(api.elements().getBinaryName(type).toString(), new Untyped(path, fault));
    }
  }

  private @Nullable TreePath find(TypeElement type, CompilationUnitTree unit) {
    return unit.getTypeDecls().stream()
        .map(each -> new TreePath(new TreePath(unit), each))
        .filter(each -> each.getLeaf() instanceof ClassTree)
        .filter(each -> isElement(each, type))
        .findFirst()
        .orElse(null);
  }

  private boolean isElement(TreePath path, Element element) {
    return element.equals(trees.getElement(path));
  }
}
