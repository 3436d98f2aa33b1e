package io.fermata.benchmarks.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerTest {
  @Test
  void eachEchoServerOfThisMachineGivesBackWhatItGetsOnEachConnection() throws Exception {
    try (Contest contest = Contest.of(Peer.present(Peer.ECHO), Cores.none())) {
      for (ServerProcess server : contest.servers()) {
        assertAnswers(server, new EchoQuestion(16 * 1024), 16 * 1024);
      }
    }
  }

  @Test
  void eachHttpServerOfThisMachineAnswersOnConnectionsThatAreKept() throws Exception {
    try (Contest contest = Contest.of(Peer.present(Peer.HTTP), Cores.none())) {
      for (ServerProcess server : contest.servers()) {
        HttpQuestion question = new HttpQuestion();
        assertAnswers(server, question, question.lengthOfAnswer(server.address()));
      }
    }
  }

  private static void assertAnswers(ServerProcess server, Question question, int length)
      throws IOException {
    assertEquals(length, question.lengthOfAnswer(server.address()), server.peer().title());
    try (Client client = new Client(server.address(), question)) {
      client.open(3);
      assertTrue(client.askFor(Duration.ofMillis(50)) >= 3, server.peer().title());
    }
  }

  @Test
  void systemCallsAreCountedByTheirNames() {
    List<String> summary =
        List.of(
            "% time     seconds  usecs/call     calls    errors syscall",
            "------ ----------- ----------- --------- --------- ----------------",
            " 60.00    0.600000          10     60000           epoll_wait",
            " 40.00    0.400000          10     40001       123 read",
            "------ ----------- ----------- --------- --------- ----------------",
            "100.00    1.000000          10    100001       123 total");
    assertEquals(Map.of("epoll_wait", 60000L, "read", 40001L), SystemCalls.parse(summary));
  }

  @Test
  void aRatioIsTheMedianOfTheRatiosOfTheRounds() {
    Series series = new Series();
    double[] floor = {10, 100, 1000};
    double[] peer = {12, 110, 1300};
    for (int round = 0; round < floor.length; round++) {
      series.add(Peer.FLOOR, floor[round]);
      series.add(Peer.ARRAYS, peer[round]);
    }
    assertEquals(110, series.median(Peer.ARRAYS));
    assertTrue(series.ratio(Peer.ARRAYS, Peer.FLOOR).startsWith("1.20 "));
  }
}
