package io.fermata;

import io.fermata.internal.reports.StackTraces;
import io.fermata.internal.reports.ThrowableAccess;
import org.jspecify.annotations.Nullable;

/**
 * A stack that overflows since plain generators run each other, each in a {@code for} loop of the
 * next: says so, and what to do. What overflows in the user's own code is passed on as it is.
 */
final class GeneratorStackOverflow extends StackOverflowError {
  private static final long serialVersionUID = 1L;

  /** So many of them in the part of the stack that is told are no accident. */
  private static final int MANY = 50;

  private int depth;

  private GeneratorStackOverflow() {}

  /**
   * What a generator throws whose body has thrown this.
   *
   * @param near the class loader of the body
   */
  static StackOverflowError outOf(StackOverflowError overflow, @Nullable ClassLoader near) {
    if (overflow instanceof GeneratorStackOverflow nested) {
      if (++nested.depth == MANY) {
        StackTraces.caught(nested, near); // there is room again
      }
      return nested;
    }
    StackTraceElement[] trace = ThrowableAccess.traceOf(overflow);
    if (generatorsIn(trace) < MANY) {
      return overflow;
    }
    GeneratorStackOverflow made = new GeneratorStackOverflow();
    ThrowableAccess.setTrace(made, trace);
    return made;
  }

  /** By a plain loop: a lambda that is met first when the stack is full can't be linked. */
  private static int generatorsIn(StackTraceElement[] trace) {
    String type = Generator.class.getName();
    int count = 0;
    for (StackTraceElement frame : trace) {
      if (frame.getClassName().equals(type) && frame.getMethodName().equals("advance")) {
        count++;
      }
    }
    return count;
  }

  /** Has the classes there that are needed when there is no room to load them. */
  static void prepare() {
    outOf(new StackOverflowError(), null);
  }

  @Override
  public String getMessage() {
    return "the stack has no room for "
        + depth
        + " plain generators, each of which runs the next in a for loop: pass its elements on with"
        + " yieldAll, which takes no stack.";
  }
}
