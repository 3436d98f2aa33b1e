package io.fermata.internal.net.simulated;

import io.fermata.TimerHandle;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams on a route. They may be lost, doubled, and overtaken, as the simulation's rates
 * say; what arrives while the route is blocked is lost.
 */
final class Datagrams {
  /** How much later one arrives at most that others overtake, in nanoseconds. */
  private static final long MAX_DETOUR = 100_000_000L;

  private record Flight(long due, long number, Datagram datagram) {}

  private final Route route;
  private final PriorityQueue<Flight> flying =
      new PriorityQueue<>(Comparator.comparingLong(Flight::due).thenComparingLong(Flight::number));
  private long number;
  private long lastDue;
  private @Nullable TimerHandle timer;

  Datagrams(Route route) {
    this.route = route;
  }

  /** Sends one; {@code leaves} is when it has left the sender. */
  void send(Datagram datagram, long leaves) {
    Simulation simulation = route.simulation;
    boolean between = route.from != route.to;
    if (between && simulation.draws.happens(simulation.loss())) {
      simulation.log(datagram.from, datagram.to, "lost datagram of", datagram.data);
      return;
    }
    int copies = between && simulation.draws.happens(simulation.doubling()) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long due = Math.max(leaves + route.delay(), lastDue);
      if (between && simulation.draws.happens(simulation.reordering())) {
        due += simulation.draws.between(1, MAX_DETOUR);
      } else {
        lastDue = due;
      }
      flying.add(new Flight(due, number++, datagram));
    }
    deliver();
  }

  private void deliver() {
    Simulation simulation = route.simulation;
    long now = simulation.now();
    for (Flight first; (first = flying.peek()) != null && first.due <= now; ) {
      flying.remove();
      Datagram datagram = first.datagram;
      if (route.isBlocked()) {
        simulation.log(datagram.from, datagram.to, "lost datagram of", datagram.data);
      } else {
        route.to.arrives(datagram);
      }
    }
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (!flying.isEmpty()) {
      timer = simulation.loop().callAt(flying.peek().due, this::deliver);
    }
  }
}
