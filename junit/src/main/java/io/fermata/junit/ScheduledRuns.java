package io.fermata.junit;

import io.fermata.testing.VirtualTimeLoop;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs in random orders, the same ones in each build. */
final class ScheduledRuns implements RepeatedRuns {
  /** So many runs at the beginning look for coroutines that are never awaited. */
  static final int THOROUGH_RUNS = 10;

  private static final int LARGEST_SEED = 1_000_000_000;

  private final long[] seeds;

  private ScheduledRuns(long[] seeds) {
    this.seeds = seeds;
  }

  static RepeatedRuns of(Schedules asked) {
    if (asked.value() < 1) {
      throw new ExtensionConfigurationException(
          "@Schedules(" + asked.value() + ") tries no order: give it 1 or more.");
    }
    if (asked.order().length > 0) {
      return new ExhaustiveRuns(1, new Orders(asked.order()));
    }
    if (asked.exhaustive()) {
      return new ExhaustiveRuns(asked.value(), new Orders());
    }
    return new ScheduledRuns(asked.seed().length > 0 ? asked.seed() : seeds(asked.value()));
  }

  private static long[] seeds(int count) {
    SplittableRandom random = new SplittableRandom(1);
    return LongStream.generate(() -> random.nextInt(LARGEST_SEED))
        .distinct()
        .limit(count)
        .toArray();
  }

  @Override
  public void run(Attempt attempt, ExtensionContext context) {
    for (int i = 0; i < seeds.length; i++) {
      long seed = seeds[i];
      Throwable failure =
          i < THOROUGH_RUNS
              ? attempt.run(new VirtualTimeLoop(seed))
              : attempt.runQuickly(() -> new VirtualTimeLoop(seed));
      if (failure != null) {
        throw Failures.of(
            "fails in order " + (i + 1) + " of " + seeds.length,
            failure,
            "Replay it alone with @Schedules(seed = " + literal(seed) + ").");
      }
    }
    context.publishReportEntry("orders", seeds.length + " at random");
  }

  private static String literal(long seed) {
    return seed == (int) seed ? Long.toString(seed) : seed + "L";
  }
}
