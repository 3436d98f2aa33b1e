package io.fermata.processor.ir;

import java.util.List;
import java.util.Optional;

/** A statement. Those without a resume point are {@link Exec}, whatever their kind. */
public sealed interface IrStmt {

  /** One or more whole statements without a resume point, as the user wrote them. */
  record Exec(Code code, Span span) implements IrStmt {
    @Override
    public String toString() {
      return code.toString();
    }
  }

  /** A local declared in a list of statements that has resume points. */
  record Declare(IrLocal local, Optional<IrExpr> value, Span span) implements IrStmt {}

  /** An expression for its effects. */
  record Evaluate(IrExpr expr, Span span) implements IrStmt {}

  /** {@code { … }}. */
  record Block(List<IrStmt> statements) implements IrStmt {
    public Block {
      statements = List.copyOf(statements);
    }
  }

  /** {@code if}. */
  record If(IrExpr condition, IrStmt then, Optional<IrStmt> otherwise, Span span)
      implements IrStmt {}

  /**
   * {@code while}, {@code do} and what follows the initialisers of {@code for}.
   *
   * @param condition absent: {@code true}
   * @param update run at the end of each round, and by {@code continue}
   */
  record Loop(
      IrLabel label,
      Test test,
      Optional<IrExpr> condition,
      IrStmt body,
      List<IrStmt> update,
      Span span)
      implements IrStmt {
    /** When the condition is tested. */
    public enum Test {
      /** Before each round. */
      BEFORE,
      /** After each round: {@code do}. */
      AFTER
    }

    public Loop {
      update = List.copyOf(update);
    }
  }

  /** A for-each loop; gone after the desugar pass. */
  record ForEach(
      IrLabel label,
      Over over,
      IrLocal variable,
      IrExpr subject,
      IrType element,
      IrStmt body,
      Span span)
      implements IrStmt {
    /** What a for-each loop runs over. */
    public enum Over {
      /** An array. */
      ARRAY,
      /** An {@link Iterable}. */
      ITERABLE,
      /** An {@code AsyncIterable}: "async for". */
      ASYNC_ITERABLE,
      /** The call of an async generator or asCompleted: as above, and ended if it is left early. */
      ASYNC_GENERATOR_CALL,
      /** The call of a plain generator: as an iterable, and closed if the loop is left early. */
      GENERATOR_CALL
    }
  }

  /** {@code label: statement}, for a statement that is no loop. */
  record Labeled(IrLabel label, IrStmt statement) implements IrStmt {}

  /** A switch statement. */
  record Switch(IrLabel label, Form form, IrExpr selector, List<Case> cases, Span span)
      implements IrStmt {
    /** What no case's match means. */
    public enum Form {
      /** Goes on behind the statement. */
      STATEMENT,
      /** Cannot be: Java has checked that the cases are exhaustive. */
      EXHAUSTIVE
    }

    public Switch {
      cases = List.copyOf(cases);
    }
  }

  /**
   * A case of a switch.
   *
   * @param label as it stands before {@code :} or {@code ->}, such as {@code case 1, 2} or {@code
   *     default}, with its guard unless that has a resume point; bindings in it are {@link
   *     Part.Declare}d
   * @param takes what the label alone takes
   * @param bindings pairs of a binding declared in {@code label} and the variable of the body that
   *     takes its value
   * @param guard what else must hold, if a resume point stands in it
   * @param end whether the case runs on into the next one
   */
  record Case(
      Code label,
      Takes takes,
      List<Binding> bindings,
      Optional<Guard> guard,
      List<IrStmt> body,
      End end) {
    /** A binding and the variable that stands for it in the body. */
    public record Binding(IrLocal declared, IrLocal variable) {}

    /**
     * A guard, {@code when condition}.
     *
     * @param before runs before it; empty up to the spill pass
     */
    public record Guard(List<IrStmt> before, IrExpr condition, Span span) {
      public Guard {
        before = List.copyOf(before);
      }
    }

    /** The values that a label takes. */
    public enum Takes {
      /** Some: constants, or what matches a pattern. */
      SOME,
      /** {@code null}. */
      NULL,
      /** All but {@code null}: an unconditional pattern. */
      ALL,
      /** {@code default}: all that no other label takes, but {@code null}. */
      REST,
      /** {@code null, default}. */
      REST_AND_NULL;

      /** Whether the label is a {@code default}, which is tried last wherever it stands. */
      public boolean isDefault() {
        return this == REST || this == REST_AND_NULL;
      }

      /** Whether {@code null} is among them. */
      public boolean hasNull() {
        return this == NULL || this == REST_AND_NULL;
      }

      /** Whether no value but {@code null} is left for other labels. */
      public boolean leavesNothing() {
        return this == ALL || isDefault();
      }
    }

    /** How a case ends. */
    public enum End {
      /** {@code case x:}. */
      FALLS_THROUGH,
      /** {@code case x ->}. */
      BREAKS
    }

    public Case {
      bindings = List.copyOf(bindings);
      body = List.copyOf(body);
    }
  }

