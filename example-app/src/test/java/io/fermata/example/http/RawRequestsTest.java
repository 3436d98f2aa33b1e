package io.fermata.example.http;

import static io.fermata.example.http.RawClient.exchange;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.AsyncGenerator;
import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.net.ConnectionLostException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands on the wire: framing, order, and the end of connections. */
@Timeout(30)
class RawRequestsTest {
  private static final String HOST = "Host: here\r\n";

  final AtomicInteger generatorsEnded = new AtomicInteger();
  private final RunningServer server =
      new RunningServer(
          Demo.routes()
              .get("/fails", request -> RawRequestsTestAsync.fails(this))
              .get("/loses", request -> RawRequestsTestAsync.loses(this))
              .get("/smuggles", request -> RawRequestsTestAsync.smuggles(this))
              .get("/breaks-off", request -> RawRequestsTestAsync.breaksOff(this))
              .get("/endless", request -> RawRequestsTestAsync.endless(this)),
          HttpLimits.DEFAULT
              .withTimes(ofSeconds(10), ofSeconds(10), ofSeconds(10), ofMillis(300))
              .withGrace(ofSeconds(1)));

  @Coroutine
  Response fails() {
    throw new IllegalStateException("of the handler");
  }

  /** Another connection is lost than that of the client. */
  @Coroutine
  Response loses() throws IOException {
    throw new ConnectionLostException("of the database", null);
  }

  @Coroutine
  Response smuggles() {
    return Response.text(200, "").with("A", "b\r\nC: d");
  }

  @Coroutine
  Response breaksOff() {
    return Response.streamed("text/plain", RawRequestsTestAsync.emitAndFail(this));
  }

  @Coroutine
  void emitAndFail(Emitter<byte[]> out) {
    out.emit("begun".getBytes(UTF_8));
    throw new IllegalStateException("of the generator");
  }

  @Coroutine
  Response endless() {
    return Response.streamed("text/plain", endlessBytes());
  }

  AsyncGenerator<byte[]> endlessBytes() {
    return RawRequestsTestAsync.emitForEver(this);
  }

  @Coroutine
  void emitForEver(Emitter<byte[]> out) {
    try {
      while (true) {
        out.emit(new byte[100_000]);
      }
    } finally {
      generatorsEnded.incrementAndGet();
    }
  }

  @AfterEach
  void end() {
    server.close();
  }

