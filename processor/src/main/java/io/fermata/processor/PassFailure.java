package io.fermata.processor;

import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.ElementFault;
import io.fermata.processor.diagnostics.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.lang.model.element.Element;

/**
 * What came out of a pass instead of its result. It is told to the user as a fault: nothing of ours
 * is thrown at javac.
 *
 * @param cause as it was thrown, without what other threads and javac have wrapped it in
 */
record PassFailure(Throwable cause) {

  /** The failure that {@code thrown} is; thrown again if it is none of a pass's, but the JVM's. */
  static PassFailure of(Throwable thrown) {
    Throwable cause = thrown;
    while (isWrapper(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) {
      throw error;
    }
    return new PassFailure(cause);
  }

  /** javac wraps in a bare one what comes out of a processor. */
  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof CompletionException || thrown.getClass() == RuntimeException.class;
  }

  /** Whether the user's code is too deep for the stack. */
  boolean isOverflow() {
    return cause instanceof StackOverflowError;
  }

  /** A fault at a place of the user's. */
  Fault at(String name, int start, int end) {
    return new Fault(
        Diagnostic.INTERNAL_ERROR, List.of(name, pass(), cause.toString()), start, end);
  }

  /** A fault for a whole declaration. */
  ElementFault at(Element element, String name) {
    return new ElementFault(Diagnostic.INTERNAL_ERROR, element, name, pass(), cause.toString());
  }

  /** The pass that failed: each has a package of its own. */
  private String pass() {
    String own = PassFailure.class.getPackageName() + ".";
    return Arrays.stream(cause.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(each -> each.startsWith(own) && each.lastIndexOf('.') > own.length())
        .map(each -> each.substring(own.length(), each.lastIndexOf('.')))
        .findFirst()
        .map(each -> Pass.in(each).map(Pass::displayName).orElse(each))
        .orElse("driver");
  }
}
