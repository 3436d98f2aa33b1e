package io.fermata.processor.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Source text with holes: an expression, or one or more whole statements, as the user wrote it.
 *
 * <p>{@code total += prices.get(i)} with locals {@code total} and {@code i} and a field {@code
 * prices} becomes {@code [Write total] += [Read self].prices.get([Read i])}.
 */
public record Code(List<Part> parts) {

  public Code {
    parts = merged(parts);
  }

  /** Text without holes. */
  public static Code of(String text) {
    return new Code(List.of(new Part.Text(text)));
  }

  /** The parts given, one after the other. */
  public static Code of(Part... parts) {
    return new Code(Arrays.asList(parts));
  }

  /** A read of {@code local}. */
  public static Code read(IrLocal local) {
    return of(new Part.Read(local, Part.Place.BODY));
  }

  /** This code and then {@code next}. */
  public Code then(Code next) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(next.parts);
    return new Code(all);
  }

  /** This code and then {@code text}. */
  public Code then(String text) {
    return then(of(text));
  }

  /** The same with each part replaced. */
  public Code map(UnaryOperator<Part> mapping) {
    return new Code(parts.stream().map(mapping).toList());
  }

  /** The variables whose value this code may use, captures and those of nested code included. */
  public Set<IrLocal> reads() {
    Set<IrLocal> reads = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Part.Read read) {
        reads.add(read.local());
      } else if (part instanceof Part.Write write && write.mode() == Part.Mode.UPDATE) {
        reads.add(write.local());
      } else if (part instanceof Part.NewCoroutine lambda) {
        reads.addAll(lambda.captures());
      } else if (part instanceof Part.Jump jump) {
        jump.value().ifPresent(value -> reads.addAll(value.reads()));
      }
    }
    return reads;
  }

  /** The variables that this code may assign. */
  public Set<IrLocal> writes() {
    Set<IrLocal> writes = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Part.Write write) {
        writes.add(write.local());
      } else if (part instanceof Part.Jump jump) {
        jump.value().ifPresent(value -> writes.addAll(value.writes()));
      }
    }
    return writes;
  }

  /** The variables that this code declares and that nothing outside it can name. */
  public Set<IrLocal> declares() {
    Set<IrLocal> declared = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Part.Declare declare) {
        declared.add(declare.local());
      } else if (part instanceof Part.Jump jump) {
        jump.value().ifPresent(value -> declared.addAll(value.declares()));
      }
    }
    return declared;
  }

  /** The variables that a lambda or a class body in this code captures. */
  public Set<IrLocal> captures() {
    Set<IrLocal> captured = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Part.Read read && read.place() == Part.Place.CAPTURE) {
        captured.add(read.local());
      } else if (part instanceof Part.NewCoroutine lambda && lambda.place() == Part.Place.CAPTURE) {
        captured.addAll(lambda.captures());
      } else if (part instanceof Part.Jump jump) {
        jump.value().ifPresent(value -> captured.addAll(value.captures()));
      }
    }
    captured.removeAll(declares());
    return captured;
  }

  /** The jumps in this code that leave it. */
  public List<Part.Jump> jumps() {
    return parts.stream().filter(Part.Jump.class::isInstance).map(Part.Jump.class::cast).toList();
  }

  /** The operands still to be filled in, in order of evaluation; empty once spilled. */
  public List<IrExpr> operands() {
    return parts.stream()
        .filter(Part.Operand.class::isInstance)
        .map(part -> ((Part.Operand) part).expr())
        .toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    parts.forEach(text::append);
    return text.toString();
  }

  /** With each run of texts as one. */
  private static List<Part> merged(List<Part> parts) {
    List<Part> merged = new ArrayList<>();
    StringBuilder pending = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        pending.append(text.text());
      } else {
        addText(pending, merged);
        merged.add(part);
      }
    }
    addText(pending, merged);
    return List.copyOf(merged);
  }

  private static void addText(StringBuilder pending, List<Part> merged) {
    if (!pending.isEmpty()) {
      merged.add(new Part.Text(pending.toString()));
      pending.setLength(0);
    }
  }
}
