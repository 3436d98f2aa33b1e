package io.fermata.example.http;

import static io.fermata.Async.await;
import static io.fermata.net.Net.startServer;

import io.fermata.AsyncScope;
import io.fermata.Awaitable;
import io.fermata.CancelledError;
import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.net.Server;
import io.fermata.net.ServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server.
 *
 * <pre>{@code
 * Router router = new Router().get("/hello/{name}", DemoAsync::hello);
 * try (HttpServer server = await(HttpServerAsync.start(router, "localhost", 8080, DEFAULT))) {
 *   await(server.serveForever());
 * }
 * }</pre>
 *
 * <p><b>Leaving the block</b>, also by a cancellation (Ctrl-C), ends it gracefully: no client is
 * accepted any more, connections that ask for nothing are closed, and running requests are answered
 * with {@code Connection: close}. What has not ended within {@link HttpLimits#grace} is cancelled.
 * A second cancellation cancels it at once.
 */
public final class HttpServer implements AsyncScope {
  final HttpService service;
  final Server server;

  HttpServer(HttpService service, Server server) {
    this.service = service;
    this.server = server;
  }

  /**
   * Listens, and serves.
   *
   * @param router what answers
   * @param host a name or an address; empty for all interfaces
   * @param port the port, 0 for any
   * @param limits what is put up with
   * @return the server
   * @throws IOException if it can't listen there
   */
  @Coroutine
  public static HttpServer start(Router router, String host, int port, HttpLimits limits)
      throws IOException {
    HttpService service = new HttpService(router, limits);
    ServerOptions options =
        ServerOptions.DEFAULT
            .withMaxConnections(limits.connections())
            .withLimit(limits.headBytes())
            .withWriteLimit(limits.writeTime())
            .withShutdownGrace(limits.grace());
    Server server =
        await(
            startServer(
                (reader, writer) ->
                    HttpConnectionAsync.serve(new HttpConnection(service, reader, writer)),
                host,
                port,
                options));
    return new HttpServer(service, server);
  }

  /** {@return the port that it listens at} */
  public int port() {
    return ((InetSocketAddress) server.addresses().get(0)).getPort();
  }

  /** {@return how many clients are connected} */
  public int connections() {
    return server.connections().size();
  }

  /** {@return how many requests were answered} */
  public long requests() {
    return service.requests();
  }

  /** {@return a coroutine that serves until it is cancelled, or the server closed} */
  public Coro<Void> serveForever() {
    return server.serveForever();
  }

  /** Begins to end gracefully, and does not wait; leaving the block does. */
  @Override
  public void close() {
    service.end();
    server.close();
  }

  @Override
  public Awaitable<?> enter() {
    return server.enter();
  }

  @Override
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return HttpServerAsync.end(this, thrown);
  }

  /** A cancellation leaves running requests their grace, and goes on then. */
  @Coroutine
  @Nullable Throwable end(@Nullable Throwable thrown) {
    close();
    boolean cancelled = thrown instanceof CancelledError;
    Throwable met = await(server.exit(cancelled ? null : thrown));
    return met == null ? thrown : met;
  }
}
