package io.fermata.example.http;

/** The first line of a request and its headers. */
record RequestHead(String method, String rawTarget, HttpVersion version, Headers headers) {

  @Override
  public String toString() {
    return method + " " + rawTarget;
  }

  /** Whether the client would like to send another request on the same connection. */
  boolean keepsAlive() {
    return version == HttpVersion.HTTP_1_0
        ? headers.elements("Connection").contains("keep-alive")
        : !headers.elements("Connection").contains("close");
  }

  /** Whether the client waits for a word before it sends the body; 417 if for anything else. */
  boolean expectsContinue() {
    String expectation = headers.first("Expect");
    if (expectation == null || version == HttpVersion.HTTP_1_0) {
      return false;
    }
    if (!expectation.equalsIgnoreCase("100-continue")) {
      throw new HttpException(417, "'100-continue' is all that can be expected of this server");
    }
    return true;
  }
}
