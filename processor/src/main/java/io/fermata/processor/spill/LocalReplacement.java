package io.fermata.processor.spill;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrRewriter;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.Part;
import java.util.List;

/** Puts one variable in the place of another, of the same type. */
final class LocalReplacement extends IrRewriter {
  private final IrLocal old;
  private final IrLocal replacement;

  LocalReplacement(IrLocal old, IrLocal replacement) {
    this.old = old;
    this.replacement = replacement;
  }

  /** The statements with the one variable for the other. */
  List<IrStmt> in(List<IrStmt> statements) {
    return all(statements);
  }

  @Override
  protected List<IrStmt> statement(IrStmt statement) {
    if (statement instanceof IrStmt.Declare declare && declare.local() == old) {
      return List.of(
          new IrStmt.Declare(replacement, declare.value().map(this::expr), declare.span()));
    }
    return super.statement(statement);
  }

  @Override
  protected IrExpr.Target target(IrExpr.Target target) {
    return target instanceof IrExpr.Target.Local local && local.local() == old
        ? new IrExpr.Target.Local(replacement)
        : super.target(target);
  }

  @Override
  protected Code code(Code code) {
    return super.code(code).map(this::part);
  }

  private Part part(Part part) {
    if (part instanceof Part.Read read && read.local() == old) {
      return new Part.Read(replacement, read.place());
    } else if (part instanceof Part.Write write && write.local() == old) {
      return new Part.Write(replacement, write.mode());
    }
    return part;
  }
}
