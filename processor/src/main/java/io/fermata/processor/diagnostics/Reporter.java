package io.fermata.processor.diagnostics;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.fermata.processor.diagnostics.Diagnostic.Severity;
import io.fermata.processor.remedies.DroppedModifier;
import io.fermata.processor.remedies.Remedy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.tools.Diagnostic.Kind;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * Prints what was found at the user's own line.
 *
 * <p>Faults are kept until javac has analysed the class that they stand in: an error printed
 * earlier would keep javac from looking at any body, and the user would see the rest only after
 * mending it.
 */
public final class Reporter {

  private record Pending(CompilationUnitTree unit, Set<Fault> faults) {}

  private final Trees trees;
  private final Severity leastError;
  private final BiConsumer<CompilationUnitTree, Remedy> remedies;
  private final Map<JavaFileObject, Pending> pending = new LinkedHashMap<>();
  private final Map<JavaFileObject, Set<Fault>> toldBefore = new HashMap<>();

  /**
   * A reporter for a whole compile.
   *
   * @param trees of the outer compile
   * @param leastError what is to be an error
   * @param remedies takes what mends that which is printed
   */
  public Reporter(
      Trees trees, Severity leastError, BiConsumer<CompilationUnitTree, Remedy> remedies) {
    this.trees = trees;
    this.remedies = remedies;
    this.leastError = leastError;
  }

  /** Keeps a fault for a whole declaration. */
  public void add(ElementFault fault) {
    add(trees.getPath(fault.element()).getCompilationUnit(), placed(fault));
  }

  /** The fault at the place of its declaration. */
  Fault placed(ElementFault fault) {
    TreePath path = trees.getPath(fault.element());
    CompilationUnitTree unit = path.getCompilationUnit();
    SourcePositions positions = trees.getSourcePositions();
    return new Fault(
            fault.diagnostic(),
            fault.arguments(),
            (int) positions.getStartPosition(unit, path.getLeaf()),
            (int) positions.getEndPosition(unit, path.getLeaf()))
        .mendedBy(remedy(fault, path));
  }

  private Remedy remedy(ElementFault fault, TreePath path) {
    return fault.diagnostic() == Diagnostic.UNSUPPORTED_TEST
        ? DroppedModifier.of(path, fault.arguments().get(1), trees.getSourcePositions())
        : Remedy.NONE;
  }

  /** Keeps a fault in a file of the outer compile. */
  public void add(CompilationUnitTree unit, Fault fault) {
    if (toldBefore.getOrDefault(unit.getSourceFile(), Set.of()).contains(fault)) {
      return;
    }
    Set<Fault> faults =
        pending
            .computeIfAbsent(unit.getSourceFile(), file -> new Pending(unit, new LinkedHashSet<>()))
            .faults();
    if (!fault.remedy().isNone()) {
      faults.remove(fault);
    }
    faults.add(fault);
  }

  /** Prints a fault at once, so that javac looks at no body. */
  public void report(CompilationUnitTree unit, Fault fault) {
    prepare(unit, fault).run();
  }

  /** Prints a fault at once, and not again when it is found once more. */
  public void tell(CompilationUnitTree unit, Fault fault) {
    Pending found = pending.get(unit.getSourceFile());
    if (found != null) {
      found.faults().remove(fault);
    }
    if (toldBefore.computeIfAbsent(unit.getSourceFile(), file -> new HashSet<>()).add(fault)) {
      report(unit, fault);
    }
  }

  /** What prints a fault when javac may have let go of the trees. */
  public Runnable prepare(CompilationUnitTree unit, Fault fault) {
    Tree at = new Finder(unit, fault).find().getLeaf();
    return () -> print(unit, fault, at);
  }

  /** Prints what was found in a class, in the order of the source. */
  public void report(CompilationUnitTree unit, Tree tree) {
    Pending found = pending.get(unit.getSourceFile());
    if (found != null) {
      SourcePositions positions = trees.getSourcePositions();
      long start = positions.getStartPosition(unit, tree);
      long end = positions.getEndPosition(unit, tree);
      // An implicitly declared class has no end: it is the whole file.
      List<Fault> inside =
          found.faults().stream()
              .filter(f -> end < 0 || (start <= f.start() && f.start() < end))
              .toList();
      print(unit, inside);
      inside.forEach(found.faults()::remove);
    }
  }

  /** Prints what is left, in classes that javac did not come to. */
  public void reportRest() {
    pending.values().forEach(each -> print(each.unit(), List.copyOf(each.faults())));
    pending.clear();
  }

  /** Prints a fault at once, at the nearest tree to its place in the class. */
  public void report(TreePath type, Fault fault) {
    CompilationUnitTree unit = type.getCompilationUnit();
    TreePath place = fault.start() < 0 ? type : new Finder(unit, fault).find();
    boolean isFound = !(place.getLeaf() instanceof CompilationUnitTree);
    print(unit, isFound ? place : type, fault);
  }

  private void print(CompilationUnitTree unit, List<Fault> faults) {
    List<Fault> sorted = new ArrayList<>(faults);
    sorted.sort(Comparator.comparingInt(Fault::start).thenComparingInt(Fault::end));
    for (Fault each : sorted) {
      print(unit, new Finder(unit, each).find(), each);
    }
  }

  private void print(CompilationUnitTree unit, TreePath place, Fault fault) {
    Diagnostic diagnostic = fault.diagnostic();
    if (diagnostic.severity() == Severity.ERROR
        || !Suppressions.cover(place, diagnostic.code(), trees)) {
      print(unit, fault, place.getLeaf());
    }
  }

  private void print(CompilationUnitTree unit, Fault fault, Tree at) {
    trees.printMessage(
        kindOf(fault.diagnostic()), fault.diagnostic().message(fault.arguments()), at, unit);
    remedies.accept(unit, fault.remedy());
  }

  private Kind kindOf(Diagnostic diagnostic) {
    return diagnostic.severity().compareTo(leastError) >= 0 ? Kind.ERROR : Kind.WARNING;
  }

  /**
   * Finds the tree at a fault's place; where a processor changed the trees, the nearest around it.
   */
  private final class Finder extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final CompilationUnitTree unit;
    private final Fault fault;
    private TreePath best;

    Finder(CompilationUnitTree unit, Fault fault) {
      this.unit = unit;
      this.fault = fault;
      this.best = new TreePath(unit);
    }

    TreePath find() {
      scan(best, null);
      return best;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
      if (tree == null) {
        return null;
      }
      SourcePositions positions = trees.getSourcePositions();
      long start = positions.getStartPosition(unit, tree);
      long end = positions.getEndPosition(unit, tree);
      boolean around = start >= 0 && start <= fault.start() && fault.end() <= end;
      // Of trees with one and the same place the outermost is the one that the finding is about.
      if (around && !isExact()) {
        best = getCurrentPath() == null ? best : new TreePath(getCurrentPath(), tree);
      }
      return super.scan(tree, null);
    }

    private boolean isExact() {
      SourcePositions positions = trees.getSourcePositions();
      return positions.getStartPosition(unit, best.getLeaf()) == fault.start()
          && positions.getEndPosition(unit, best.getLeaf()) == fault.end()
          && best.getParentPath() != null;
    }
  }
}
