package io.fermata.junit;

import static java.util.stream.Collectors.toCollection;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** What came of tests that were run by JUnit's launcher. */
final class Launched {
  private final EngineExecutionResults results;

  private Launched(DiscoverySelector selector, Map<String, String> parameters) {
    this.results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selector)
            .configurationParameters(parameters)
            .execute();
  }

  static Launched of(Class<?> tests, Map<String, String> parameters) {
    return new Launched(selectClass(tests), parameters);
  }

  static Launched of(Class<?> tests) {
    return of(tests, Map.of());
  }

  static Launched of(Class<?> tests, String method) {
    return new Launched(selectMethod(tests, method), Map.of());
  }

  /** The names of those that passed, in order. */
  List<String> passed() {
    return results.testEvents().succeeded().stream()
        .map(each -> each.getTestDescriptor().getDisplayName())
        .sorted()
        .toList();
  }

  /** The failures of tests and classes, by their names. */
  Map<String, Throwable> failures() {
    Map<String, Throwable> failures = new TreeMap<>();
    for (Event each : results.allEvents().failed().list()) {
      each.getRequiredPayload(TestExecutionResult.class)
          .getThrowable()
          .ifPresent(thrown -> failures.put(each.getTestDescriptor().getDisplayName(), thrown));
    }
    return failures;
  }

  /** The only failure. */
  Throwable failure() {
    Map<String, Throwable> all = failures();
    if (all.size() != 1) {
      throw new AssertionError("one failure is expected: " + all);
    }
    return all.values().iterator().next();
  }

  /** Its message, with what differs from run to run made the same. */
  String message() {
    return String.valueOf(failure().getMessage())
        .replaceAll("Task-\\d+", "Task-1")
        .replaceAll("(?<=java):\\d+", ":1");
  }

  /** The values of report entries with a key. */
  List<String> reported(String key) {
    return results.allEvents().stream()
        .filter(each -> each.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
        .map(each -> each.getRequiredPayload(ReportEntry.class).getKeyValuePairs().get(key))
        .filter(each -> each != null)
        .collect(toCollection(ArrayList::new));
  }
}
