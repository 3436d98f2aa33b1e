package io.fermata.processor.diagnostics;

import static javax.tools.Diagnostic.Kind.ERROR;
import static javax.tools.Diagnostic.Kind.MANDATORY_WARNING;

import java.util.List;
import javax.tools.Diagnostic.Kind;

/**
 * All that the compiler tells the user. A code may have several findings, each with its own fact
 * and remedy; the arguments of a finding are named in the comment above it.
 */
public enum Diagnostic {
  // member (`Hello.count`), what it is (`field`, `method`, `class`, `constructor`)
  PRIVATE_MEMBER(
      "private-access",
      "'%1$s' is private, and the generated coroutine stands in another class.",
      "Make the %2$s package-private."),
  // member (`super.close`)
  SUPER_CALL(
      "private-access",
      "'%1$s' can only be reached from the class itself, and the generated coroutine stands in"
          + " another class.",
      "Put the call in a package-private method of the class, and call that."),
  // member (`Base.count`), what it is
  PROTECTED_MEMBER(
      "private-access",
      "'%1$s' is protected in another package, and the generated coroutine stands in another class.",
      "Put the use of the %2$s in a package-private method of the class, and call that.");

  private final String code;
  private final String fact;
  private final String remedy;

  Diagnostic(String code, String fact, String remedy) {
    this.code = code;
    this.fact = fact;
    this.remedy = remedy;
  }

  /** The code as users write it: {@code private-access}. */
  public String code() {
    return code;
  }

  /** Both lines: the fact with the code before it, then the remedy. */
  public String message(List<String> arguments) {
    Object[] values = arguments.toArray();
    return "[fermata:" + code + "] " + fact.formatted(values) + "\n  " + remedy.formatted(values);
  }

  /** Whether it stops the compile. */
  public Kind kind() {
    return code.equals("never-awaited") ? MANDATORY_WARNING : ERROR;
  }
}
