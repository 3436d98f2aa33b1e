package io.fermata.example.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request asks for, taken apart: {@code /hello/J%C3%BCrgen?loud=yes}.
 *
 * @param path the decoded parts of the path: {@code hello, Jürgen}
 * @param query the decoded parameters; of several of one name, the first
 */
record Target(List<String> path, Map<String, String> query) {

  /** As in {@code OPTIONS *}: the server itself. */
  static final String SERVER = "*";

  /**
   * Takes a request's target apart, in any of the forms that a server gets.
   *
   * @throws HttpException if it is malformed
   */
  static Target parse(String method, String text) {
    if (text.equals(SERVER) && method.equals("OPTIONS")) {
      return new Target(List.of(SERVER), Map.of());
    }
    String local = withoutOrigin(text);
    if (!local.startsWith("/") || local.indexOf('#') >= 0) {
      throw new HttpException(400, "the target of the request is neither a path nor a URL");
    }
    int mark = local.indexOf('?');
    String path = mark < 0 ? local : local.substring(0, mark);
    return new Target(parts(path), mark < 0 ? Map.of() : parameters(local.substring(mark + 1)));
  }

  /** Proxies are asked with the whole URL, and so may servers be (RFC 9112, 3.2.2). */
  private static String withoutOrigin(String text) {
    if (!text.regionMatches(true, 0, "http://", 0, 7)) {
      return text;
    }
    String behind = text.substring(7).replaceFirst("^[^/?]*", "");
    return behind.startsWith("/") ? behind : "/" + behind;
  }

  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.substring(1).split("/", -1)) {
      parts.add(decode(part));
    }
    return List.copyOf(parts);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      if (!parameter.isEmpty()) {
        parameters.putIfAbsent(decode(name.replace('+', ' ')), decode(value.replace('+', ' ')));
      }
    }
    return parameters;
  }

  /** Undoes {@code %C3%BC}; what is encoded must be UTF-8. */
  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = new byte[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
        if (low < 0) {
          throw malformed();
        }
        bytes[count++] = (byte) (16 * high + low);
        i += 2;
      } else {
        bytes[count++] = (byte) c;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, count))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static HttpException malformed() {
    return new HttpException(400, "the target of the request is not encoded as URLs are");
  }
}
