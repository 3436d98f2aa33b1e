package io.fermata.conformance.script;

import java.util.ArrayList;
import java.util.List;

/** What one run of a body did, and which awaitable comes next. One per run. */
public final class Recorder {
  private static final int LIMIT = 20_000;

  private final Scenario scenario;
  private final List<String> trace = new ArrayList<>();
  private int asked;

  /** A run of {@code scenario}, about to begin. */
  public Recorder(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Notes what happened. */
  public synchronized void trace(String event) {
    if (trace.size() >= LIMIT) {
      throw new AssertionError("the body runs away");
    }
    trace.add(event);
  }

  /** How the next awaitable ends. */
  public synchronized Ending nextEnding() {
    return scenario.endings().apply(asked++);
  }

  /** How many awaitables were asked for. */
  public synchronized int asked() {
    return asked;
  }

  /** What happened so far. */
  public synchronized List<String> trace() {
    return List.copyOf(trace);
  }
}
