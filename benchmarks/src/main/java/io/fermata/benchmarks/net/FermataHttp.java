package io.fermata.benchmarks.net;

import static io.fermata.Async.await;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.example.http.HttpLimits;
import io.fermata.example.http.HttpServer;
import io.fermata.example.http.HttpServerAsync;
import io.fermata.example.http.Request;
import io.fermata.example.http.Response;
import io.fermata.example.http.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** The HTTP server of the example app, as it comes. */
final class FermataHttp {
  private FermataHttp() {}

  @Coroutine
  static Response hello(Request request) {
    return Response.json(Map.of("hello", request.parameter("name")));
  }

  @Coroutine
  static void serve() throws IOException {
    Router router = new Router().get("/hello/{name}", FermataHttpAsync::hello);
    InetAddress host = InetAddress.getLoopbackAddress();
    try (HttpServer server =
        await(HttpServerAsync.start(router, host.getHostAddress(), 0, HttpLimits.DEFAULT))) {
      ServerControl.listens(new InetSocketAddress(host, server.port()));
      await(server.serveForever());
    }
  }

  public static void main(String[] args) throws IOException {
    run(FermataHttpAsync.serve());
  }
}
