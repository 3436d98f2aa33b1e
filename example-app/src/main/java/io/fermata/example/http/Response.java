package io.fermata.example.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fermata.AsyncGenerator;

/**
 * A response. How it is framed (its length, chunks, the end of the connection) is the server's
 * affair, and none of its headers.
 *
 * @param status {@code 200}
 * @param headers its headers, without those that frame it
 * @param body its body
 */
public record Response(int status, Headers headers, Body body) {

  /** A body, of one of two kinds. */
  public sealed interface Body {}

  /** A body that is there. */
  public static final class Whole implements Body {
    private final byte[] bytes;

    /**
     * With these bytes, which are not copied.
     *
     * @param bytes all of it
     */
    public Whole(byte[] bytes) {
      this.bytes = bytes;
    }

    /** {@return all of it, not copied} */
    byte[] bytes() {
      return bytes;
    }
  }

  /**
   * A body that is made while it is sent, as fast as the client reads.
   *
   * @param pieces its pieces; ended with the response
   */
  public record Streamed(AsyncGenerator<byte[]> pieces) implements Body {}

  /**
   * {@return a response that is text}
   *
   * @param status its status
   * @param text its body
   */
  public static Response text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  /**
   * {@return a response that is a page}
   *
   * @param html its body
   */
  public static Response html(String html) {
    return of(200, "text/html; charset=utf-8", html.getBytes(UTF_8));
  }

  /**
   * {@return a response that is a value in JSON}
   *
   * @param value as {@link Json} writes it
   */
  public static Response json(Object value) {
    return of(200, "application/json", Json.write(value).getBytes(UTF_8));
  }

  /**
   * {@return a response that is made while it is sent}
   *
   * @param type its media type
   * @param pieces its body
   */
  public static Response streamed(String type, AsyncGenerator<byte[]> pieces) {
    return new Response(200, new Headers().add("Content-Type", type), new Streamed(pieces));
  }

  /** {@return a response without a body: 204} */
  public static Response empty() {
    return new Response(204, new Headers(), new Whole(new byte[0]));
  }

  private static Response of(int status, String type, byte[] body) {
    return new Response(status, new Headers().add("Content-Type", type), new Whole(body));
  }

  /**
   * Adds a header.
   *
   * @param name its name
   * @param value its value
   * @return this
   */
  public Response with(String name, String value) {
    headers.add(name, value);
    return this;
  }
}
