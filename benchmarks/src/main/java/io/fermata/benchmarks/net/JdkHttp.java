package io.fermata.benchmarks.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fermata.benchmarks.VirtualThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;

/** The JDK's own HTTP server, a virtual thread for each request. */
final class JdkHttp {
  private JdkHttp() {}

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create((InetSocketAddress) ServerControl.anyPort(), ServerControl.BACKLOG);
    server.setExecutor(VirtualThreads.executor());
    server.createContext(HttpQuestion.FOLDER, JdkHttp::hello);
    server.start();
    ServerControl.listens(server.getAddress());
  }

  private static void hello(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(HttpQuestion.FOLDER.length());
    byte[] body = ("{\"hello\":\"" + name + "\"}").getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
