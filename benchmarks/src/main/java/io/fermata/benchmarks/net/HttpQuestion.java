package io.fermata.benchmarks.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks for some JSON, as {@code wrk} does. */
final class HttpQuestion extends Question {
  static final String FOLDER = "/hello/";
  static final String PATH = FOLDER + "world";

  private static final String ANSWER = "{\"hello\":\"world\"}";
  private static final String HEAD_END = "\r\n\r\n";
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *([0-9]+)\r\n");

  HttpQuestion() {
    super(("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
  }

  @Override
  int readAnswer(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(HEAD_END) < 0) {
      head.append((char) in.readUnsignedByte());
    }
    Matcher length = LENGTH.matcher(head.toString().toLowerCase(Locale.ROOT));
    if (!head.toString().startsWith("HTTP/1.1 200 ") || !length.find()) {
      throw new IllegalStateException("the server answers " + head);
    }
    byte[] body = new byte[Integer.parseInt(length.group(1))];
    in.readFully(body);
    if (!new String(body, US_ASCII).equals(ANSWER)) {
      throw new IllegalStateException("the server answers " + new String(body, US_ASCII));
    }
    return head.length() + body.length;
  }
}
