package io.fermata.example.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, as a handler gets it.
 *
 * @param method {@code GET}
 * @param target what was asked for, as it came: {@code /hello/J%C3%BCrgen?loud=yes}
 * @param parameters the parts of the path that the route has names for, decoded
 * @param query the parameters behind the question mark, decoded; of several of one name, the first
 * @param version the client's version of HTTP
 * @param headers its headers
 * @param body its body, not read yet
 */
public record Request(
    String method,
    String target,
    Map<String, String> parameters,
    Map<String, String> query,
    HttpVersion version,
    Headers headers,
    RequestBody body) {

  /**
   * {@return the part of the path that the route has this name for}
   *
   * @param name as in {@code /hello/{name}}
   * @throws IllegalArgumentException if the route has no such name
   */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no parameter '" + name + "'");
    }
    return value;
  }

  /**
   * {@return the part of the path that the route has this name for, which is to be a number}
   *
   * @param name as in {@code /slow/{millis}}
   * @param max how large it may be
   * @throws HttpException 400, if it is none, or negative, or larger
   */
  public int number(String name, int max) {
    String text = parameter(name);
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > max) {
      throw new HttpException(400, "'" + name + "' is to be a number up to " + max);
    }
    return Integer.parseInt(text);
  }

  /**
   * {@return the parameter behind the question mark, or null}
   *
   * @param name its name
   */
  public @Nullable String queried(String name) {
    return query.get(name);
  }
}
