package io.fermata.example.http;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How long the body of a request is (RFC 9112, 6.3). Whoever reads this differently from a server
 * before or behind takes a piece of a body for a request: hence the many refusals.
 *
 * @param chunked whether it comes in chunks
 * @param length how many bytes it has otherwise
 */
record Framing(boolean chunked, long length) {
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  static Framing of(RequestHead head, HttpLimits limits) {
    List<String> codings = head.headers().elements("Transfer-Encoding");
    List<String> lengths = head.headers().all("Content-Length");
    boolean coded = head.headers().first("Transfer-Encoding") != null;
    if (coded && !lengths.isEmpty()) {
      throw new HttpException(400, "a body has either a length or chunks, not both");
    }
    if (coded) {
      return chunks(codings, head.version());
    }
    if (lengths.size() > 1) {
      throw new HttpException(400, "a body has one length");
    }
    if (lengths.isEmpty() && WITH_BODY.contains(head.method())) {
      throw new HttpException(411, "a " + head.method() + " needs a length, or chunks");
    }
    return new Framing(false, lengths.isEmpty() ? 0 : length(lengths.get(0), limits));
  }

  private static Framing chunks(List<String> codings, HttpVersion version) {
    if (version == HttpVersion.HTTP_1_0) {
      throw new HttpException(400, "HTTP/1.0 has no chunks");
    }
    if (codings.isEmpty() || codings.indexOf("chunked") != codings.size() - 1) {
      int status = codings.contains("chunked") || codings.isEmpty() ? 400 : 501;
      throw new HttpException(status, "'chunked' is to be the last coding of the body");
    }
    if (codings.size() > 1) {
      throw new HttpException(501, "'chunked' is the only coding that is understood here");
    }
    return new Framing(true, 0);
  }

  private static long length(String text, HttpLimits limits) {
    if (!NUMBER.matcher(text).matches()) {
      throw new HttpException(400, "the length of the body is not a number");
    }
    // Of 18 digits at most, so that none overflows.
    long length = text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
    if (length > limits.bodyBytes()) {
      throw tooLarge(limits);
    }
    return length;
  }

  static HttpException tooLarge(HttpLimits limits) {
    return new HttpException(413, "a body may have " + limits.bodyBytes() + " bytes at most");
  }
}
