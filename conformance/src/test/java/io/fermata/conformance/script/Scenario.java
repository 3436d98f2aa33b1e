package io.fermata.conformance.script;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How each awaitable that a body asks for ends, by the order in which it asks.
 *
 * @param name for test reports
 * @param endings the ending of the awaitable asked for as number {@code n}, from 0
 */
public record Scenario(String name, IntFunction<Ending> endings) {

  /** All end as {@code ending}. */
  public static Scenario all(Ending ending) {
    return new Scenario(ending.name(), n -> ending);
  }

  /** Number {@code at} ends as {@code ending}, the others as {@code others}. */
  public static Scenario at(int at, Ending ending, Ending others) {
    return new Scenario(ending + "@" + at + "/" + others, n -> n == at ? ending : others);
  }

  /** A mixture that depends on nothing but {@code seed}; mostly values. */
  public static Scenario random(long seed) {
    return new Scenario("RANDOM#" + seed, n -> mixed(seed, n));
  }

  /** Every ending at each of the first {@code awaitables} in turn, and a few mixtures. */
  public static List<Scenario> thorough(int awaitables) {
    List<Scenario> scenarios = new ArrayList<>();
    scenarios.add(all(Ending.DONE));
    scenarios.add(all(Ending.LATER));
    for (int n = 0; n < awaitables; n++) {
      scenarios.add(at(n, Ending.FAILED, Ending.DONE));
      scenarios.add(at(n, Ending.FAILED, Ending.LATER));
      scenarios.add(at(n, Ending.FAILS_LATER, Ending.DONE));
      scenarios.add(at(n, Ending.FAILS_LATER, Ending.LATER));
      scenarios.add(at(n, Ending.CANCELLED, Ending.DONE));
      scenarios.add(at(n, Ending.CANCELLED_LATER, Ending.LATER));
      scenarios.add(at(n, Ending.TASK_CANCELLED, Ending.LATER));
    }
    for (long seed = 1; seed <= 6; seed++) {
      scenarios.add(random(seed));
    }
    return scenarios;
  }

  private static Ending mixed(long seed, int n) {
    long hash = (seed * 0x9E3779B97F4A7C15L) ^ (n * 0xC2B2AE3D27D4EB4FL);
    hash ^= hash >>> 29;
    hash *= 0xBF58476D1CE4E5B9L;
    hash ^= hash >>> 32;
    int dice = (int) Math.floorMod(hash, 24L);
    if (dice < 9) {
      return Ending.DONE;
    }
    if (dice < 18) {
      return Ending.LATER;
    }
    return switch (dice) {
      case 18 -> Ending.FAILED;
      case 19, 20 -> Ending.FAILS_LATER;
      case 21 -> Ending.CANCELLED;
      case 22 -> Ending.CANCELLED_LATER;
      default -> Ending.TASK_CANCELLED;
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