  private static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\n" + HOST + headers + "\r\n";
  }

  private static String post(String target, String headers, String body) {
    return "POST " + target + " HTTP/1.1\r\n" + HOST + headers + "\r\n" + body;
  }

  private static String body(String response) {
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void aConnection_staysOpenUntilTheClientSaysOtherwise() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(get("/hello/a", ""));
      String first = client.readResponse();
      assertTrue(first.startsWith("HTTP/1.1 200 OK\r\nDate: "), first);
      assertFalse(first.contains("Connection:"), first);
      client.send(get("/hello/b", "Connection: Close\r\n"));
      String last = client.readToEnd();
      assertTrue(last.contains("\r\nConnection: close\r\n"), last);
      assertEquals("{\"hello\":\"b\"}", body(last));
    }
  }

  @Test
  void http10_endsAfterEachResponseUnlessAskedNotTo() throws IOException {
    String once = exchange(server, "GET /hello/a HTTP/1.0\r\n\r\n");
    assertTrue(once.contains("\r\nConnection: close\r\n"), once);
    String twice =
        exchange(
            server,
            "GET /hello/a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\nGET /hello/b HTTP/1.0\r\n\r\n");
    assertTrue(twice.contains("\r\nConnection: keep-alive\r\n"), twice);
    assertEquals("{\"hello\":\"b\"}", body(body(twice)));
  }

  @Test
  void http10_knowsNoChunks() throws IOException {
    String ticks = exchange(server, "GET /ticks/2 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assertFalse(ticks.contains("Transfer-Encoding"), ticks);
    assertTrue(ticks.contains("\r\nConnection: close\r\n"), ticks);
    assertEquals("tick 1\ntick 2\n", body(ticks));
  }

  @Test
  void requestsThatDoNotWait_areAnsweredInTheirOrder() throws IOException {
    String responses =
        exchange(
            server,
            get("/slow/200", "")
                + post("/digest", "Content-Length: 3\r\n", "abc")
                + get("/hello/third", "")
                + post("/digest", "Transfer-Encoding: chunked\r\n", "1\r\nd\r\n0\r\n\r\n")
                + "HEAD /hello/fifth HTTP/1.1\r\n"
                + HOST
                + "\r\n"
                + get("/hello/last", "Connection: close\r\n"));
    List<String> told =
        List.of("slept for 200 ms", "\"length\":3", "third", "\"length\":1", "last");
    int from = 0;
    for (String text : told) {
      from = responses.indexOf(text, from);
      assertTrue(from >= 0, text + " in " + responses);
    }
    assertEquals(6, responses.split("HTTP/1.1 200 OK", -1).length - 1, responses);
    assertFalse(responses.contains("fifth"), "the body of a HEAD: " + responses);
  }

  @Test
  void requestsByteByByte_areUnderstood() throws IOException {
    try (RawClient client = new RawClient(server)) {
      String request =
          "\r\n"
              + post(
                  "/digest",
                  "Transfer-Encoding: Chunked\r\n",
                  "3;a=\"b;c\"\r\nabc\r\n0A \t;d\r\n0123456789\r\n00\r\nX: y\r\n\r\n")
              + get("/hello/a", "Connection: close\r\n");
      for (int i = 0; i < request.length(); i++) {
        client.send(request.substring(i, i + 1));
        LockSupport.parkNanos(500_000);
      }
      String responses = client.readToEnd();
      assertTrue(responses.contains("\"length\":13"), responses);
      assertTrue(responses.endsWith("{\"hello\":\"a\"}"), responses);
    }
  }

  @Test
  void aStreamedBody_comesInChunks() throws IOException {
    String ticks = exchange(server, get("/ticks/2", "Connection: close\r\n"));
    assertTrue(ticks.contains("\r\nTransfer-Encoding: chunked\r\n"), ticks);
    assertEquals("7\r\ntick 1\n\r\n7\r\ntick 2\n\r\n0\r\n\r\n", body(ticks));
  }

  @Test
  void head_tellsWhatGetWouldAndHasNoBody() throws IOException {
    String whole = exchange(server, "HEAD / HTTP/1.0\r\n\r\n");
    assertTrue(whole.contains("Content-Length: " + Demo.INDEX.length() + "\r\n"), whole);
    assertEquals("", body(whole));
    try (RawClient client = new RawClient(server)) {
      client.send("HEAD /ticks/2 HTTP/1.1\r\n" + HOST + "\r\n" + get("/hello/a", ""));
      assertTrue(client.readUntil("\r\n\r\n").contains("Transfer-Encoding: chunked"));
      assertTrue(client.readResponse().endsWith("{\"hello\":\"a\"}"));
    }
  }

  @Test
  void theTarget_mayBeAWholeUrl() throws IOException {
    String response = exchange(server, get("http://other/hello/%C3%A9?a", "Connection: close\r\n"));
    assertEquals("{\"hello\":\"\u00c3\u00a9\"}", body(response));
    String root = exchange(server, get("HTTP://other", "Connection: close\r\n"));
    assertTrue(body(root).contains("<h1>Fermata</h1>"), root);
  }

  @Test
  void options_tellsTheMethods() throws IOException {
    String one =
        exchange(server, "OPTIONS /digest HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
    assertTrue(one.startsWith("HTTP/1.1 204 No Content\r\n"), one);
    assertTrue(one.contains("\r\nAllow: OPTIONS, POST\r\n"), one);
    assertFalse(one.contains("Content-Length"), one);
    String all = exchange(server, "OPTIONS * HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
    assertTrue(all.contains("\r\nAllow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT\r\n"), all);
  }

  @Test
  void aClientThatAsksBeforeItSends_isToldToGoOn() throws IOException {
    for (String target : List.of("/digest", "/echo")) {
      try (RawClient client = new RawClient(server)) {
        client.send(post(target, "Content-Length: 5\r\nExpect: 100-Continue\r\n", ""));
        assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readUntil("\r\n\r\n"));
        client.send("abcde");
        assertTrue(client.readUntil("\r\n\r\n").startsWith("HTTP/1.1 200 OK\r\n"));
      }
    }
  }

  @Test
  void aClientThatAsksBeforeItSends_isToldNotTo() throws IOException {
    String asks = "Content-Length: 5\r\nExpect: 100-continue\r\n";
    for (String target : List.of("/nothing", "/hello/a")) {
      String refused = exchange(server, post(target, asks, ""));
      assertTrue(refused.startsWith("HTTP/1.1 40"), refused);
      assertTrue(refused.contains("\r\nConnection: close\r\n"), refused);
    }
    String large = "Content-Length: 100000000\r\nExpect: 100-continue\r\n";
    assertTrue(exchange(server, post("/digest", large, "")).startsWith("HTTP/1.1 413 "));
  }

  @Test
  void aBodyThatNobodyReads_isReadAwayIfItIsShort() throws IOException {
    String behind = get("/hello/behind", "Connection: close\r\n");
    String shortOne = post("/nothing", "Content-Length: 60000\r\n", "a".repeat(60_000));
    assertTrue(exchange(server, shortOne + behind).endsWith("{\"hello\":\"behind\"}"));
    String longOne = post("/nothing", "Content-Length: 70000\r\n", "a".repeat(70_000));
    String refused = exchange(server, longOne + behind);
    assertTrue(refused.contains("\r\nConnection: close\r\n"), refused);
    assertFalse(refused.contains("behind"), refused);
  }

  @Test
  void aHandlerThatFails_gives500AndTheConnectionGoesOn() throws IOException {
    for (String target : List.of("/fails", "/loses")) {
      String responses =
          exchange(server, get(target, "") + get("/hello/a", "Connection: close\r\n"));
      assertTrue(responses.startsWith("HTTP/1.1 500 Internal Server Error\r\n"), responses);
      assertFalse(responses.contains("of the"), "what has failed is the server's affair");
      assertTrue(responses.endsWith("{\"hello\":\"a\"}"), responses);
    }
    assertEquals(2, server.reports.size());
    assertEquals("the handler of GET /fails failed", server.reports.get(0).message());
    assertInstanceOf(IllegalStateException.class, server.reports.get(0).exception());
    assertInstanceOf(ConnectionLostException.class, server.reports.get(1).exception());
    server.reports.clear();
  }

  @Test
  void aHeaderWithALineEnd_isTheHandlersFailure() throws IOException {
    String response = exchange(server, get("/smuggles", "Connection: close\r\n"));
    assertTrue(response.startsWith("HTTP/1.1 500 "), response);
    assertFalse(response.contains("C: d"), response);
    assertEquals(1, server.reports.size());
    server.reports.clear();
  }

  @Test
  void aBodyThatBreaksOff_isNotTakenForAWholeOne() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(get("/breaks-off", ""));
      assertThrows(IOException.class, () -> System.err.println(client.readToEnd()));
    }
    assertEquals(1, server.reports.size());
    assertEquals("the response to GET /breaks-off was cut off", server.reports.get(0).message());
    server.reports.clear();
  }

  @Test
  void aClientThatDoesNotRead_isLeftAfterItsTime() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(get("/endless", ""));
      awaitEndOfGenerator();
      assertThrows(IOException.class, client::readToEnd);
    }
  }

  @Test
  void aClientThatGoesInTheMiddle_endsItsResponse() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(get("/endless", ""));
      client.readUntil("\r\n\r\n");
    }
    awaitEndOfGenerator();
  }

  /** A lost connection is none of the server's any more, while its handler is still to be told. */
  private void awaitEndOfGenerator() {
    while (server.connections() != 0 || generatorsEnded.get() == 0) {
      LockSupport.parkNanos(5_000_000);
    }
    assertEquals(1, generatorsEnded.get());
  }
}
