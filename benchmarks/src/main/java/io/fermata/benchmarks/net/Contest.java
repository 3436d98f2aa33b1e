package io.fermata.benchmarks.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The servers of some peers, which run at the same time and are asked by turns. */
final class Contest implements AutoCloseable {
  private final List<ServerProcess> servers = new ArrayList<>();

  static Contest of(List<Peer> peers, Cores cores) throws IOException, InterruptedException {
    Contest contest = new Contest();
    try {
      for (Peer peer : peers) {
        contest.servers.add(ServerProcess.start(peer, cores));
      }
      return contest;
    } catch (Throwable t) {
      contest.close();
      throw t;
    }
  }

  List<ServerProcess> servers() {
    return Collections.unmodifiableList(servers);
  }

  /** What is done with a server whose turn it is. */
  @FunctionalInterface
  interface Turn<T> {
    void take(T player) throws IOException, InterruptedException;
  }

  /** So many rounds, each of which begins with another one. */
  static <T> void play(int rounds, List<T> players, Turn<T> turn)
      throws IOException, InterruptedException {
    List<T> order = new ArrayList<>(players);
    for (int round = 0; round < rounds; round++) {
      for (T player : order) {
        turn.take(player);
      }
      Collections.rotate(order, 1);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (ServerProcess server : servers) {
      server.close();
    }
  }
}
