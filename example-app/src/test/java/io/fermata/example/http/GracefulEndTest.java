package io.fermata.example.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a server ends, by a cancellation, as Ctrl-C makes it. */
@Timeout(30)
class GracefulEndTest {
  private static final String HOST = " HTTP/1.1\r\nHost: here\r\n\r\n";

  @Test
  void runningRequests_areAnsweredAndIdleConnectionsClosed() throws IOException {
    try (RunningServer server = RunningServer.demo(HttpLimits.DEFAULT.withGrace(ofSeconds(9)));
        RawClient idle = new RawClient(server);
        RawClient slow = new RawClient(server);
        RawClient streamed = new RawClient(server);
        RawClient begun = new RawClient(server)) {
      idle.send("GET /hello/a" + HOST);
      idle.readResponse();
      streamed.send("GET /ticks/6" + HOST);
      assertTrue(streamed.readUntil("tick 1\n\r\n").contains("Transfer-Encoding: chunked"));
      begun.send("GET /hel");
      slow.send("GET /slow/3000" + HOST + "GET /hello/behind" + HOST);
      awaitConnections(server, 4);
      long asked = System.nanoTime();
      server.end();

      assertEquals("", idle.readToEnd());
      awaitRefusal(server);
      begun.send("lo/b" + HOST);
      String lateOne = begun.readToEnd();
      assertTrue(lateOne.contains("\r\nConnection: close\r\n"), lateOne);
      assertTrue(lateOne.endsWith("{\"hello\":\"b\"}"), lateOne);
      assertTrue(System.nanoTime() - asked < 2_500_000_000L, "these wait for nobody");
      assertTrue(streamed.readToEnd().endsWith("tick 6\n\r\n0\r\n\r\n"));
      String last = slow.readToEnd();
      assertTrue(last.contains("\r\nConnection: close\r\n"), last);
      assertTrue(last.endsWith("slept for 3000 ms\n"), last);
      assertFalse(last.contains("behind"), last);
      server.awaitEnd();
      assertTrue(System.nanoTime() - asked < 8_000_000_000L, "the grace is not used up");
    }
  }

  @Test
  void aRequestThatOutlastsTheGrace_isCutOff() throws IOException {
    try (RunningServer server = RunningServer.demo(HttpLimits.DEFAULT.withGrace(ofMillis(200)));
        RawClient slow = new RawClient(server)) {
      slow.send("GET /slow/60000" + HOST);
      awaitConnections(server, 1);
      server.end();
      server.awaitEnd();
      assertThrows(IOException.class, slow::readToEnd);
    }
  }

  @Test
  void aSecondCancellation_endsItAtOnce() throws IOException {
    try (RunningServer server = RunningServer.demo(HttpLimits.DEFAULT.withGrace(ofSeconds(60)));
        RawClient idle = new RawClient(server);
        RawClient slow = new RawClient(server)) {
      slow.send("GET /slow/60000" + HOST);
      awaitConnections(server, 2);
      server.end();
      assertEquals("", idle.readToEnd()); // the first one has come
      server.end();
      server.awaitEnd();
      assertThrows(IOException.class, slow::readToEnd);
    }
  }

  /** The port is free in the loop's next pass. */
  private static void awaitRefusal(RunningServer server) throws IOException {
    try {
      while (true) {
        new RawClient(server).close();
      }
    } catch (ConnectException e) {
      // That is it.
    }
  }

  /** Until so many are connected, and their requests have been read. */
  private static void awaitConnections(RunningServer server, int count) throws IOException {
    while (server.connections() < count) {
      Thread.onSpinWait();
    }
    try (RawClient other = new RawClient(server)) {
      other.send("GET /hello/a" + HOST);
      other.readResponse();
    }
  }
}
