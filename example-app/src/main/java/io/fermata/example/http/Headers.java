package io.fermata.example.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request or response, in their order. Names are alike whatever their case.
 *
 * <p>What is added is checked: no header can smuggle in another one.
 */
public final class Headers {
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

  private record Header(String name, String value) {}

  private final List<Header> all = new ArrayList<>();

  /**
   * Adds a header behind those that are there.
   *
   * @param name a token (RFC 9110, 5.6.2)
   * @param value without line ends and control characters
   * @return this
   * @throws IllegalArgumentException if the name or the value is none
   */
  public Headers add(String name, String value) {
    if (!isToken(name)) {
      throw new IllegalArgumentException("'" + name + "' is not the name of a header");
    }
    if (!isFieldValue(value)) {
      throw new IllegalArgumentException(
          "the value of the header '" + name + "' has a control character in it");
    }
    all.add(new Header(name, value));
    return this;
  }

  /**
   * {@return the value of the first header of this name, or null}
   *
   * @param name a name
   */
  public @Nullable String first(String name) {
    for (Header header : all) {
      if (header.name.equalsIgnoreCase(name)) {
        return header.value;
      }
    }
    return null;
  }

  /**
   * {@return the values of all headers of this name}
   *
   * @param name a name
   */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(0);
    for (Header header : all) {
      if (header.name.equalsIgnoreCase(name)) {
        values.add(header.value);
      }
    }
    return values;
  }

  /** The elements of a header that is a list, in small letters: {@code keep-alive, upgrade}. */
  List<String> elements(String name) {
    List<String> elements = new ArrayList<>(0);
    for (String value : all(name)) {
      Arrays.stream(value.split(",", -1))
          .map(element -> element.strip().toLowerCase(Locale.ROOT))
          .filter(element -> !element.isEmpty())
          .forEach(elements::add);
    }
    return elements;
  }

  /** {@return how many there are} */
  public int count() {
    return all.size();
  }

  void appendTo(StringBuilder head) {
    for (Header header : all) {
      head.append(header.name).append(": ").append(header.value).append("\r\n");
    }
  }

  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && TOKEN_SIGNS.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isFieldValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 127 || c > 255) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    appendTo(text);
    return text.toString();
  }
}
