package io.fermata.processor.flow;

import io.fermata.processor.ir.IrExpr.Plain;
import io.fermata.processor.ir.Span;
import java.util.Optional;

/** What a way through a {@code finally} is bound for. */
sealed interface Destination {
  /** Whether it is reached without leaving {@code around}, the innermost {@code finally}. */
  boolean isInside(Finally around);

  /** Control's last step there. */
  Terminator reach(Optional<Plain> value, Span span);

  /** Behind the {@code try}. */
  record End() implements Destination {
    @Override
    public boolean isInside(Finally around) {
      return false;
    }

    @Override
    public Terminator reach(Optional<Plain> value, Span span) {
      throw new IllegalStateException("outside of any finally");
    }
  }

  /** The caller. */
  record Result() implements Destination {
    @Override
    public boolean isInside(Finally around) {
      return false;
    }

    @Override
    public Terminator reach(Optional<Plain> value, Span span) {
      return new Terminator.Return(value, span);
    }
  }

  /** A block inside the same {@code finally}s as the statement that the jump names. */
  record Place(OpenBlock block, Optional<Finally> around) implements Destination {
    @Override
    public boolean isInside(Finally innermost) {
      return around.isPresent() && around.get() == innermost;
    }

    @Override
    public Terminator reach(Optional<Plain> value, Span span) {
      block.referenced = true;
      return new Terminator.Goto(block.id);
    }
  }
}
