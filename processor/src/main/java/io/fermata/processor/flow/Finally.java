package io.fermata.processor.flow;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrExpr.Plain;
import io.fermata.processor.ir.IrExpr.Stability;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@code finally}, and what is known at its start about how it is to go on at its end. */
final class Finally {
  final OpenBlock entry;
  final Optional<Finally> outer;
  final IrLocal exit = new IrLocal("exit", CommonTypes.INT, IrLocal.Origin.TEMPORARY);
  final IrLocal value;
  final List<Destination> ways = new ArrayList<>();
  final boolean seesToThrown;
  final IrLocal thrown;
  boolean endReached;

  /**
   * One whose code has not been built.
   *
   * @param entry where its code begins
   * @param outer the one around it
   * @param result what the body gives
   * @param thrown where it looks for what was thrown, if it sees to that itself
   */
  Finally(OpenBlock entry, Optional<Finally> outer, IrType result, Optional<IrLocal> thrown) {
    this.entry = entry;
    this.outer = outer;
    this.value = new IrLocal("value", result, IrLocal.Origin.TEMPORARY);
    this.seesToThrown = thrown.isPresent();
    this.thrown =
        thrown.orElseGet(
            () -> new IrLocal("thrown", CommonTypes.THROWABLE, IrLocal.Origin.TEMPORARY));
  }

  /** Whether whatever comes to its end goes on behind the statement. */
  boolean onlyEnds() {
    return seesToThrown && ways.stream().allMatch(Destination.End.class::isInstance);
  }

  Handler.Arm arm() {
    entry.referenced = true;
    List<IrType> all = List.of(CommonTypes.THROWABLE);
    if (!endReached) {
      Optional<IrLocal> taken = seesToThrown ? Optional.of(thrown) : Optional.empty();
      return new Handler.Arm(all, taken, entry.id);
    }
    List<IrLocal> cleared = value.type().isReference() ? List.of(value) : List.of();
    List<IrLocal> written = hasValue() ? List.of(exit, value) : List.of(exit);
    return new Handler.Arm(all, Optional.of(thrown), written, cleared, entry.id);
  }

  List<Op> record(Destination way, Optional<Plain> result, Span span) {
    List<Op> ops = new ArrayList<>();
    result.ifPresent(plain -> ops.add(new Op.Set(value, plain, span)));
    if (!endReached) {
      if (seesToThrown) {
        ops.add(new Op.Clear(thrown));
      }
      return ops;
    }
    if (!ways.contains(way)) {
      ways.add(way);
    }
    ops.add(new Op.Clear(thrown));
    if (result.isEmpty() && hasValue()) {
      ops.add(value.type().isReference() ? new Op.Clear(value) : new Op.Undefine(value));
    }
    Code number = Code.of(Integer.toString(ways.indexOf(way)));
    ops.add(new Op.Set(exit, new Plain(number, CommonTypes.INT, Stability.CONSTANT), Span.NONE));
    return ops;
  }

  Optional<Plain> valueFor(Destination way) {
    boolean carries = way instanceof Destination.Result && hasValue();
    return carries ? Optional.of(Plain.read(value)) : Optional.empty();
  }

  private boolean hasValue() {
    return !value.type().equals(CommonTypes.VOID);
  }

  List<Destination> waysWithEndLast() {
    List<Destination> sorted = new ArrayList<>(ways);
    sorted.removeIf(Destination.End.class::isInstance);
    ways.stream().filter(Destination.End.class::isInstance).forEach(sorted::add);
    return sorted;
  }
}
