package io.fermata.benchmarks.net;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** What an idle connection keeps on the server's heap. */
record IdleRow(String name) implements Row {
  private static final int FEW = 100;
  private static final int MANY = 10_000;
  private static final int SIZE = 64;

  @Override
  public void measure(Setting setting) throws IOException, InterruptedException {
    Map<Peer, Long> bytes = new EnumMap<>(Peer.class);
    for (Peer peer : Peer.present(Peer.ECHO)) {
      if (peer.isOnJvm()) {
        bytes.put(peer, perConnection(peer, setting));
      }
    }
    long floor = bytes.getOrDefault(Peer.FLOOR, 0L);
    System.out.printf("%nHeap of an idle connection, of %,d, in bytes%n%n", MANY);
    System.out.println("| server | bytes | above the floor |");
    System.out.println("| --- | ---: | ---: |");
    bytes.forEach(
        (peer, each) ->
            System.out.printf("| %s | %,d | %,d |%n", peer.title(), each, each - floor));
  }

  private static long perConnection(Peer peer, Setting setting)
      throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(peer, setting.cores());
        Client client = new Client(server.address(), new EchoQuestion(SIZE))) {
      client.open(FEW);
      long before = server.ask(ServerControl.HEAP);
      client.open(MANY);
      return (server.ask(ServerControl.HEAP) - before) / MANY;
    }
  }
}
