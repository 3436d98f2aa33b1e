package io.fermata.processor.ir;

import java.util.List;

/**
 * The body of a coroutine.
 *
 * @param parameters {@code self} first, if there is one; of a coroutine lambda, what it captures
 * @param result the type of what it gives, {@code void} for nothing
 * @param statements its code
 * @param reserved every identifier that the user's code uses, so that made-up names avoid them
 */
public record IrBody(
    List<IrLocal> parameters,
    IrType result,
    List<IrStmt> statements,
    java.util.Set<String> reserved) {
  public IrBody {
    parameters = List.copyOf(parameters);
    statements = List.copyOf(statements);
    reserved = java.util.Set.copyOf(reserved);
  }

  /** The same with other code. */
  public IrBody with(List<IrStmt> newStatements) {
    return new IrBody(parameters, result, newStatements, reserved);
  }
}
