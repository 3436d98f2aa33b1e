package io.fermata.junit;

import org.opentest4j.AssertionFailedError;

/** What one of many runs has failed with, told with the run. */
final class Failures {
  private Failures() {}

  /** The failure's own text stands between; it is the cause, and keeps what IDEs compare. */
  static AssertionFailedError of(String run, Throwable failure, String remedy) {
    String what = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
    String text = run + ": " + what + "\n" + remedy;
    return failure instanceof AssertionFailedError failed
            && failed.isExpectedDefined()
            && failed.isActualDefined()
        ? new AssertionFailedError(text, failed.getExpected(), failed.getActual(), failure)
        : new AssertionFailedError(text, failure);
  }
}
