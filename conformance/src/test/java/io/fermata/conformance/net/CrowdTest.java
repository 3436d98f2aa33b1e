package io.fermata.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.conformance.net.Crowd.Manner;
import io.fermata.testing.Host;
import io.fermata.testing.SimulatedNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server among 10,000 clients of whom a third misbehaves answers all others. */
final class CrowdTest {
  private static final int SIZE = 10_000;

  @Test
  @Timeout(120)
  void aServerAnswersAllWhoBehaveAndNothingIsLeft() {
    long seed = Long.getLong("fermata.seed", 11);
    SimulatedNetwork net =
        SimulatedNetwork.seeded(seed)
            .latency(Duration.ofMillis(1), Duration.ofMillis(200))
            .segments(1, 100);
    Host server = net.host("server", "10.0.0.1");
    Host outside = net.host("outside", "10.0.0.2");
    Crowd crowd = new Crowd(seed);
    net.run(CrowdAsync.main(crowd, net, server, outside, SIZE));

    Map<Manner, Integer> clients = crowd.clients;
    assertEquals(Set.of(Manner.values()), clients.keySet());
    int well = clients.getOrDefault(Manner.WELL, 0);
    assertTrue(well > SIZE * 0.63 && well < SIZE * 0.70, clients.toString());
    assertEquals(well, crowd.answered);
    assertTrue(crowd.mostAtOnce > SIZE / 3, "at once: " + crowd.mostAtOnce);

    // Each failure of a handler is told once, and no other.
    Map<String, Integer> reported = crowd.reported;
    assertEquals(clients.get(Manner.BREAKS_THE_HANDLER), reported.get("IllegalStateException"));
    assertEquals(clients.get(Manner.TRICKLES), reported.get("AsyncTimeoutException"));
    assertTrue(
        Set.of(
                "IllegalStateException",
                "AsyncTimeoutException",
                "UncheckedIOException",
                "ConnectionLostException",
                "ConnectionClosedException")
            .containsAll(reported.keySet()),
        reported.toString());
    int told = reported.getOrDefault("UncheckedIOException", 0);
    assertTrue(
        told
            >= clients.getOrDefault(Manner.SENDS_A_LONG_LINE, 0)
                + clients.getOrDefault(Manner.RESETS, 0),
        reported + " of " + clients);
    assertEquals(List.of(), net.openSockets());
  }
}
