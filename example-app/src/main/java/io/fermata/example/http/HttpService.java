package io.fermata.example.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the connections of a server share. */
final class HttpService {
  final Router router;
  final HttpLimits limits;
  final HttpDate date = new HttpDate();

  /** Those that wait for a request. */
  final Set<HttpConnection> idle = new LinkedHashSet<>();

  private boolean ending;
  private long requests;

  HttpService(Router router, HttpLimits limits) {
    this.router = router;
    this.limits = limits;
  }

  boolean isEnding() {
    return ending;
  }

  /** From now on each response is the last on its connection; who waits for a request is closed. */
  void end() {
    ending = true;
    List.copyOf(idle).forEach(connection -> connection.writer.close());
  }

  void requestServed() {
    requests++;
  }

  long requests() {
    return requests;
  }
}
