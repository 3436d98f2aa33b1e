package io.fermata.example.http;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.RunOptions;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.Timeout;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server to play with: {@code java … Demo 8080}. Ctrl-C ends it gracefully. */
public final class Demo {
  private static final int MAX_MILLIS = 60_000;

  static final String INDEX =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Fermata</title></head>
      <body>
      <h1>Fermata</h1>
      <ul>
      <li><a href="/hello/world">/hello/{name}</a>: some JSON
      <li><a href="/slow/5000">/slow/{millis}</a>: takes its time
      <li><a href="/report/1000">/report/{millis}</a>: asks three services at the same time
      <li><a href="/ticks/50">/ticks/{count}</a>: a line each tenth of a second, in chunks
      <li><a href="/tasks">/tasks</a>: what the server's tasks wait for at this moment
      <li>POST /echo: the body, as it comes
      <li>POST /digest: its length and its SHA-256
      </ul>
      </body>
      </html>
      """;

  private Demo() {}

  static Router routes() {
    return new Router()
        .get("/", request -> DemoAsync.index())
        .get("/hello/{name}", DemoAsync::hello)
        .get("/slow/{millis}", DemoAsync::slow)
        .get("/report/{millis}", DemoAsync::report)
        .get("/ticks/{count}", DemoAsync::ticks)
        .get("/tasks", request -> DemoAsync.tasks())
        .post("/echo", DemoAsync::echo)
        .post("/digest", DemoAsync::digest);
  }

  @Coroutine
  static Response index() {
    return Response.html(INDEX);
  }

  @Coroutine
  static Response hello(Request request) {
    return Response.json(Map.of("hello", request.parameter("name")));
  }

  @Coroutine
  static Response slow(Request request) {
    int millis = request.number("millis", MAX_MILLIS);
    await(sleep(ofMillis(millis)));
    return Response.text(200, "slept for " + millis + " ms\n");
  }

  /** Asks three services at the same time; half a second late is too late. */
  @Coroutine
  static Response report(Request request) {
    int millis = request.number("millis", MAX_MILLIS);
    Task<String> weather;
    Task<String> stocks;
    Task<String> news;
    try (Timeout limit = timeout(ofMillis(millis + 500L));
        TaskGroup group = TaskGroup.open()) {
      weather = group.createTask(DemoAsync.ask("sunny", millis), "weather of " + request.target());
      stocks = group.createTask(DemoAsync.ask("up", millis / 2), "stocks of " + request.target());
      news = group.createTask(DemoAsync.ask("none", millis / 3), "news of " + request.target());
    } catch (AsyncTimeoutException e) {
      throw new HttpException(503, "a service is late");
    }
    Map<String, String> report = new LinkedHashMap<>();
    report.put("weather", weather.result());
    report.put("stocks", stocks.result());
    report.put("news", news.result());
    return Response.json(report);
  }

  @Coroutine
  static String ask(String answer, int millis) {
    await(sleep(ofMillis(millis)));
    return answer;
  }

  @Coroutine
  static Response ticks(Request request) {
    int count = request.number("count", MAX_MILLIS);
    return Response.streamed("text/plain; charset=utf-8", DemoAsync.emitTicks(count));
  }

  @Coroutine
  static void emitTicks(Emitter<byte[]> out, int count) {
    for (int i = 1; i <= count; i++) {
      out.emit(("tick " + i + "\n").getBytes(UTF_8));
      await(sleep(ofMillis(100)));
    }
  }

  @Coroutine
  static Response tasks() {
    return Response.html(TasksPage.html()).with("Cache-Control", "no-store");
  }

  /** Sends back what comes, while it comes: a slow reader slows its own sending down. */
  @Coroutine
  static Response echo(Request request) {
    String type = request.headers().first("Content-Type");
    return Response.streamed(
        type == null ? "application/octet-stream" : type, request.body().pieces());
  }

  @Coroutine
  static Response digest(Request request) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    long length = 0;
    for (byte[] piece : request.body().pieces()) {
      digest.update(piece);
      length += piece.length;
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("length", length);
    result.put("sha256", HexFormat.of().formatHex(digest.digest()));
    return Response.json(result);
  }

  @Coroutine
  static void serve(int port) throws IOException {
    HttpLimits limits = HttpLimits.DEFAULT;
    try (HttpServer server = await(HttpServerAsync.start(routes(), "localhost", port, limits))) {
      System.out.println("http://localhost:" + server.port() + "/  (Ctrl-C ends it)");
      await(server.serveForever());
    } finally {
      System.out.println("ended");
    }
  }

  public static void main(String[] args) throws IOException {
    int port = args.length == 0 ? 8080 : Integer.parseInt(args[0]);
    RunOptions options = RunOptions.DEFAULT.withShutdownGrace(ofSeconds(15));
    try {
      run(DemoAsync.serve(port), options);
    } catch (CancelledError e) {
      // Ctrl-C: that is how it is meant to end
    }
  }
}
