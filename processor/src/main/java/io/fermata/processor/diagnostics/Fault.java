package io.fermata.processor.diagnostics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault in a body, found in the nested compile: plain data, with the position in the user's file,
 * where {@link Reporter} prints it.
 *
 * @param arguments fill the placeholders of the diagnostic's fact and remedy, in order
 * @param start where the exact expression starts in the file
 * @param end where it ends (exclusive)
 * @param use of what is private, if it is one: all uses of a member are told in one error
 */
public record Fault(
    Diagnostic diagnostic, List<String> arguments, int start, int end, @Nullable MemberUse use) {

  public Fault {
    arguments = List.copyOf(arguments);
  }

  /** A fault that is told where it is found. */
  public Fault(Diagnostic diagnostic, List<String> arguments, int start, int end) {
    this(diagnostic, arguments, start, end, null);
  }

  /** The same fault at another place. */
  public Fault at(int newStart, int newEnd) {
    return new Fault(diagnostic, arguments, newStart, newEnd, use);
  }

  /** The same fault as one of the uses of a private member. */
  public Fault as(MemberUse newUse) {
    return new Fault(diagnostic, arguments, start, end, newUse);
  }

  /** Whether it stops the compile, however warnings are taken. */
  public boolean isError() {
    return diagnostic.severity() == Diagnostic.Severity.ERROR;
  }

  /** Whether both are about one and the same piece of source. */
  public boolean isAtSamePlaceAs(Fault other) {
    return start == other.start && end == other.end;
  }
}
