package io.fermata.example.streams;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;
import static io.fermata.net.Net.startServer;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.CancelledError;
import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.junit.CoroutineTest;
import io.fermata.junit.RealTime;
import io.fermata.net.Server;
import io.fermata.net.StreamReader;
import io.fermata.net.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RealTime // for sockets of the system
@Timeout(30)
class StreamsTest {
  static final Pattern SERVING = Pattern.compile("Serving on \\[/127\\.0\\.0\\.1:(\\d+)]");

  private final PrintStream standard = System.out;
  final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** What the requests of {@link HttpHeaders} were. */
  final List<String> requests = new ArrayList<>();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(printed, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(standard);
  }

  List<String> printed() {
    return printed.toString(UTF_8).lines().toList();
  }

  @CoroutineTest
  void echo_theClientGetsWhatItSentAndTheServerEndsWhenItIsCancelled() throws IOException {
    await(StreamsTestAsync.echo(this));
    List<String> lines = printed();
    assertEquals(
        List.of(
            "Send: 'Hello Wörld!'",
            "Received 'Hello Wörld!' from /127.0.0.1:?",
            "Send: 'Hello Wörld!'",
            "Close the connection"),
        lines.subList(1, 5).stream().map(line -> line.replaceAll(":\\d+$", ":?")).toList());
    assertTrue(lines.contains("Received: 'Hello Wörld!'"), lines.toString());
    assertEquals(2, lines.stream().filter("Close the connection"::equals).count());
  }

  @Coroutine
  void echo() throws IOException {
    Task<Void> server = createTask(EchoServerAsync.main("127.0.0.1", 0));
    Matcher serving = SERVING.matcher("");
    while (!serving.reset(printed.toString(UTF_8)).find()) {
      await(sleep(ofMillis(5)));
    }
    int port = Integer.parseInt(serving.group(1));
    await(EchoClientAsync.tcpEchoClient("127.0.0.1", port, "Hello Wörld!"));
    server.cancel();
    try {
      await(server);
      throw new AssertionError("the server has not been cancelled");
    } catch (CancelledError e) {
      assertTrue(server.isCancelled());
    }
  }

  @CoroutineTest
  void httpHeaders_printsTheHeadersOfTheAnswer() throws IOException {
    await(StreamsTestAsync.headers(this, "/a%20b?c=d"));
    assertEquals(
        List.of(
            "HTTP header> HTTP/1.0 200 OK",
            "HTTP header> Content-Type: text/plain",
            "HTTP header> X-Name: é"),
        printed());
    assertEquals("HEAD /a%20b?c=d HTTP/1.0", requests.get(0));
    assertTrue(requests.get(1).matches("Host: 127\\.0\\.0\\.1:\\d+"), requests.get(1));
  }

  @CoroutineTest
  void httpHeaders_withoutAPath_asksForTheRoot() throws IOException {
    await(StreamsTestAsync.headers(this, ""));
    assertEquals("HEAD / HTTP/1.0", requests.get(0));
  }

  @Coroutine
  void headers(String target) throws IOException {
    try (Server server =
        await(startServer((in, out) -> StreamsTestAsync.answer(this, in, out), "127.0.0.1", 0))) {
      int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
      await(HttpHeadersAsync.printHttpHeaders(URI.create("http://127.0.0.1:" + port + target)));
    }
  }

  @Coroutine
  void answer(StreamReader reader, StreamWriter writer) throws IOException {
    for (String line; (line = await(reader.readLine())) != null && !line.isEmpty(); ) {
      requests.add(line);
    }
    writer.setCharset(ISO_8859_1);
    writer.write("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nX-Name: é\r\n\r\n");
  }

  @Test
  void httpHeaders_ofAnythingButPlainHttp_saysSo() {
    for (String url : List.of("https://example.org/", "ftp://example.org/", "/path")) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> run(HttpHeadersAsync.printHttpHeaders(URI.create(url))));
      assertTrue(String.valueOf(refused.getMessage()).contains(url), refused.getMessage());
    }
  }

  @Test
  void httpHeaders_takesTheBracketsOffAnAddress() {
    assertEquals("::1", HttpHeaders.bare("[::1]"));
    assertEquals("example.org", HttpHeaders.bare("example.org"));
  }

  @CoroutineTest
  void registerSocket_waitsForTheData() throws IOException {
    await(RegisterSocketAsync.waitForData());
    assertEquals(List.of("Received: abc"), printed());
  }
}
