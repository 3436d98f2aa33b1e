package io.fermata.benchmarks.net;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The server's CPU time for a connection that is opened, asked one thing, and closed. */
record ConnectionRow(String name) implements Row {
  private static final int CONNECTIONS = 10_000;
  private static final int SIZE = 64;

  @Override
  public void measure(Setting setting) throws IOException, InterruptedException {
    List<Peer> peers = Peer.present(Peer.ECHO);
    Series nanos = new Series();
    try (Contest contest = Contest.of(peers, setting.cores())) {
      for (ServerProcess server : contest.servers()) {
        perConnection(server);
      }
      Contest.play(
          setting.rounds(),
          contest.servers(),
          server -> nanos.add(server.peer(), perConnection(server)));
    }
    System.out.printf(
        "%nCPU per connection, %,d opened, one message on each, all closed%n%n", CONNECTIONS);
    System.out.println("| server | ratio to the floor | us |");
    System.out.println("| --- | ---: | ---: |");
    for (Peer peer : peers) {
      System.out.printf(
          "| %s | %s | %.1f |%n",
          peer.title(), nanos.ratio(peer, Peer.FLOOR), nanos.median(peer) / 1e3);
    }
  }

  private static double perConnection(ServerProcess server) throws IOException {
    Duration before = server.cpuTime();
    try (Client client = new Client(server.address(), new EchoQuestion(SIZE))) {
      client.open(CONNECTIONS);
    }
    return (double) server.cpuTime().minus(before).toNanos() / CONNECTIONS;
  }
}
