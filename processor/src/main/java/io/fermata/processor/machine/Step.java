package io.fermata.processor.machine;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One statement of a case. */
public sealed interface Step {

  /** The user's statements; jumps in them are spelled out. */
  record Run(Code code, Wrap wrap, Span span) implements Step {
    /** What stands around the statements. */
    public enum Wrap {
      /** Nothing. */
      NONE,
      /** Braces: they declare names that must not be seen by what follows. */
      BRACES,
      /** {@code if (true)} and braces: Java may hold their end unreachable, yet more follows. */
      IF_TRUE
    }
  }

  /** {@code type name = value;}; without a value blank. */
  record Let(IrType type, String name, Optional<Code> value, Span span) implements Step {}

  /** {@code name = value;}. */
  record Assign(String name, Code value, Span span) implements Step {}

  /** {@code name = sent;}, cast to {@code type}; nothing to assign if empty. */
  record Receive(Optional<Taker> taker, IrType type, Delivery delivery, Span span) implements Step {

    /** Whether a failure may be delivered here. */
    public enum Delivery {
      /** Only values: a failure would have dropped the frame. */
      VALUE,
      /** A failure too, to be thrown here. */
      VALUE_OR_FAILURE
    }

    /** The variable that takes the value, declared here or before. */
    public record Taker(String name, IrType type, Kind kind) {
      /** Whether the variable is declared here. */
      public enum Kind {
        /** It is. */
        DECLARED_HERE,
        /** It was. */
        ASSIGNED
      }
    }
  }

  /** From here on exceptions go to the region with this number; 0: out of the method. */
  record EnterRegion(int region) implements Step {}

  /** {@code if (condition) { … }}; what is inside never ends. */
  record If(Code condition, List<Step> then, Span span) implements Step {
    public If {
      then = List.copyOf(then);
    }
  }

  /**
   * A switch that sets the state, and the jump to it.
   *
   * @param otherwise the state if no arm matches; empty if one always does
   */
  record Choose(Code selector, List<Arm> arms, OptionalInt otherwise, Span span) implements Step {
    public Choose {
      arms = List.copyOf(arms);
    }

    /** A label, what is assigned, and the state. */
    public record Arm(Code label, List<Assign> assigns, int state) {
      public Arm {
        assigns = List.copyOf(assigns);
      }
    }
  }

  /**
   * Waits, unless what is awaited is done: then the next case follows in line.
   *
   * @param saving when it stores and clears
   * @param stores the locals to keep
   * @param clears the slots to let go of
   */
  record Suspend(
      IrStmt.Suspend.Reason reason,
      Code operand,
      IrType operandType,
      int state,
      Saving saving,
      List<Store> stores,
      List<String> clears,
      Span span)
      implements Step {
    /** When the slots are brought up to date. */
    public enum Saving {
      /** When it waits. */
      IF_SUSPENDED,
      /** Whether or not it waits: else those behind it would have much to save. */
      ALWAYS
    }

    public Suspend {
      stores = List.copyOf(stores);
      clears = List.copyOf(clears);
    }
  }

  /**
   * Brings slots up to date on the way, so that resume points behind it have less to do.
   *
   * @param stores the locals to keep
   * @param clears the slots to let go of
   */
  record Save(List<Store> stores, List<String> clears) implements Step {
    public Save {
      stores = List.copyOf(stores);
      clears = List.copyOf(clears);
    }
  }

  /** {@code this.field = local;}. */
  record Store(String field, String local) {}

  /** On to another case of the same section. */
  record GoTo(int state) implements Step {}

  /** On to the case of another section that takes what was awaited. */
  record Leave(int state, List<Store> stores) implements Step {
    public Leave {
      stores = List.copyOf(stores);
    }
  }

  /** {@code return value;}, or {@code return null;} for nothing. */
  record Return(Optional<Code> value, Span span) implements Step {}

  /** {@code throw exception;}. */
  record Throw(Code exception, Span span) implements Step {}

  /** Java has shown that control never comes here. */
  record Unreachable() implements Step {}
}
