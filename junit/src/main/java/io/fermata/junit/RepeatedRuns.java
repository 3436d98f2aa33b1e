package io.fermata.junit;

import org.junit.jupiter.api.extension.ExtensionContext;

/** The runs of a test that runs many times. */
interface RepeatedRuns {
  /** Runs it until there is nothing more to try, or throws what one run has failed with. */
  void run(Attempt attempt, ExtensionContext context) throws Throwable;
}
