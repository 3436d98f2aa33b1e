package io.fermata.example.http;

import static io.fermata.Async.await;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.timeout;

import io.fermata.AsyncTimeoutException;
import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import io.fermata.Task;
import io.fermata.Timeout;
import io.fermata.example.http.ResponseWriter.Manner;
import io.fermata.net.IncompleteReadException;
import io.fermata.net.LimitOverrunException;
import io.fermata.net.StreamReader;
import io.fermata.net.StreamWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/**
 * One client: its requests are answered one after the other, in the order in which they come, also
 * if it does not wait for the responses. The server closes the connection when this has ended.
 */
final class HttpConnection {
  /** The end of a head; the second one is refused, but has to be found. */
  static final byte[][] HEAD_ENDS = {{'\n', '\r', '\n'}, {'\n', '\n'}};

  /** For a client whose request was none. */
  static final Manner FAREWELL = new Manner(HttpVersion.HTTP_1_1, false, false);

  static final Duration PARTING = Duration.ofSeconds(1);

  final HttpService service;
  final HttpLimits limits;
  final StreamReader reader;
  final StreamWriter writer;
  final ResponseWriter responses;

  HttpConnection(HttpService service, StreamReader reader, StreamWriter writer) {
    this.service = service;
    this.limits = service.limits;
    this.reader = reader;
    this.writer = writer;
    this.responses = new ResponseWriter(writer, service.date);
  }

  @Coroutine
  void serve() throws IOException {
    try {
      while (await(HttpConnectionAsync.serveNext(this))) {
        service.requestServed();
      }
    } catch (ClientGoneException e) {
      writer.abort();
    }
  }

  /** Serves the next request; gives whether another one may come behind it. */
  @Coroutine
  boolean serveNext() throws IOException {
    try {
      byte[] first = await(HttpConnectionAsync.awaitRequest(this));
      if (first.length == 0) {
        return false;
      }
      RequestHead head = await(HttpConnectionAsync.readHead(this, first[0]));
      return await(HttpConnectionAsync.answer(this, head));
    } catch (HttpException e) {
      await(ResponseWriterAsync.write(responses, e.response(), FAREWELL));
      await(HttpConnectionAsync.readAway(this));
      return false;
    }
  }

  /**
   * Reads away what a client may still be sending: to close now would reset the connection, and the
   * client might lose the response (RFC 9112, 9.6).
   */
  @Coroutine
  void readAway() {
    writer.writeEof();
    try (Timeout limit = timeout(PARTING)) {
      byte[] unwanted;
      do {
        unwanted = await(reader.read(RequestBody.PIECE));
      } while (unwanted.length > 0);
    } catch (AsyncTimeoutException | IOException e) {
      // Either way the server closes it now.
    }
  }

  /** The first byte of the next request; none if none comes. */
  @Coroutine
  byte[] awaitRequest() throws ClientGoneException {
    if (service.isEnding()) {
      return new byte[0];
    }
    service.idle.add(this);
    try (Timeout limit = timeout(limits.idleTime())) {
      return await(reader.read(1));
    } catch (AsyncTimeoutException e) {
      return new byte[0];
    } catch (IOException e) {
      throw new ClientGoneException(e);
    } finally {
      service.idle.remove(this);
    }
  }

  @Coroutine
  RequestHead readHead(byte first) throws IOException {
    try (Timeout limit = timeout(limits.headTime())) {
      byte[] rest = await(reader.readUntil(HEAD_ENDS));
      return RequestParser.parse(joined(first, rest), limits);
    } catch (AsyncTimeoutException e) {
      throw new HttpException(408, "the request took too long");
    } catch (LimitOverrunException e) {
      throw tooLong(await(reader.read(limits.requestLineBytes())));
    } catch (IncompleteReadException e) {
      throw new HttpException(400, "the request ends before its end");
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  static byte[] joined(byte first, byte[] rest) {
    byte[] all = new byte[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  static HttpException tooLong(byte[] start) {
    for (byte b : start) {
      if (b == '\n') {
        return new HttpException(431, "the headers are too long");
      }
    }
    return new HttpException(414, "the first line of the request is too long");
  }

  @Coroutine
  boolean answer(RequestHead head) throws IOException {
    Task<?> task = Objects.requireNonNull(currentTask(), "a coroutine runs in a task");
    String name = task.getName();
    task.setName(name + ": " + head);
    try {
      Framing framing = Framing.of(head, limits);
      RequestBody body = new RequestBody(framing, head.expectsContinue(), reader, writer, limits);
      Response response = await(HttpConnectionAsync.respond(this, head, body));
      Manner manner = manner(head, body, response);
      body.responseBegins();
      await(HttpConnectionAsync.write(this, head, response, manner));
      if (manner.keepAlive()) {
        await(RequestBodyAsync.skip(body));
      } else if (!body.isOver()) {
        await(HttpConnectionAsync.readAway(this));
      }
      return manner.keepAlive();
    } finally {
      task.setName(name);
    }
  }

  Manner manner(RequestHead head, RequestBody body, Response response) {
    boolean endsWithConnection =
        response.body() instanceof Response.Streamed && head.version() == HttpVersion.HTTP_1_0;
    boolean keepAlive =
        head.keepsAlive() && body.isNearlyOver() && !endsWithConnection && !service.isEnding();
    return new Manner(head.version(), head.method().equals("HEAD"), keepAlive);
  }

  /** What the handler gives, or the response to its failure. */
  @Coroutine
  Response respond(RequestHead head, RequestBody body) throws IOException {
    try {
      return await(service.router.handle(head, body));
    } catch (HttpException e) {
      return e.response();
    } catch (Exception e) {
      if (ClientGoneException.isBehind(e)) {
        throw new ClientGoneException(e);
      }
      report("the handler of " + head + " failed", e);
      return new HttpException(500, "the server has failed").response();
    }
  }

  /** A response that fails is cut off, so that nobody takes a part of it for all. */
  @Coroutine
  void write(RequestHead head, Response response, Manner manner) throws IOException {
    try {
      await(ResponseWriterAsync.write(responses, response, manner));
    } catch (Exception e) {
      if (!ClientGoneException.isBehind(e) && !(e instanceof HttpException)) {
        report("the response to " + head + " was cut off", e);
      }
      throw new ClientGoneException(e);
    }
  }

  void report(String message, Throwable failure) {
    EventLoop.running().callExceptionHandler(new ExceptionContext(message, failure));
  }
}
