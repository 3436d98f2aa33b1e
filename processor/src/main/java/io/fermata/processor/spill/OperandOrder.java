package io.fermata.processor.spill;

import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the order of operands asks for: each is evaluated before any resume point to its right.
 *
 * @param last the last one with a resume point; -1 if none has
 * @param assignedLater for each before that one, what those behind it, up to that one, may assign
 */
record OperandOrder(int last, List<Set<IrLocal>> assignedLater) {

  /** Looks at operands, from left to right. */
  static OperandOrder of(List<IrExpr> operands, Assignments assignments) {
    int last = operands.size() - 1;
    while (last >= 0 && !operands.get(last).suspends()) {
      last--;
    }
    return new OperandOrder(last, assignedLater(operands, last, assignments));
  }

  private static List<Set<IrLocal>> assignedLater(
      List<IrExpr> operands, int last, Assignments assignments) {
    if (last < 1 || operands.subList(0, last).stream().noneMatch(OperandOrder::isVariable)) {
      return Collections.nCopies(Math.max(last, 0), Set.of());
    }
    List<Set<IrLocal>> later = new ArrayList<>();
    Set<IrLocal> assigned = Set.of();
    for (int i = last; i > 0; i--) {
      Set<IrLocal> own = assignments.in(operands.get(i));
      if (!own.isEmpty()) {
        assigned = new HashSet<>(assigned);
        assigned.addAll(own);
      }
      later.add(assigned);
    }
    Collections.reverse(later);
    return later;
  }

  /** Whether it is a variable of the user's; temporaries are assigned once. */
  private static boolean isVariable(IrExpr expr) {
    return expr instanceof IrExpr.Plain plain && plain.stability() == IrExpr.Stability.VARIABLE;
  }
}
