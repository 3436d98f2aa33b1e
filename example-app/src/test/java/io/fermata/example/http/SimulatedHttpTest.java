package io.fermata.example.http;

import static io.fermata.Async.await;
import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Async.sleep;
import static io.fermata.Async.waitUntil;
import static io.fermata.net.Net.openConnection;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.AsyncGenerator;
import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import io.fermata.Outcome;
import io.fermata.ReturnWhen;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.ThrowingCoro;
import io.fermata.junit.CoroutineTest;
import io.fermata.junit.Schedules;
import io.fermata.net.Connection;
import io.fermata.net.ConnectionLostException;
import io.fermata.testing.Host;
import io.fermata.testing.SimulatedNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same server in a network that is simulated: minutes of waiting take no time, each accident
 * comes when it is to come, and a seed tells the run.
 */
@Timeout(600) // of virtual time, too
class SimulatedHttpTest {
  static final String HOST = " HTTP/1.1\r\nHost: web\r\n\r\n";
  static final String LAST = " HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n";

  int generatorsEnded;

  static SimulatedNetwork network(long seed) {
    return SimulatedNetwork.seeded(seed).latency(ofMillis(1), ofMillis(40)).segments(1, 100);
  }

  @Coroutine
  HttpServer start() throws IOException {
    Router router = Demo.routes().get("/endless", request -> SimulatedHttpTestAsync.endless(this));
    return await(HttpServerAsync.start(router, "", 80, HttpLimits.DEFAULT));
  }

  @Coroutine
  Response endless() {
    return Response.streamed("text/plain", endlessBytes());
  }

  AsyncGenerator<byte[]> endlessBytes() {
    return SimulatedHttpTestAsync.emitForEver(this);
  }

  @Coroutine
  void emitForEver(Emitter<byte[]> out) {
    try {
      while (true) {
        out.emit(new byte[100_000]);
      }
    } finally {
      generatorsEnded++;
    }
  }

  /** A server that is cancelled in the end, and what the test does meanwhile. */
  @Coroutine
  void with(Host web, Coro<?> scene) throws IOException {
    try (TaskGroup group = TaskGroup.open()) {
      Task<Void> serving = web.createTask(group, SimulatedHttpTestAsync.serve(this));
      await(scene);
      serving.cancel();
    }
    assertEquals(List.of(), web.openSockets());
  }

  @Coroutine
  void serve() throws IOException {
    try (HttpServer server = await(SimulatedHttpTestAsync.start(this))) {
      await(server.serveForever());
    }
  }

  /** Sends requests, and reads all that is answered. */
  @Coroutine
  static String ask(String requests) throws IOException {
    try (Connection connection = await(openConnection("web", 80))) {
      connection.writer().write(requests.getBytes(ISO_8859_1));
      return new String(await(connection.reader().readAll()), ISO_8859_1);
    }
  }

