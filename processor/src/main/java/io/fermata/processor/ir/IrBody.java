package io.fermata.processor.ir;

import java.util.List;
import java.util.Set;

/**
 * The body of a coroutine.
 *
 * @param parameters {@code self} first, if there is one; of a coroutine lambda, what it captures
 * @param result the type of what it gives, {@code void} for nothing
 * @param statements its code
 * @param classes those declared in it that become members of the continuation
 * @param classNames of all that are declared in it, which hide other classes of these names
 * @param start what comes before the statements
 * @param reserved every identifier that the user's code uses, so that made-up names avoid them
 * @param accessors by which it reaches private members; those of the coroutine lambdas in it too
 */
public record IrBody(
    List<IrLocal> parameters,
    IrType result,
    List<IrStmt> statements,
    List<IrLocalClass> classes,
    Set<String> classNames,
    Start start,
    Set<String> reserved,
    List<IrAccessor> accessors) {

  /** What comes before the first statement of a body. */
  public enum Start {
    /** Nothing. */
    AT_ONCE,
    /** A call of {@code OWNER.initialize()}, which stands among the statements. */
    INITIALIZES_OWNER
  }

  public IrBody {
    parameters = List.copyOf(parameters);
    statements = List.copyOf(statements);
    classes = List.copyOf(classes);
    classNames = Set.copyOf(classNames);
    reserved = Set.copyOf(reserved);
    accessors = List.copyOf(accessors);
  }

  /** A body without classes. */
  public IrBody(
      List<IrLocal> parameters, IrType result, List<IrStmt> statements, Set<String> reserved) {
    this(parameters, result, statements, List.of(), Set.of(), Start.AT_ONCE, reserved, List.of());
  }

  /** The same with other code. */
  public IrBody with(List<IrStmt> newStatements) {
    return new IrBody(
        parameters, result, newStatements, classes, classNames, start, reserved, accessors);
  }

  @Override
  public String toString() {
    return IrPrinter.print(this);
  }
}
