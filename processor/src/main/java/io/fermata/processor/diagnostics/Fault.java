package io.fermata.processor.diagnostics;

import io.fermata.processor.remedies.Remedy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fault in a body, found in the nested compile: plain data, with the position in the user's file,
 * where {@link Reporter} prints it. Two faults are one if they say the same of the same place,
 * whether or not the place is known well enough for a remedy.
 *
 * @param arguments fill the placeholders of the diagnostic's fact and remedy, in order
 * @param start where the exact expression starts in the file
 * @param end where it ends (exclusive)
 * @param use of what is private, if it is one: all uses of a member are told in one error
 * @param remedy what mends it
 */
public record Fault(
    Diagnostic diagnostic,
    List<String> arguments,
    int start,
    int end,
    @Nullable MemberUse use,
    Remedy remedy) {

  public Fault {
    arguments = List.copyOf(arguments);
  }

  /** A fault that is told where it is found. */
  public Fault(Diagnostic diagnostic, List<String> arguments, int start, int end) {
    this(diagnostic, arguments, start, end, null, Remedy.NONE);
  }

  /** The same fault at another place, to which its remedy does not go with it. */
  public Fault at(int newStart, int newEnd) {
    return new Fault(diagnostic, arguments, newStart, newEnd, use, Remedy.NONE);
  }

  /** The same fault with what mends it. */
  public Fault mendedBy(Remedy newRemedy) {
    return new Fault(diagnostic, arguments, start, end, use, newRemedy);
  }

  /** The same fault as one of the uses of a private member. */
  public Fault as(MemberUse newUse) {
    return new Fault(diagnostic, arguments, start, end, newUse, remedy);
  }

  /** Whether it stops the compile, however warnings are taken. */
  public boolean isError() {
    return diagnostic.severity() == Diagnostic.Severity.ERROR;
  }

  /** Whether both are about one and the same piece of source. */
  public boolean isAtSamePlaceAs(Fault other) {
    return start == other.start && end == other.end;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fault fault
        && diagnostic == fault.diagnostic
        && arguments.equals(fault.arguments)
        && isAtSamePlaceAs(fault)
        && Objects.equals(use, fault.use);
  }

  @Override
  public int hashCode() {
    return Objects.hash(diagnostic, arguments, start, end, use);
  }
}
