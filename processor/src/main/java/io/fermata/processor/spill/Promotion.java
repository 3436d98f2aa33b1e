package io.fermata.processor.spill;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrType;
import java.util.List;

/** The implicit cast of a compound assignment (JLS 15.26.2). */
final class Promotion {

  /** The types that arithmetic gives, the narrowest first (JLS 5.6). */
  private static final List<String> PROMOTED = List.of("int", "long", "float", "double");

  private static final List<String> WIDENED = List.of("byte", "short", "char");

  private Promotion() {}

  /** {@code combined} as a value of the assigned type; without a cast where none is needed. */
  static Code cast(IrExpr.CompoundAssign assign, Code combined) {
    if (!(assign.type() instanceof IrType.Primitive primitive)
        || primitive.keyword().equals("boolean")
        || (isShift(assign) && PROMOTED.contains(primitive.keyword()))
        || rank(primitive) >= rank(assign.value().type())) {
      return combined;
    }
    return Code.of("(" + primitive.keyword() + ") (").then(combined).then(")");
  }

  private static boolean isShift(IrExpr.CompoundAssign assign) {
    return assign.operator().equals("<<") || assign.operator().startsWith(">>");
  }

  /** How wide the operands become; -1 for a target that arithmetic never gives. */
  private static int rank(IrType.Primitive target) {
    return PROMOTED.indexOf(target.keyword());
  }

  private static int rank(IrType operand) {
    if (!(operand instanceof IrType.Primitive primitive)) {
      return operand.equals(IrType.Declared.of("java.lang", "Integer")) ? 0 : PROMOTED.size();
    }
    return WIDENED.contains(primitive.keyword()) ? 0 : PROMOTED.indexOf(primitive.keyword());
  }
}
