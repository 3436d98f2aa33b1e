package io.fermata.processor.lowering;

import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.attribution.JumpScanner;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.Part;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One cut: the edits of a piece of source, and what all who make them share. What the edits of
 * names, types, values, patterns, new objects and jumps are, is each in a class of its own.
 */
abstract class Cut extends JumpScanner {

  final BodyContext context;
  final JumpTargets targets;
  final TypeUses typeUses;
  final InferredTargets inferred;

  /** What stands for trees in the code. */
  final IdentityHashMap<Tree, IrExpr> operands;

  final IdentityHashMap<IrLocal, IrLocal> renamed;
  final Set<IrLocal> exposed;
  private final CodeCutter cutter;

  /** Where what is cut begins in the source. */
  final int from;

  /** Where it ends. */
  final int to;

  final Edits edits = new Edits();

  /** The variables that are declared here, and in how many lambdas and classes. */
  final IdentityHashMap<IrLocal, Integer> depths = new IdentityHashMap<>();

  final CutTypes types;
  final CutNames names;
  final CutValues values;
  final CutPatterns patterns;
  final CutCreations creations;
  final CutJumps jumps;
  final CutPrivates privates;

  /** How many guards the scan is in. */
  private int guards;

  Cut(CodeCutter cutter, int from, int to) {
    this.cutter = cutter;
    this.context = cutter.context;
    this.targets = cutter.targets;
    this.typeUses = cutter.typeUses;
    this.inferred = cutter.inferred;
    this.operands = cutter.operands;
    this.renamed = cutter.renamed;
    this.exposed = cutter.exposed;
    this.from = from;
    this.to = to;
    this.types = new CutTypes(this);
    this.names = new CutNames(this);
    this.values = new CutValues(this);
    this.patterns = new CutPatterns(this);
    this.creations = new CutCreations(this);
    this.jumps = new CutJumps(this);
    this.privates = new CutPrivates(this);
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    if (tree == null || SuperCalls.isMadeUp(tree, context)) {
      return null;
    }
    IrExpr operand = operands.get(tree);
    if (operand != null) {
      replace(tree, operandCode(tree, operand).parts());
      return null;
    }
    boolean isGuard = context.facts().isGuard(tree);
    guards += isGuard ? 1 : 0;
    super.scan(tree, null);
    guards -= isGuard ? 1 : 0;
    return null;
  }

  /** An await goes before the code in which it stands. */
  private Code operandCode(Tree tree, IrExpr operand) {
    Code value = Code.of(new Part.Operand(operand));
    Code code = cutter.isExpected(tree) ? CodeCutter.asExpected(value) : value;
    return operand instanceof IrExpr.Await ? code.then(linesOf(tree)) : code;
  }

  Part.Read reading(IrLocal local) {
    return new Part.Read(local, placeOf(local));
  }

  /** Scans a tree, or null. */
  void scan(@Nullable Tree tree) {
    scan(tree, null);
  }

  /** Scans trees, or null. */
  void scan(@Nullable Iterable<? extends Tree> trees) {
    scan(trees, null);
  }

  /** Scans what such a tree consists of. */
  void scanParts(InstanceOfTree tree) {
    super.visitInstanceOf(tree, null);
  }

  IrLocal current(IrLocal local) {
    return renamed.getOrDefault(local, local);
  }

  Code linesOf(Tree tree) {
    return linesOf(context.body().start(tree), context.body().end(tree));
  }

  /** Stands for the lines of code that has gone elsewhere. */
  Code linesOf(int start, int end) {
    int lines = context.body().line(end) - context.body().line(start);
    return lines == 0 ? new Code(List.of()) : Code.of(new Part.Lines(lines));
  }

  /** What a guard reads must be effectively final, as what a lambda captures (JLS 14.11.1). */
  Part.Place place() {
    return depth() == 0 && guards == 0 ? Part.Place.BODY : Part.Place.CAPTURE;
  }

  Part.Place placeOf(IrLocal local) {
    return depths.getOrDefault(local, 0) > 0 ? Part.Place.BODY : place();
  }

  void replaceAround(Tree tree, Tree inner, String open, String close) {
    int start = context.body().start(tree);
    int innerStart = context.body().start(inner);
    int innerEnd = context.body().end(inner);
    int end = context.body().end(tree);
    edits.replace(start, innerStart, Code.of(open).then(linesOf(start, innerStart)).parts());
    edits.replace(innerEnd, end, Code.of(close).then(linesOf(innerEnd, end)).parts());
  }

  boolean isSpace(int at) {
    return Character.isWhitespace(context.body().source().charAt(at));
  }

  /** The code of a tree in this one, with what is renamed here. */
  Code nested(Tree tree) {
    Cut inner = cutter.begin(context.body().start(tree), context.body().end(tree));
    inner.scan(tree, null);
    return inner.code();
  }

  void replace(Tree tree, List<Part> parts) {
    int start = context.body().start(tree);
    int end = context.body().end(tree);
    if (start >= 0 && end >= start) {
      edits.replace(start, end, parts);
    }
  }

  Code code() {
    return edits.splice(from, to, context);
  }
}
