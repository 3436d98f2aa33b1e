package io.fermata.junit;

import io.fermata.testing.VirtualTimeLoop;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs in all orders, one after the other, or in as many as are allowed. */
final class ExhaustiveRuns implements RepeatedRuns {
  private final int most;
  private final Orders orders;

  ExhaustiveRuns(int most, Orders orders) {
    this.most = most;
    this.orders = orders;
  }

  @Override
  public void run(Attempt attempt, ExtensionContext context) {
    int tried = 0;
    boolean more = true;
    while (more && tried < most) {
      Throwable failure =
          tried < ScheduledRuns.THOROUGH_RUNS
              ? attempt.run(newLoop())
              : attempt.runQuickly(this::newLoop);
      tried++;
      if (failure != null) {
        throw Failures.of(
            "fails in order " + tried + " of all",
            failure,
            "Replay it alone with @Schedules(order = " + orders + ").");
      }
      more = orders.next();
    }
    context.publishReportEntry(
        "orders", more ? tried + ", and there are more" : tried + ", which are all there are");
  }

  /** One with the order that is to be tried now. */
  private VirtualTimeLoop newLoop() {
    orders.begin();
    return new VirtualTimeLoop(orders);
  }
}
