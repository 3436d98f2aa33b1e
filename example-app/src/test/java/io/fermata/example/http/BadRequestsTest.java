package io.fermata.example.http;

import static io.fermata.example.http.RawClient.exchange;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is no request, or too much, or too slow, gets its status, and the others go on. */
@Timeout(30)
class BadRequestsTest {
  private static final HttpLimits LIMITS =
      HttpLimits.DEFAULT
          .withHead(200, 1_000, 10)
          .withBodyBytes(1_000)
          .withTimes(ofSeconds(10), ofMillis(400), ofMillis(400), ofSeconds(10));
  private static final String HOST = "Host: here\r\n";

  @SuppressWarnings("NullAway.Init")
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.demo(LIMITS);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  /** What is refused, with the connection's end: the request behind is never served. */
  static Stream<Arguments> malformed() {
    return Stream.of(
        bad("a line that ends in LF alone", "GET / HTTP/1.1\n" + HOST + "\r\n"),
        bad("a head that ends in LF alone", "GET / HTTP/1.1\nHost: here\n\n"),
        bad("a header that ends in LF alone", head("GET /", "Host: here\nA: b\r\n")),
        bad("HTTP/0.9", "GET /\r\n\r\n"),
        bad("two spaces", "GET  / HTTP/1.1\r\n" + HOST + "\r\n"),
        bad("a space in the target", "GET /a b HTTP/1.1\r\n" + HOST + "\r\n"),
        bad("a tab for a space", "GET\t/ HTTP/1.1\r\n" + HOST + "\r\n"),
        bad("a space before the line", " GET / HTTP/1.1\r\n" + HOST + "\r\n"),
        bad("no method", " / HTTP/1.1\r\n" + HOST + "\r\n"),
        bad("a method that is no token", "G(T / HTTP/1.1\r\n" + HOST + "\r\n"),
        bad("a version in small letters", "GET / http/1.1\r\n" + HOST + "\r\n"),
        bad("a version of two digits", "GET / HTTP/1.10\r\n" + HOST + "\r\n"),
        bad("no version", "GET / \r\n" + HOST + "\r\n"),
        bad("two empty lines before", "\r\n\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n"),
        bad("bytes beyond ASCII in the target", head("GET /\u00e9", HOST)),
        bad("a header without a colon", head("GET /", HOST + "Nothing\r\n")),
        bad("a header without a name", head("GET /", HOST + ": x\r\n")),
        bad("a space before the colon", head("GET /", HOST + "Content-Length : 5\r\n")),
        bad("a tab before the colon", head("GET /", HOST + "A\t: 5\r\n")),
        bad("a header that goes on in the next line", head("GET /", HOST + "A: b\r\n c\r\n")),
        bad("a first header that goes on", head("GET /", " c: d\r\n" + HOST)),
        bad("a zero byte in a header", head("GET /", HOST + "A: b\0c\r\n")),
        bad("a CR in a header", head("GET /", HOST + "A: b\rc\r\n")),
        bad("no host", head("GET /", "A: b\r\n")),
        bad("two hosts", head("GET /", HOST + HOST)),
        bad("a length and chunks", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")),
        bad("chunks and a length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")),
        bad("an empty coding and a length", post("Transfer-Encoding:\r\nContent-Length: 5\r\n")),
        bad("two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n")),
        bad("two lengths that are equal", post("Content-Length: 5\r\nContent-Length: 5\r\n")),
        bad("a list of lengths", post("Content-Length: 5, 5\r\n")),
        bad("a length with a sign", post("Content-Length: +5\r\n")),
        bad("a negative length", post("Content-Length: -1\r\n")),
        bad("a length in hexadecimal", post("Content-Length: 0x5\r\n")),
        bad("an empty length", post("Content-Length:\r\n")),
        bad("a length of two words", post("Content-Length: 5 5\r\n")),
        bad("chunked twice", post("Transfer-Encoding: chunked, chunked\r\n")),
        bad("chunked twice in two headers", chunkedTwice()),
        bad("chunked, then something else", post("Transfer-Encoding: chunked, gzip\r\n")),
        bad("no coding", post("Transfer-Encoding: \r\n")),
        bad(
            "chunks in HTTP/1.0",
            "POST /digest HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        bad("a chunk in 0x", chunks("0x5\r\nabcde\r\n0\r\n\r\n")),
        bad("a negative chunk", chunks("-1\r\nabcde\r\n0\r\n\r\n")),
        bad("a chunk with a sign", chunks("+5\r\nabcde\r\n0\r\n\r\n")),
        bad("a space before a chunk's size", chunks(" 5\r\nabcde\r\n0\r\n\r\n")),
        bad("a space behind a chunk's size", chunks("5 \r\nabcde\r\n0\r\n\r\n")),
        bad("a chunk without a size", chunks("\r\nabcde\r\n0\r\n\r\n")),
        bad("a chunk with an extension only", chunks(";a=b\r\nabcde\r\n0\r\n\r\n")),
        bad("a chunk's size that is no number", chunks("xyz\r\nabcde\r\n0\r\n\r\n")),
        bad("a chunk's size that overflows", chunks("10000000000000005\r\nabcde\r\n0\r\n\r\n")),
        bad("a chunk's size that ends in LF", chunks("5\nabcde\r\n0\r\n\r\n")),
        bad("a CR in an extension", chunks("5;a\rb\r\nabcde\r\n0\r\n\r\n")),
        bad("an extension without an end", chunks("5;" + "a".repeat(500) + "\r\nabcde\r\n")),
        bad("a size without an end", chunks("5".repeat(1_100))),
        bad("more in a chunk than its size", chunks("5\r\nabcdefg\r\n0\r\n\r\n")),
        bad("a chunk that ends in LF", chunks("5\r\nabcde\n0\r\n\r\n")),
        bad("a trailer without a colon", chunks("0\r\nNothing\r\n\r\n")),
        bad("a trailer with a space before the colon", chunks("0\r\nA : b\r\n\r\n")),
        bad("trailers that end in LF", chunks("0\r\nA: b\n\n")),
        refused(501, "an unknown coding", post("Transfer-Encoding: gzip\r\n")),
        refused(501, "an unknown coding and chunks", post("Transfer-Encoding: gzip, chunked\r\n")),
        refused(501, "the coding of old", post("Transfer-Encoding: identity\r\n")),
        refused(505, "HTTP/2", "GET / HTTP/2.0\r\n" + HOST + "\r\n"),
        refused(505, "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        refused(505, "HTTP/0.9 that says so", "GET / HTTP/0.9\r\n\r\n"),
        refused(411, "a POST without a length", head("POST /digest", HOST)),
        refused(411, "a PUT without a length", head("PUT /digest", HOST)),
        refused(411, "a POST of HTTP/1.0 without a length", "POST /digest HTTP/1.0\r\n\r\n"),
        refused(413, "a large body", post("Content-Length: 1001\r\n")),
        refused(413, "a length beyond numbers", post("Content-Length: " + "9".repeat(40) + "\r\n")),
        refused(413, "large chunks", chunks("3e8\r\n" + "a".repeat(1000) + "\r\n1\r\na\r\n")),
        refused(413, "a large chunk", chunks("fffffffffffffff\r\n" + "a".repeat(1_100))),
        refused(414, "a long target", head("GET /" + "a".repeat(300), HOST)),
        refused(414, "a target without an end", "GET /" + "a".repeat(5_000)),
        refused(431, "many headers", head("GET /", HOST + "A: b\r\n".repeat(10))),
        refused(431, "a long header", head("GET /", HOST + "A: " + "b".repeat(2_000) + "\r\n")),
        refused(431, "a header without an end", "GET / HTTP/1.1\r\nA: " + "b".repeat(5_000)),
        refused(431, "long trailers", chunks("0\r\n" + "A: bbbbbbbbbbb\r\n".repeat(100))),
        refused(417, "an expectation", head("GET /", HOST + "Expect: 200-ok\r\n")));
  }

  private static Arguments bad(String what, String request) {
    return refused(400, what, request);
  }

  private static Arguments refused(int status, String what, String request) {
    return Arguments.of(what, status, request);
  }

  private static String head(String line, String headers) {
    return line + " HTTP/1.1\r\n" + headers + "\r\n";
  }

  private static String post(String headers) {
    return head("POST /digest", HOST + headers) + "abcde";
  }

  private static String chunkedTwice() {
    return post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
  }

  private static String chunks(String body) {
    return head("POST /digest", HOST + "Transfer-Encoding: chunked\r\n") + body;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("malformed")
  void whatIsMalformed_isRefusedAndTheConnectionEnds(String what, int status, String request)
      throws IOException {
    String smuggled = "GET /hello/smuggled HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
    String response = exchange(server, request + smuggled);
    assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    assertTrue(response.contains("\r\nConnection: close\r\n"), response);
    assertEquals(1, response.split("HTTP/1.1 [1-5]", -1).length - 1, response);
  }

  static Stream<Arguments> refusedTargets() {
    return Stream.of(
        Arguments.of(400, "GET", "path"),
        Arguments.of(400, "GET", "*"),
        Arguments.of(400, "GET", "/a#b"),
        Arguments.of(400, "GET", "/%zz"),
        Arguments.of(400, "GET", "/%2"),
        Arguments.of(400, "GET", "/%ff"),
        Arguments.of(400, "GET", "https://here/"),
        Arguments.of(400, "GET", "/slow/many"),
        Arguments.of(400, "GET", "/slow/-1"),
        Arguments.of(400, "GET", "/slow/60001"),
        Arguments.of(404, "GET", "/nothing"),
        Arguments.of(404, "GET", "/hello"),
        Arguments.of(404, "GET", "/hello/a/b"),
        Arguments.of(404, "GET", "/hello/../tasks"),
        Arguments.of(404, "DELETE", "/nothing"),
        Arguments.of(404, "HEAD", "/nothing"),
        Arguments.of(404, "OPTIONS", "/nothing"),
        Arguments.of(405, "DELETE", "/"),
        Arguments.of(405, "GET", "/digest"),
        Arguments.of(405, "HEAD", "/digest"),
        Arguments.of(501, "BREW", "/"),
        Arguments.of(501, "get", "/"),
        Arguments.of(501, "TRACE", "/"),
        Arguments.of(501, "CONNECT", "here:80"));
  }

  @ParameterizedTest(name = "{1} {2}: {0}")
  @MethodSource("refusedTargets")
  void whatIsNotThere_isToldAndTheConnectionGoesOn(int status, String method, String target)
      throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(head(method + " " + target, HOST));
      String response = client.readUntil("\r\n\r\n");
      assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
      assertEquals(status == 405, response.contains("\r\nAllow: "), response);
    }
  }

