package io.fermata.conformance.world;

import io.fermata.conformance.script.Ending;
import io.fermata.conformance.script.Outcome;
import io.fermata.conformance.script.Scenario;
import java.util.List;
import java.util.Optional;

/** Where a case does not do in one world what it does in the other. */
public record Difference(Scenario scenario, Outcome expected, Outcome actual) {

  /** The first difference over all scenarios. */
  public static Optional<Difference> find(
      Batch oracle, Batch tested, String className, String method) {
    Outcome done = oracle.run(className, method, Scenario.all(Ending.DONE));
    return find(oracle, tested, className, method, Scenario.thorough(Math.min(done.asked(), MOST)));
  }

  /** The first difference over {@code scenarios}. */
  public static Optional<Difference> find(
      Batch oracle, Batch tested, String className, String method, List<Scenario> scenarios) {
    for (Scenario scenario : scenarios) {
      Outcome expected = oracle.run(className, method, scenario);
      Outcome actual = tested.run(className, method, scenario);
      boolean same = expected.trace().equals(actual.trace()) && expected.end().equals(actual.end());
      boolean exhausted = expected.end().startsWith("threw java.lang.OutOfMemoryError");
      if (!same && !exhausted) { // where memory ends is nobody's fault
        return Optional.of(new Difference(scenario, expected, actual));
      }
    }
    return Optional.empty();
  }

  private static final int MOST = 40;

  @Override
  public String toString() {
    return "scenario " + scenario + "\nexpected:\n" + expected + "actual:\n" + actual;
  }
}
