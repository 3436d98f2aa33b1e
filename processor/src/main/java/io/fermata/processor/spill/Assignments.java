package io.fermata.processor.spill;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrRewriter;
import java.util.HashSet;
import java.util.Set;

/** Looks for assignments of variables. */
final class Assignments {

  private Assignments() {}

  /** The variables that evaluating {@code expr} may assign. */
  static Set<IrLocal> in(IrExpr expr) {
    Search search = new Search();
    search.expr(expr);
    return search.assigned;
  }

  private static final class Search extends IrRewriter {
    private final Set<IrLocal> assigned = new HashSet<>();

    @Override
    protected Code code(Code code) {
      assigned.addAll(code.writes());
      return super.code(code);
    }

    @Override
    protected IrExpr expr(IrExpr expr) {
      if (expr instanceof IrExpr.Assign assign) {
        add(assign.target());
      } else if (expr instanceof IrExpr.CompoundAssign assign) {
        add(assign.target());
      } else if (expr instanceof IrExpr.Increment increment) {
        add(increment.target());
      }
      return super.expr(expr);
    }

    private void add(IrExpr.Target target) {
      if (target instanceof IrExpr.Target.Local local) {
        assigned.add(local.local());
      }
    }
  }
}
