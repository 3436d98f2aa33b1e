package io.fermata.benchmarks.net;

import io.fermata.benchmarks.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** System calls per request, of all threads of the server. */
record SystemCallRow(String name) implements Row {
  private static final int[] CONNECTIONS = {1, 100};
  private static final int SIZE = 64;
  private static final double WORTH_TELLING = 0.02;

  @Override
  public void measure(Setting setting) throws IOException, InterruptedException {
    if (!Tool.isThere(SystemCalls.STRACE)) {
      System.out.println("\nSystem calls were not counted: there is no strace here.");
      return;
    }
    System.out.printf("%nSystem calls per request, echo of %,d bytes%n%n", SIZE);
    System.out.println("| server | 1 connection | 100 connections |");
    System.out.println("| --- | --- | --- |");
    for (Peer peer : Peer.present(Peer.ECHO)) {
      List<String> cells = new ArrayList<>();
      try (ServerProcess server = ServerProcess.start(peer, setting.cores())) {
        for (int connections : CONNECTIONS) {
          cells.add(count(server, connections, setting));
        }
      }
      System.out.println("| " + peer.title() + " | " + String.join(" | ", cells) + " |");
    }
  }

  private static String count(ServerProcess server, int connections, Setting setting)
      throws IOException, InterruptedException {
    try (Client client = new Client(server.address(), new EchoQuestion(SIZE))) {
      client.open(connections);
      setting.warmUp(server, client::askFor);
      long[] answered = {0};
      Map<String, Long> calls =
          SystemCalls.during(server.pid(), () -> answered[0] = client.askFor(setting.window()));
      return perRequest(calls, answered[0]);
    }
  }

  private static String perRequest(Map<String, Long> calls, long requests) {
    long sum = calls.values().stream().mapToLong(Long::longValue).sum();
    List<String> parts = new ArrayList<>();
    calls.forEach(
        (call, count) -> {
          double each = (double) count / requests;
          if (each >= WORTH_TELLING) {
            parts.add(call + " " + number(each));
          }
        });
    return number((double) sum / requests) + " (" + String.join(", ", parts) + ")";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
