package io.fermata.example.http;

/** A request that gets a response other than the one it hopes for: {@code 404 Not Found}. */
public class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * With what the client is told.
   *
   * @param status the status of the response
   * @param message the text of the response
   */
  public HttpException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** {@return the status of the response} */
  public int status() {
    return status;
  }

  /** The response that tells it. */
  Response response() {
    return Response.text(status, status + " " + Status.reason(status) + ": " + getMessage() + "\n");
  }
}