  /**
   * {@code try} without resources.
   *
   * @param thrown takes what the body or a catch clause has thrown, null if nothing, for a {@code
   *     finally} that sees to it by itself; if empty, it goes on behind the {@code finally}
   */
  record Try(
      List<IrStmt> body,
      List<Catch> catches,
      Optional<List<IrStmt>> finallyBody,
      Optional<IrLocal> thrown,
      Span span)
      implements IrStmt {
    public Try {
      body = List.copyOf(body);
      catches = List.copyOf(catches);
    }

    /** As in the source: what was thrown goes on behind the {@code finally}. */
    public Try(
        List<IrStmt> body, List<Catch> catches, Optional<List<IrStmt>> finallyBody, Span span) {
      this(body, catches, finallyBody, Optional.empty(), span);
    }
  }

  /** A catch clause; several types for a multi-catch. */
  record Catch(List<IrType> types, IrLocal variable, List<IrStmt> body) {
    public Catch {
      types = List.copyOf(types);
      body = List.copyOf(body);
    }
  }

  /** {@code try} with resources; gone after the desugar pass. */
  record TryResources(
      List<Resource> resources,
      List<IrStmt> body,
      List<Catch> catches,
      Optional<List<IrStmt>> finallyBody,
      Swallowing swallowing,
      Span span)
      implements IrStmt {
    /** What it means that a scope swallows what its block threw. */
    public enum Swallowing {
      /** The statement ends normally. */
      ENDS,
      /** Java relies on the block to have come to its end, so the coroutine fails. */
      FAILS,
      /** Java holds the end of the block unreachable, so the coroutine fails. */
      UNREACHABLE
    }

    public TryResources {
      resources = List.copyOf(resources);
      body = List.copyOf(body);
      catches = List.copyOf(catches);
    }
  }

  /**
   * A resource.
   *
   * @param variable declared by it, or made for {@code try (lock)}
   */
  record Resource(Protocol protocol, IrLocal variable, IrExpr value, Span span) {
    /** How a resource is entered and left. */
    public enum Protocol {
      /** An {@link AutoCloseable}: closed as Java closes it. */
      CLOSEABLE,
      /** A {@code ThrowingScope}, which every {@code AsyncScope} is: "async with". */
      ASYNC_SCOPE
    }
  }

  /** {@code throw}. */
  record Throw(IrExpr exception, Span span) implements IrStmt {}

  /** {@code return}. */
  record Return(Optional<IrExpr> value, Span span) implements IrStmt {}

  /** {@code break}. */
  record Break(IrLabel target, Span span) implements IrStmt {}

  /** {@code continue}. */
  record Continue(IrLabel target, Span span) implements IrStmt {}

  /**
   * A resume point; made by the spill pass, after which resume points stand nowhere else.
   *
   * @param operand what is awaited, or emitted
   * @param operandType its static type
   * @param result the variable that takes what was awaited
   * @param resultType what the value is cast to
   */
  record Suspend(
      Reason reason,
      Code operand,
      IrType operandType,
      Optional<IrLocal> result,
      IrType resultType,
      Span span)
      implements IrStmt {
    /** Why the coroutine may wait. */
    public enum Reason {
      /** {@code await}. */
      AWAIT,
      /** {@code emit} or {@code yield} of a generator. */
      EMIT
    }
  }
}
