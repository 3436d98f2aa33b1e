package io.fermata.processor.ir;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A piece of {@link Code}. */
public sealed interface Part {

  /** Where a piece is evaluated. */
  enum Place {
    /** By the body itself. */
    BODY,
    /** In a lambda or class body, from a copy of the variable. */
    CAPTURE
  }

  /** What an assignment needs of the old value. */
  enum Mode {
    /** {@code x = …}: nothing. */
    SET,
    /** {@code x += …}, {@code x++}: reads it. */
    UPDATE
  }

  /** Text copied as it is. */
  record Text(String text) implements Part {
    @Override
    public String toString() {
      return text;
    }
  }

  /** The name of a type, to be imported or qualified where the code will stand. */
  record TypeName(IrType type) implements Part {
    @Override
    public String toString() {
      return "<" + type + ">";
    }
  }

  /** A read of a variable, {@code self} among them. */
  record Read(IrLocal local, Place place) implements Part {
    @Override
    public String toString() {
      return local.reference();
    }
  }

  /** The name of a variable where it is assigned. */
  record Write(IrLocal local, Mode mode) implements Part {
    @Override
    public String toString() {
      return local.name();
    }
  }

  /**
   * The name of a variable where it is declared, in code that holds its whole scope (its type
   * stands in the parts before it). It is printed as it is, or renamed if that would clash.
   */
  record Declare(IrLocal local) implements Part {
    @Override
    public String toString() {
      return local.name();
    }
  }

  /** An operand; only up to the spill pass, and only in an {@link IrExpr.Composite}. */
  record Operand(IrExpr expr) implements Part {
    @Override
    public String toString() {
      return "{" + expr + "}";
    }
  }

  /** A whole jump statement, with its semicolon, to a place outside this code. */
  record Jump(JumpKind kind, Optional<IrLabel> target, Optional<Code> value) implements Part {
    @Override
    public String toString() {
      return kind.name().toLowerCase(Locale.ROOT)
          + target.map(label -> " " + label).orElse("")
          + value.map(code -> " " + code).orElse("")
          + ";";
    }
  }

  /**
   * Lines of the user's in the place of which other code stands; or, below zero, lines that follow
   * and are not the user's.
   *
   * @param count not zero
   */
  record Lines(int count) implements Part {
    @Override
    public String toString() {
      return "";
    }
  }

  /** How a jump leaves. */
  enum JumpKind {
    /** {@code return}: has no target. */
    RETURN,
    /** {@code break}. */
    BREAK,
    /** {@code continue}. */
    CONTINUE
  }

  /**
   * A coroutine lambda: an expression that creates its continuation.
   *
   * @param typeParameters those in scope where the lambda stands
   * @param thrown the checked exception that it declares, if it does
   * @param captures variables of the body around it, in the order of {@code body.parameters()}
   */
  record NewCoroutine(
      IrBody body,
      List<IrTypeParameter> typeParameters,
      Optional<IrType> thrown,
      List<IrLocal> captures,
      Place place)
      implements Part {
    public NewCoroutine {
      typeParameters = List.copyOf(typeParameters);
      captures = List.copyOf(captures);
    }

    /**
     * The arguments, in parentheses. A variable of code in a lambda may be of a captured wildcard's
     * type there, for which a type parameter stands in the coroutine.
     *
     * @param isOfCode whether a variable is declared in the code around this
     */
    public String arguments(Function<IrLocal, String> nameOf, Predicate<IrLocal> isOfCode) {
      return captures.stream()
          .map(
              local ->
                  local.type().isInferred() && isOfCode.test(local)
                      ? "asExpected(" + nameOf.apply(local) + ")"
                      : nameOf.apply(local))
          .collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String toString() {
      return "async" + captures;
    }
  }
}
