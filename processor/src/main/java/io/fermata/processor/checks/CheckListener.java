package io.fermata.processor.checks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.fermata.processor.depth.DeepStack;
import io.fermata.processor.diagnostics.Fault;
import io.fermata.processor.diagnostics.Reporter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
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

  private record Untyped(CompilationUnitTree unit, Fault fault) {}

  private final Map<String, Untyped> untyped = new HashMap<>();

  /**
   * A listener for one run of javac.
   *
   * @param onFailure is told what a check throws: javac must not see it
   */
  public CheckListener(
      Elements elements,
      Types types,
      Trees trees,
      Reporter reporter,
      BiConsumer<TypeElement, Throwable> onFailure) {
    this.api = new Api(elements, types);
    this.trees = trees;
    this.reporter = reporter;
    this.onFailure = onFailure;
  }

  /**
   * Takes note that a class has no coroutines because its bodies have errors. javac will report
   * them; if it finds none and generates the class, this fault is printed, so that no twin without
   * its coroutines ever goes unnoticed.
   */
  public void expectErrors(TypeElement type, Fault ifThereAreNone) {
    TreePath path = trees.getPath(type);
    untyped.put(
        api.elements().getBinaryName(type).toString(),
        new Untyped(path.getCompilationUnit(), ifThereAreNone));
  }

  @Override
  public void started(TaskEvent event) {
    if (event.getKind() == TaskEvent.Kind.GENERATE && event.getTypeElement() != null) {
      String name = api.elements().getBinaryName(event.getTypeElement()).toString();
      Untyped found = untyped.remove(name);
      if (found != null) {
        reporter.add(found.unit(), found.fault());
        reporter.reportRest();
      }
    }
  }

  @Override
  public void finished(TaskEvent event) {
    if (event.getKind() == TaskEvent.Kind.ANALYZE) {
      TypeElement type = event.getTypeElement();
      CompilationUnitTree unit = event.getCompilationUnit();
      if (type != null && unit != null && !api.isGenerated(type)) {
        try {
          DeepStack.runIfNeeded(() -> analysed(type, unit));
        } catch (RuntimeException | Error e) {
          onFailure.accept(type, e);
        }
      }
    } else if (event.getKind() == TaskEvent.Kind.COMPILATION) {
      DeepStack.runIfNeeded(reporter::reportRest);
    }
  }

  private void analysed(TypeElement type, CompilationUnitTree unit) {
    TreePath path = find(type, unit);
    if (path == null) {
      return;
    }
    CodeChecks.check(api, trees, path).forEach(fault -> reporter.add(unit, fault));
    OverrideCheck overrides = new OverrideCheck(api);
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
        if (trees.getElement(getCurrentPath()) instanceof TypeElement each) {
          overrides.check(each).forEach(reporter::add);
        }
        return super.visitClass(tree, null);
      }
    }.scan(path, null);
    reporter.report(unit, path.getLeaf());
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
