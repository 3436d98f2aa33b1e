package io.fermata.example.http;

import io.fermata.Coro;

/** What answers a request: {@code router.get("/hello/{name}", DemoAsync::hello)}. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * The coroutine for one request. What it throws is the response too: an {@link HttpException}
   * that of its status, anything else {@code 500}.
   *
   * @param request what the client asks for
   * @return a coroutine that gives the response, not started
   */
  Coro<Response> handle(Request request);
}
