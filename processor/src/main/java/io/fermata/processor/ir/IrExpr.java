package io.fermata.processor.ir;

import java.util.List;
import java.util.Optional;

/** An expression. Those without a resume point are {@link Plain}. */
public sealed interface IrExpr {

  /** The type that Java gives the expression where it stands. */
  IrType type();

  /** Whether a resume point stands in it. */
  default boolean suspends() {
    return !(this instanceof Plain);
  }

  /** How the value of plain code depends on when it is evaluated. */
  enum Stability {
    /** Literals, type names, lambdas: the same at any time. Never spilled. */
    CONSTANT,
    /** A variable: the same as long as nobody assigns it. */
    VARIABLE,
    /** Anything else. */
    ANY
  }

  /** Code without a resume point. */
  record Plain(Code code, IrType type, Stability stability) implements IrExpr {
    /** A read of {@code local}. */
    public static Plain read(IrLocal local) {
      return new Plain(Code.read(local), local.type(), Stability.VARIABLE);
    }

    /**
     * The code as a value of this type. If only inference has it, and this is no variable of it,
     * javac needs a cast; one through Object unless this is a variable of a reference type, and the
     * other stands no deeper than one type argument. In a cast {@code new HashMap<>()} no longer is
     * of the type that it was where it stood (JLS 15.9, 15.12).
     */
    public Code as(IrType wanted) {
      boolean isThere = stability == Stability.VARIABLE && type.equals(wanted);
      if (!wanted.isInferred() || isThere) {
        return code;
      }
      Code cast = Code.of(new Part.Text("("), new Part.TypeName(wanted), new Part.Text(") "));
      boolean isDirect =
          stability != Stability.ANY && type.isReference() && !wanted.isDeeplyInferred();
      return cast.then(isDirect ? "" : "(Object) ").then(CodeShape.operand(code));
    }

    /** Whether it is there already as a value of this type: nothing is left that could fail. */
    public boolean isSettled(IrType wanted) {
      return stability == Stability.CONSTANT
          || (stability == Stability.VARIABLE && type.equals(wanted));
    }

    @Override
    public String toString() {
      return code.toString();
    }
  }

  /** {@code await(operand)}. */
  record Await(IrExpr operand, IrType type, Span span) implements IrExpr {
    @Override
    public String toString() {
      return "await(" + operand + ")";
    }
  }

  /** {@code out.emit(value)} or {@code out.yield(value)}. */
  record Emit(IrExpr value, Span span) implements IrExpr {
    @Override
    public IrType type() {
      return CommonTypes.VOID;
    }

    @Override
    public String toString() {
      return "emit(" + value + ")";
    }
  }

  /**
   * Operands evaluated from left to right, then combined: a call, {@code +}, a cast, …
   *
   * @param suspends whether an operand does, kept since each expression around this asks for it
   */
  record Composite(Code code, IrType type, boolean suspends) implements IrExpr {
    /** With what its code tells. */
    public Composite(Code code, IrType type) {
      this(code, type, code.operands().stream().anyMatch(IrExpr::suspends));
    }

    @Override
    public String toString() {
      return code.toString();
    }
  }

  /** {@code condition ? whenTrue : whenFalse}. */
  record Conditional(IrExpr condition, IrExpr whenTrue, IrExpr whenFalse, IrType type)
      implements IrExpr {}

  /** {@code left && right} or {@code left || right}. */
  record ShortCircuit(String operator, IrExpr left, IrExpr right) implements IrExpr {
    @Override
    public IrType type() {
      return CommonTypes.BOOLEAN;
    }
  }

  /** {@code target = value}. */
  record Assign(Target target, IrExpr value) implements IrExpr {
    @Override
    public IrType type() {
      return target.type();
    }
  }

  /**
   * {@code target op= value}: reads the target, then evaluates the value, then assigns {@code (T)
   * (old op value)}.
   */
  record CompoundAssign(Target target, String operator, IrExpr value) implements IrExpr {
    @Override
    public IrType type() {
      return target.type();
    }
  }

  /** {@code target++} and the like, where a resume point stands in the target. */
  record Increment(Target target, String operator, Fix fix) implements IrExpr {
    /** Whether the expression gives the new value or the old one. */
    public enum Fix {
      /** The new value. */
      PREFIX,
      /** The old value. */
      POSTFIX
    }

    @Override
    public IrType type() {
      return target.type();
    }
  }

  /**
   * Statements run first, then the value: a switch expression, or what the desugar pass makes; gone
   * after the spill pass.
   */
  record Sequence(List<IrStmt> statements, IrExpr value) implements IrExpr {
    public Sequence {
      statements = List.copyOf(statements);
    }

    @Override
    public IrType type() {
      return value.type();
    }
  }

  /** What can be assigned. */
  sealed interface Target {
    /** The declared type of the variable. */
    IrType type();

    /** A variable of the body. */
    record Local(IrLocal local) implements Target {
      @Override
      public IrType type() {
        return local.type();
      }
    }

    /** A field: of an object, or (no receiver) static, qualified in {@code name}. */
    record Field(Optional<IrExpr> receiver, Code name, IrType type) implements Target {}

    /** An element of an array. */
    record Element(IrExpr array, IrExpr index, IrType type) implements Target {}
  }
}
