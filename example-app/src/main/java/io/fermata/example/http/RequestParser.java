package io.fermata.example.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/**
 * Reads the head of a request from its bytes, as strictly as RFC 9112 allows: whatever two servers
 * in a row might understand differently is refused, so that nobody can hide a request from the one
 * in front.
 */
final class RequestParser {
  private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");

  private final HttpLimits limits;
  private final String text;
  private int position;

  private RequestParser(byte[] head, HttpLimits limits) {
    this.text = new String(head, ISO_8859_1);
    this.limits = limits;
  }

  /**
   * The head that stands in these bytes, its empty line included.
   *
   * @throws HttpException if there is none
   */
  static RequestHead parse(byte[] head, HttpLimits limits) {
    return new RequestParser(head, limits).head();
  }

  /** Reads the headers behind a body, which mean nothing here. */
  static void checkTrailers(byte[] trailers, HttpLimits limits) {
    new RequestParser(trailers, limits).headers();
  }

  private RequestHead head() {
    if (text.startsWith("\r\n")) {
      position = 2; // an old client's, behind the body of its request before (RFC 9112, 2.2)
    }
    String line = line();
    if (line.length() > limits.requestLineBytes()) {
      throw new HttpException(414, "the first line of the request is too long");
    }
    int first = line.indexOf(' ');
    int second = line.indexOf(' ', first + 1);
    if (first < 0 || second < 0) {
      throw new HttpException(400, "the first line is not 'method target version'");
    }
    String method = line.substring(0, first);
    String target = line.substring(first + 1, second);
    if (!Headers.isToken(method) || !isVisible(target)) {
      throw new HttpException(400, "the first line is not 'method target version'");
    }
    HttpVersion version = version(line.substring(second + 1));
    Headers headers = headers();
    checkHost(version, headers);
    return new RequestHead(method, target, version, headers);
  }

  private static HttpVersion version(String text) {
    if (!VERSION.matcher(text).matches()) {
      throw new HttpException(400, "the first line does not end in a version of HTTP");
    }
    if (text.charAt(5) != '1') {
      throw new HttpException(505, "this server speaks HTTP/1.1 and HTTP/1.0");
    }
    return text.charAt(7) == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
  }

  private Headers headers() {
    Headers headers = new Headers();
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (headers.count() == limits.headerCount()) {
        throw new HttpException(431, "there are more than " + headers.count() + " headers");
      }
      add(line, headers);
    }
    return headers;
  }

  /**
   * Neither a header that goes on in the next line, nor a space before the colon is understood by
   * all alike: both are refused, since neither is part of a token.
   */
  private static void add(String line, Headers headers) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw new HttpException(400, "a header has no colon");
    }
    try {
      headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    } catch (IllegalArgumentException e) {
      throw new HttpException(400, String.valueOf(e.getMessage()));
    }
  }

  private static void checkHost(HttpVersion version, Headers headers) {
    int hosts = headers.all("Host").size();
    if (hosts > 1 || (hosts == 0 && version != HttpVersion.HTTP_1_0)) {
      throw new HttpException(400, "a request needs one header 'Host'");
    }
  }

  /** The next line, which ends in both characters: a lone one is not for all the end. */
  private String line() {
    int end = text.indexOf('\n', position);
    if (end <= position || text.charAt(end - 1) != '\r') {
      throw new HttpException(400, "a line of the head does not end in CR LF");
    }
    String line = text.substring(position, end - 1);
    position = end + 1;
    return line;
  }

  private static boolean isVisible(String target) {
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) > 126) {
        return false;
      }
    }
    return !target.isEmpty();
  }
}
