package io.fermata.testing;

import io.fermata.ExceptionGroup;
import io.fermata.internal.Suppression;
import io.fermata.internal.net.simulated.Simulation;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Stands beside a failure, as suppressed in it, so that whoever sees the failure sees the seed that
 * brings it back, and what happened on the network before it.
 */
final class SimulatedTraffic extends Exception {
  private static final long serialVersionUID = 1L;

  /** So many of the last events are told. */
  private static final int MAX_EVENTS = 60;

  private SimulatedTraffic(String message) {
    super(message, null, false, false);
  }

  /** Adds it to a failure, unless that has one, or something that it is made of. */
  static void addTo(Throwable failure, Simulation simulation) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    if (!isTold(failure, seen)) {
      Suppression.add(failure, new SimulatedTraffic(text(simulation)));
    }
  }

  private static boolean isTold(Throwable failure, Set<Throwable> seen) {
    if (failure instanceof SimulatedTraffic || failure instanceof DeadlockException) {
      return true;
    }
    if (!seen.add(failure)) {
      return false;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (isTold(suppressed, seen)) {
        return true;
      }
    }
    if (failure instanceof ExceptionGroup group) {
      for (Throwable member : group.exceptions()) {
        if (isTold(member, seen)) {
          return true;
        }
      }
    }
    return failure.getCause() != null && isTold(failure.getCause(), seen);
  }

  /** The seed, and the last that happened. */
  static String text(Simulation simulation) {
    return "the simulated network with seed "
        + simulation.seed()
        + ", seconds first:\n"
        + simulation.log().text(MAX_EVENTS);
  }
}
