package io.fermata.example.streams;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.net.Net.openConnection;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fermata.Coroutine;
import io.fermata.net.Connection;
import io.fermata.net.StreamReader;
import java.io.IOException;
import java.net.URI;

/**
 * asyncio's "Get HTTP headers": asks a web server for the headers of a page. Plain {@code http}
 * only, since there is no TLS yet.
 */
public final class HttpHeaders {
  private HttpHeaders() {}

  @Coroutine
  static void printHttpHeaders(URI url) throws IOException {
    String host = url.getHost();
    if (host == null || !"http".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException(
          "the URL '" + url + "' is not one of plain http: give one such as http://example.org/.");
    }
    int port = url.getPort() == -1 ? 80 : url.getPort();
    try (Connection connection = await(openConnection(bare(host), port))) {
      String query =
          "HEAD %s HTTP/1.0\r\nHost: %s\r\n\r\n".formatted(target(url), url.getRawAuthority());
      connection.writer().write(query);

      StreamReader reader = connection.reader();
      reader.setCharset(ISO_8859_1);
      for (String line : reader.lines()) {
        if (!line.isEmpty()) {
          System.out.println("HTTP header> " + line);
        }
      }
    } // ignores the body, and closes the socket
  }

  /** An IPv6 address stands in brackets in a URL, and nowhere else. */
  static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  static String target(URI url) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  public static void main(String[] args) throws IOException {
    run(HttpHeadersAsync.printHttpHeaders(URI.create(args[0])));
  }
}