  @Test
  void aClientThatTricklesItsHead_gets408() throws IOException {
    try (RawClient client = new RawClient(server)) {
      trickle(client, head("GET /", HOST + "A: " + "b".repeat(900)));
      assertTrue(client.readToEnd().startsWith("HTTP/1.1 408 "));
    }
  }

  @Test
  void aClientThatTricklesItsBody_gets408() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(head("POST /digest", HOST + "Content-Length: 900\r\n"));
      trickle(client, "a".repeat(900));
      assertTrue(client.readToEnd().startsWith("HTTP/1.1 408 "));
    }
  }

  @Test
  void aClientThatTricklesItsChunks_gets408() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(head("POST /digest", HOST + "Transfer-Encoding: chunked\r\n"));
      trickle(client, "1\r\na\r\n".repeat(300));
      assertTrue(client.readToEnd().startsWith("HTTP/1.1 408 "));
    }
  }

  /** A byte each ten milliseconds: each is in time, and all of them are not. */
  private static void trickle(RawClient client, String text) throws IOException {
    long end = System.nanoTime() + LIMITS.headTime().toNanos() + 500_000_000;
    for (int i = 0; i < text.length() && System.nanoTime() < end; i++) {
      client.send(text.substring(i, i + 1));
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void aRequestThatEndsEarly_gets400() throws IOException {
    for (String start :
        new String[] {
          "GET / HTT",
          head("POST /digest", HOST + "Content-Length: 5\r\n") + "abc",
          chunks("5\r\nab")
        }) {
      try (RawClient client = new RawClient(server)) {
        client.send(start);
        client.endOutput();
        String response = client.readToEnd();
        assertTrue(response.startsWith("HTTP/1.1 400 "), response);
      }
    }
  }

  @Test
  void aClientThatSaysNothing_getsNothing() throws IOException {
    HttpLimits impatient =
        HttpLimits.DEFAULT.withTimes(ofMillis(100), ofSeconds(9), ofSeconds(9), ofSeconds(9));
    try (RunningServer other = RunningServer.demo(impatient);
        RawClient client = new RawClient(other)) {
      assertEquals("", client.readToEnd());
      try (RawClient keptAlive = new RawClient(other)) {
        keptAlive.send(head("GET /hello/a", HOST));
        assertTrue(keptAlive.readResponse().startsWith("HTTP/1.1 200 OK\r\n"));
        assertEquals("", keptAlive.readToEnd());
      }
    }
  }
}
