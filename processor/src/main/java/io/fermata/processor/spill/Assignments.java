package io.fermata.processor.spill;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrRewriter;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;

/**
 * Looks for assignments of variables.
 *
 * <p>Remembers what it has seen: of expressions in expressions, each is asked for.
 */
final class Assignments extends IrRewriter {
  private final IdentityHashMap<IrExpr, Set<IrLocal>> known = new IdentityHashMap<>();
  private Set<IrLocal> assigned = new HashSet<>();

  /** The variables that evaluating {@code expr} may assign. */
  Set<IrLocal> in(IrExpr expr) {
    expr(expr);
    return Objects.requireNonNull(known.get(expr));
  }

  @Override
  protected IrExpr expr(IrExpr expr) {
    Set<IrLocal> around = assigned;
    Set<IrLocal> seen = known.get(expr);
    if (seen == null) {
      assigned = new HashSet<>();
      look(expr);
      seen = assigned;
      known.put(expr, seen);
    }
    assigned = around;
    assigned.addAll(seen);
    return expr;
  }

  private void look(IrExpr expr) {
    if (expr instanceof IrExpr.Assign assign) {
      add(assign.target());
    } else if (expr instanceof IrExpr.CompoundAssign assign) {
      add(assign.target());
    } else if (expr instanceof IrExpr.Increment increment) {
      add(increment.target());
    }
    super.expr(expr);
  }

  @Override
  protected Code code(Code code) {
    assigned.addAll(code.writes());
    return super.code(code);
  }

  private void add(IrExpr.Target target) {
    if (target instanceof IrExpr.Target.Local local) {
      assigned.add(local.local());
    }
  }
}
