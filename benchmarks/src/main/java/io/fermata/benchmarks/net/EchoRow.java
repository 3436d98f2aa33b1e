package io.fermata.benchmarks.net;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The server's CPU time for a request that is echoed. */
record EchoRow(String name, int size) implements Row {
  private static final int[] CONNECTIONS = {1, 100, 1_000};

  @Override
  public void measure(Setting setting) throws IOException, InterruptedException {
    List<Peer> peers = Peer.present(Peer.ECHO);
    List<Series> columns = new ArrayList<>();
    try (Contest contest = Contest.of(peers, setting.cores())) {
      for (int connections : CONNECTIONS) {
        columns.add(column(contest, connections, setting));
      }
    }
    System.out.printf("%nCPU per request, echo of %,d bytes: ratio to the floor, us%n%n", size);
    System.out.println("| server | 1 connection | 100 | 1,000 |");
    System.out.println("| --- | ---: | ---: | ---: |");
    for (Peer peer : peers) {
      StringBuilder line = new StringBuilder("| " + peer.title());
      for (Series column : columns) {
        line.append(" | ")
            .append(column.ratio(peer, Peer.FLOOR))
            .append(String.format(Locale.ROOT, ", %.1f", column.median(peer) / 1e3));
      }
      System.out.println(line.append(" |"));
    }
  }

  private record Player(ServerProcess server, Client client) {}

  private Series column(Contest contest, int connections, Setting setting)
      throws IOException, InterruptedException {
    Series nanosPerRequest = new Series();
    List<Player> players = new ArrayList<>();
    for (ServerProcess server : contest.servers()) {
      Client client = new Client(server.address(), new EchoQuestion(size));
      client.open(connections);
      setting.warmUp(server, client::askFor);
      players.add(new Player(server, client));
    }
    Contest.play(
        setting.rounds(),
        players,
        player -> {
          Duration before = player.server().cpuTime();
          long answered = player.client().askFor(setting.window());
          Duration used = player.server().cpuTime().minus(before);
          nanosPerRequest.add(player.server().peer(), (double) used.toNanos() / answered);
        });
    for (Player player : players) {
      player.client().close();
    }
    return nanosPerRequest;
  }
}