  /** As a test that is a coroutine is looked at by itself. */
  @Coroutine
  static void withoutReports(ThrowingCoro<?, IOException> scene) throws IOException {
    List<ExceptionContext> reports = new ArrayList<>();
    EventLoop.running().setExceptionHandler((loop, context) -> reports.add(context));
    await(scene);
    assertEquals(List.of(), reports);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void requestsInPieces_areAnsweredInTheirOrder(long seed) throws IOException {
    SimulatedNetwork net = network(seed);
    Host web = net.host("web", "10.0.0.1");
    Host client = net.host("client", "10.0.0.2");
    net.run(
        SimulatedHttpTestAsync.withoutReports(
            SimulatedHttpTestAsync.with(this, web, SimulatedHttpTestAsync.pipeline(client))));
  }

  @Coroutine
  static void pipeline(Host client) {
    String chunks = "5;a=b\r\nabcde\r\n0a\r\n0123456789\r\n0\r\nA: b\r\n\r\n";
    String requests =
        "POST /digest HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunks
            + ("GET /ticks/2" + HOST)
            + "POST /digest HTTP/1.1\r\nHost: web\r\nContent-Length: 5\r\n\r\nabcde"
            + ("GET /hello/last" + LAST);
    String answers = await(client.createTask(SimulatedHttpTestAsync.ask(requests)));
    int from = 0;
    for (String text : List.of("\"length\":15", "tick 2\n\r\n0\r\n", "\"length\":5", "\"last\"")) {
      from = answers.indexOf(text, from);
      assertTrue(from > 0, text + " in " + answers);
    }
  }

  @CoroutineTest
  @Schedules(seed = 42)
  void aPartitionInTheMiddleOfARequest_endsItInTimeAndTheOthersGoOn() throws IOException {
    SimulatedNetwork net = network(42);
    Host web = net.host("web", "10.0.0.1");
    Host far = net.host("far", "10.0.0.2");
    Host near = net.host("near", "10.0.0.3");
    await(
        SimulatedHttpTestAsync.with(
            this, web, SimulatedHttpTestAsync.cutOff(this, net, web, far, near)));
  }

  @Coroutine
  void cutOff(SimulatedNetwork net, Host web, Host far, Host near) {
    Task<List<Outcome<String>>> cutOff = far.createTask(SimulatedHttpTestAsync.askAll(CUT_OFF));
    await(sleep(ofSeconds(2)));
    assertEquals(1 + CUT_OFF.size(), web.openSockets().size(), "each waits for what comes");
    net.partition(web, far);
    await(sleep(ofSeconds(70))); // longer than each of the limits
    assertEquals(1, web.openSockets().size(), "only the one that listens");
    String answer = await(near.createTask(SimulatedHttpTestAsync.ask("GET /hello/a" + LAST)));
    assertTrue(answer.endsWith("{\"hello\":\"a\"}"), answer);
    net.heal();
    List<Outcome<String>> outcomes = await(cutOff);
    for (Outcome<String> told : outcomes.subList(0, 3)) {
      assertTrue(told.toString().contains("HTTP/1.1 408 "), told.toString());
    }
    assertTrue(
        outcomes.get(3) instanceof Outcome.Failure<String> unread
            && unread.exception() instanceof ConnectionLostException,
        "what is cut off is not taken for whole: " + outcomes.get(3));
    assertEquals(new Outcome.Success<>(""), outcomes.get(4));
    assertEquals(1, generatorsEnded);
  }

  @CoroutineTest
  @Schedules(seed = 7)
  void aServerThatEndsDuringAPartition_takesItsGraceAndNoMore() throws IOException {
    SimulatedNetwork net = network(7);
    Host web = net.host("web", "10.0.0.1");
    Host far = net.host("far", "10.0.0.2");
    Task<Void> serving = web.createTask(SimulatedHttpTestAsync.serve(this));
    Task<List<Outcome<String>>> cutOff =
        far.createTask(SimulatedHttpTestAsync.askAll(List.of("GET /slow/3000" + HOST, "GET /h")));
    await(sleep(ofSeconds(1)));
    net.partition(web, far);
    long asked = EventLoop.running().time();
    serving.cancel();
    await(waitUntil(List.of(serving), ReturnWhen.ALL_COMPLETED));
    Duration taken = Duration.ofNanos(EventLoop.running().time() - asked);
    assertTrue(taken.compareTo(HttpLimits.DEFAULT.grace().plusSeconds(1)) <= 0, taken.toString());
    assertEquals(List.of(), web.openSockets());
    net.heal();
    List<Outcome<String>> outcomes = await(cutOff);
    assertTrue(outcomes.get(0).toString().contains("Connection: close\r\n"), outcomes.toString());
    assertTrue(outcomes.get(0).toString().contains("slept for 3000 ms"), outcomes.toString());
    assertTrue(outcomes.get(1).toString().contains("HTTP/1.1 408 "), outcomes.toString());
  }

  @CoroutineTest
  @Schedules(seed = 1234)
  void clientsOfWhomAThirdMisbehave_leaveNothingAndTheOthersGetTheirAnswers() throws IOException {
    SimulatedNetwork net = network(1234).faults(1.0 / 3);
    Host web = net.host("web", "10.0.0.1");
    Host clients = net.host("clients", "10.0.0.2");
    await(SimulatedHttpTestAsync.with(this, web, SimulatedHttpTestAsync.crowd(web, clients)));
  }

  @Coroutine
  static void crowd(Host web, Host clients) {
    List<String> requests =
        IntStream.range(0, 300).mapToObj(i -> "GET /hello/client-" + i + LAST).toList();
    List<Outcome<String>> outcomes =
        await(clients.createTask(SimulatedHttpTestAsync.askAll(requests)));
    int whole = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Success<String> told
          && told.value().endsWith("{\"hello\":\"client-" + i + "\"}")) {
        whole++;
      } else if (outcomes.get(i) instanceof Outcome.Success<String> told) {
        assertFalse(told.value().endsWith("}"), "another's answer: " + told.value());
      }
    }
    assertTrue(whole >= 200, whole + " of 300 were answered, and two thirds had no fault");
    await(sleep(ofSeconds(70)));
    assertEquals(1, web.openSockets().size(), "only the one that listens");
  }

  /** Half a head, half a body, half a chunk, a response that is not read, and nothing at all. */
  static final List<String> CUT_OFF =
      List.of(
          "GET /hel",
          "POST /digest HTTP/1.1\r\nHost: web\r\nContent-Length: 9\r\n\r\nabc",
          "POST /digest HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nab",
          "GET /endless" + HOST,
          "");

  @Coroutine
  static List<Outcome<String>> askAll(List<String> requests) {
    return await(gatherOutcomes(requests.stream().map(SimulatedHttpTestAsync::ask).toList()));
  }
}
