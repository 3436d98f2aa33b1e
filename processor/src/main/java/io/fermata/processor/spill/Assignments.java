package io.fermata.processor.spill;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrRewriter;

/** Looks for assignments of a variable. */
final class Assignments {

  private Assignments() {}

  /** Whether evaluating {@code expr} may assign {@code local}. */
  static boolean in(IrExpr expr, IrLocal local) {
    Search search = new Search(local);
    search.expr(expr);
    return search.found;
  }

  private static final class Search extends IrRewriter {
    private final IrLocal wanted;
    private boolean found;

    Search(IrLocal wanted) {
      this.wanted = wanted;
    }

    @Override
    protected Code code(Code code) {
      found |= code.writes().contains(wanted);
      return super.code(code);
    }

    @Override
    protected IrExpr expr(IrExpr expr) {
      found |= expr instanceof IrExpr.Assign assign && isWanted(assign.target());
      found |= expr instanceof IrExpr.CompoundAssign assign && isWanted(assign.target());
      found |= expr instanceof IrExpr.Increment increment && isWanted(increment.target());
      return super.expr(expr);
    }

    private boolean isWanted(IrExpr.Target target) {
      return target instanceof IrExpr.Target.Local local && local.local() == wanted;
    }
  }
}
