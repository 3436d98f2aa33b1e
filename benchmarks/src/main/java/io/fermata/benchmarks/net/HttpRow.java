package io.fermata.benchmarks.net;

import io.fermata.benchmarks.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP servers that answer with some JSON, on connections that are kept. */
record HttpRow(String name) implements Row {
  private static final String WRK = "wrk";
  private static final int CONNECTIONS = 100;
  private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in ");

  @Override
  public void measure(Setting setting) throws IOException, InterruptedException {
    List<Peer> peers = Peer.present(Peer.HTTP);
    boolean wrk = Tool.isThere(WRK);
    Series perSecond = new Series();
    Series nanosPerRequest = new Series();
    try (Contest contest = Contest.of(peers, setting.cores())) {
      for (ServerProcess server : contest.servers()) {
        setting.warmUp(server, time -> ask(server, time, wrk, setting.cores()));
      }
      Contest.play(
          setting.rounds(),
          contest.servers(),
          server -> {
            Duration before = server.cpuTime();
            long answered = ask(server, setting.window(), wrk, setting.cores());
            Duration used = server.cpuTime().minus(before);
            perSecond.add(server.peer(), answered / (setting.window().toNanos() / 1e9));
            nanosPerRequest.add(server.peer(), (double) used.toNanos() / answered);
          });
    }
    Peer base = peers.get(0);
    System.out.printf(
        "%nHTTP, %d connections, asked by %s: ratios to %s%n%n",
        CONNECTIONS, wrk ? "wrk" : "our client", base.title());
    System.out.println(
        "| server | requests per second: ratio | number | CPU per request: ratio | us |");
    System.out.println("| --- | ---: | ---: | ---: | ---: |");
    for (Peer peer : peers) {
      System.out.printf(
          "| %s | %s | %,.0f | %s | %.1f |%n",
          peer.title(),
          perSecond.ratio(peer, base),
          perSecond.median(peer),
          nanosPerRequest.ratio(peer, base),
          nanosPerRequest.median(peer) / 1e3);
    }
  }

  /** Gives how many requests were answered. */
  private static long ask(ServerProcess server, Duration time, boolean wrk, Cores cores)
      throws IOException, InterruptedException {
    HttpQuestion question = new HttpQuestion();
    if (wrk) {
      question.lengthOfAnswer(server.address()); // which looks at it
      return askWithWrk(server, time, cores);
    }
    try (Client client = new Client(server.address(), question)) {
      client.open(CONNECTIONS);
      return client.askFor(time);
    }
  }

  private static long askWithWrk(ServerProcess server, Duration time, Cores cores)
      throws IOException, InterruptedException {
    String report =
        Tool.run(
            cores.onClients(
                List.of(
                    WRK,
                    "-t1",
                    "-c" + CONNECTIONS,
                    "-d" + Math.max(1, time.toSeconds()) + "s",
                    "http://127.0.0.1:" + server.address().getPort() + HttpQuestion.PATH)));
    Matcher requests = REQUESTS.matcher(report);
    if (!requests.find() || report.contains("Non-2xx") || report.contains("Socket errors")) {
      throw new IllegalStateException("wrk reports:\n" + report);
    }
    return Long.parseLong(requests.group(1));
  }
}
