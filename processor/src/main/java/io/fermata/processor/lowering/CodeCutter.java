package io.fermata.processor.lowering;

import com.sun.source.tree.Tree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts the text of a tree out of the user's source and makes holes where a name means something
 * else in the generated class.
 *
 * <pre>
 * total += prices.get(i);        [Write total] += [Read self].prices.get([Read i]);
 * List&lt;Entry&gt; l = of(null);      [TypeName List]&lt;[TypeName Map.Entry]&gt; l = [TypeName List].of(null);
 * if (n == 0) return;            if ([Read n] == 0) [Jump return]
 * </pre>
 *
 * <p>Guarantees: variables of the body, {@code this}, type names, unqualified members and jumps
 * that leave the tree are parts of their own; everything else is the user's text. Does not look for
 * resume points: operands that have one are handed in.
 */
final class CodeCutter {

  final BodyContext context;
  final TypeUses typeUses;
  final JumpTargets targets;
  final InferredTargets inferred;
  final IdentityHashMap<Tree, IrExpr> operands = new IdentityHashMap<>();
  private final Set<Tree> expected = Collections.newSetFromMap(new IdentityHashMap<>());
  final IdentityHashMap<IrLocal, IrLocal> renamed = new IdentityHashMap<>();
  final Set<IrLocal> exposed = new LinkedHashSet<>();

  CodeCutter(BodyContext context, JumpTargets targets) {
    this.context = context;
    this.typeUses = new TypeUses(context);
    this.targets = targets;
    this.inferred = new InferredTargets(context);
  }

  /** Puts {@code expr} where {@code tree} stands in what is cut. */
  CodeCutter with(Tree tree, IrExpr expr) {
    operands.put(tree, expr);
    return this;
  }

  /** Has what stands for {@code tree} be of the type that is expected there, which has no name. */
  CodeCutter asExpected(Tree tree) {
    expected.add(tree);
    return this;
  }

  boolean isExpected(Tree tree) {
    return expected.contains(tree);
  }

  /** The value as one of the type that is expected where it stands. */
  static Code asExpected(Code value) {
    return Code.of("asExpected(").then(value).then(")");
  }

  /** Uses {@code replacement} for {@code local} in what is cut. */
  CodeCutter renaming(IrLocal local, IrLocal replacement) {
    renamed.put(local, replacement);
    return this;
  }

  /** The code of a whole tree. */
  Code cut(Tree tree) {
    return cut(List.of(tree), context.body().start(tree), context.body().end(tree));
  }

  /** The code from {@code start} to {@code end}, in which these trees stand. */
  Code cut(List<? extends Tree> trees, int start, int end) {
    Cut cut = begin(start, end);
    cut.scan(trees, null);
    return cut.code();
  }

  Cut begin(int start, int end) {
    return new CutScanner(this, start, end);
  }

  /** Pattern variables of what was cut that code behind it uses; they are assigned in it. */
  Set<IrLocal> exposed() {
    return exposed;
  }
}
