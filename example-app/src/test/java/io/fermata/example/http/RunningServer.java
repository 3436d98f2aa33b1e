package io.fermata.example.http;

import static io.fermata.Async.await;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fermata.CancelledError;
import io.fermata.Coroutine;
import io.fermata.ExceptionContext;
import io.fermata.RunOptions;
import io.fermata.SelectorLoop;
import io.fermata.Task;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server in a thread of its own, for clients that block. */
final class RunningServer implements AutoCloseable {
  record Started(HttpServer server, Task<?> task) {}

  final SelectorLoop loop = new SelectorLoop();
  final Router router;
  final HttpLimits limits;
  final CompletableFuture<Started> started = new CompletableFuture<>();
  final List<ExceptionContext> reports = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::runLoop, "server");
  private final int port;

  RunningServer(Router router, HttpLimits limits) {
    this.router = router;
    this.limits = limits;
    loop.setExceptionHandler((ignored, context) -> reports.add(context));
    thread.start();
    port = started.join().server().port();
  }

  static RunningServer demo(HttpLimits limits) {
    return new RunningServer(Demo.routes(), limits);
  }

  private void runLoop() {
    try {
      run(RunningServerAsync.serve(this), RunOptions.DEFAULT.withLoopFactory(() -> loop));
    } catch (CancelledError e) {
      // by end()
    } catch (Throwable t) {
      started.completeExceptionally(t);
      throw new AssertionError(t);
    }
  }

  @Coroutine
  void serve() throws IOException {
    try (HttpServer server = await(HttpServerAsync.start(router, "127.0.0.1", 0, limits))) {
      started.complete(new Started(server, Objects.requireNonNull(currentTask())));
      await(server.serveForever());
    }
  }

  int port() {
    return port;
  }

  URI uri(String target) {
    return URI.create("http://127.0.0.1:" + port + target);
  }

  /** How many clients are connected, asked for on the loop's thread. */
  int connections() {
    CompletableFuture<Integer> count = new CompletableFuture<>();
    loop.callSoonThreadsafe(() -> count.complete(started.join().server().connections()));
    return count.join();
  }

  /** Begins the graceful end, as Ctrl-C does. */
  void end() {
    loop.callSoonThreadsafe(() -> started.join().task().cancel());
  }

  void awaitEnd() {
    try {
      thread.join(20_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertFalse(thread.isAlive(), "the server has not ended");
  }

  /** Ends it; nothing is to have failed that a test has not looked at. */
  @Override
  public void close() {
    if (thread.isAlive()) {
      end();
    }
    awaitEnd();
    assertEquals(List.of(), reports);
  }
}
