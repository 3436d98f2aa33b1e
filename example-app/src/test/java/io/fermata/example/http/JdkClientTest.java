package io.fermata.example.http;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the JDK's client makes of the server. */
@Timeout(60)
class JdkClientTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int LARGE = 20_000_000;

  private final RunningServer server =
      RunningServer.demo(HttpLimits.DEFAULT.withBodyBytes(LARGE).withGrace(ofSeconds(2)));

  @AfterEach
  void end() {
    server.close();
  }

  private HttpRequest.Builder to(String target) {
    return HttpRequest.newBuilder(server.uri(target)).timeout(ofSeconds(20));
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return CLIENT.send(to(target).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String target, BodyPublisher body)
      throws IOException, InterruptedException {
    return CLIENT.send(to(target).method(method, body).build(), BodyHandlers.ofString());
  }

  @Test
  void requestsOneAfterTheOther_shareAConnection() throws Exception {
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> response = get("/hello/" + i);
      assertEquals(200, response.statusCode());
      assertEquals("application/json", response.headers().firstValue("content-type").orElse(""));
      assertEquals("{\"hello\":\"" + i + "\"}", response.body());
      assertEquals(404, get("/nothing").statusCode());
      assertEquals(204, send("OPTIONS", "/", noBody()).statusCode());
      assertEquals(200, send("HEAD", "/ticks/5", noBody()).statusCode());
    }
    assertEquals(1, server.connections());
  }

  @Test
  void requestsAtTheSameTime_areServedAtTheSameTime() {
    long started = System.nanoTime();
    List<CompletableFuture<HttpResponse<String>>> responses =
        IntStream.range(0, 100)
            .mapToObj(i -> CLIENT.sendAsync(to("/slow/500").build(), BodyHandlers.ofString()))
            .toList();
    assertEquals(
        List.of("slept for 500 ms\n"),
        responses.stream()
            .map(CompletableFuture::join)
            .map(HttpResponse::body)
            .distinct()
            .toList());
    long millis = (System.nanoTime() - started) / 1_000_000;
    assertTrue(millis < 25_000, "a hundred times half a second took " + millis + " ms");
  }

  @Test
  void severalServices_areAskedAtTheSameTime() throws Exception {
    assertEquals(
        "{\"weather\":\"sunny\",\"stocks\":\"up\",\"news\":\"none\"}", get("/report/30").body());
  }

  @Test
  void largeBodies_comeWholeWithALengthAndInChunks() throws Exception {
    byte[] large = random(LARGE);
    String expected = "{\"length\":" + LARGE + ",\"sha256\":\"" + sha256(large) + "\"}";
    assertEquals(expected, send("POST", "/digest", ofByteArray(large)).body());
    BodyPublisher chunked = ofInputStream(() -> new ByteArrayInputStream(large));
    assertEquals(expected, send("POST", "/digest", chunked).body());
    assertEquals(1, server.connections());
  }

  @Test
  void aBodyThatIsTooLarge_isRefusedAndTheRefusalArrives() throws Exception {
    assertEquals(413, send("POST", "/digest", ofByteArray(new byte[LARGE + 1])).statusCode());
  }

  @Test
  void aClientThatAsksBeforeItSends_isToldToGoOn() throws Exception {
    HttpRequest request =
        to("/digest").POST(ofByteArray(new byte[LARGE])).expectContinue(true).build();
    assertEquals(200, CLIENT.send(request, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void aBody_isSentBackAsItComes() throws Exception {
    byte[] bytes = random(50_000);
    HttpRequest request =
        to("/echo")
            .header("Content-Type", "image/png")
            .POST(ofInputStream(() -> new ByteArrayInputStream(bytes)))
            .build();
    HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
    assertEquals("image/png", response.headers().firstValue("content-type").orElse(""));
    assertArrayEquals(bytes, response.body());
    assertEquals("ä", send("POST", "/echo", ofString("ä")).body());
    assertEquals("", send("POST", "/echo", noBody()).body());
  }

  @Test
  void aStream_comesWhileItIsMade() throws Exception {
    HttpResponse<InputStream> response =
        CLIENT.send(to("/ticks/1000").build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      assertArrayEquals("tick 1\n".getBytes(UTF_8), body.readNBytes(7));
    } // and is left after its first line
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(42).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
