package io.fermata.benchmarks.net;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What all threads of the server allocate for a request. */
record AllocationRow(String name) implements Row {
  private static final int[] SIZES = {64, 16 * 1024};
  private static final int CONNECTIONS = 100;

  /** What the optimising compiler finds out not to be needed is no longer allocated then. */
  private static final Duration UNTIL_OPTIMISED = Duration.ofSeconds(10);

  @Override
  public void measure(Setting setting) throws IOException, InterruptedException {
    System.out.printf("%nBytes allocated per request, %d connections%n%n", CONNECTIONS);
    System.out.println("| server | 64 bytes | 16 KiB |");
    System.out.println("| --- | ---: | ---: |");
    for (Peer peer : Peer.present(Peer.ECHO)) {
      if (!peer.isOnJvm()) {
        continue;
      }
      List<String> cells = new ArrayList<>();
      try (ServerProcess server = ServerProcess.start(peer, setting.cores())) {
        for (int size : SIZES) {
          cells.add(String.format(Locale.ROOT, "%,.1f", perRequest(server, size, setting)));
        }
      }
      System.out.println("| " + peer.title() + " | " + String.join(" | ", cells) + " |");
    }
  }

  private static double perRequest(ServerProcess server, int size, Setting setting)
      throws IOException, InterruptedException {
    try (Client client = new Client(server.address(), new EchoQuestion(size))) {
      client.open(CONNECTIONS);
      setting.warmUp(server, client::askFor);
      client.askFor(UNTIL_OPTIMISED);
      long before = server.ask(ServerControl.ALLOCATED);
      long answered = client.askFor(setting.window());
      return (double) (server.ask(ServerControl.ALLOCATED) - before) / answered;
    }
  }
}
