package io.fermata.net;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Coro;
import io.fermata.Suspension;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The task of one connection of a server: runs the handler, tells of its failure, and ends the
 * connection.
 */
final class Handling extends Continuation<Void, RuntimeException> {
  private static final LineTable LINES =
      LineTable.of(CONTRACT, "io.fermata.net.Server", "handle", "Server.java", "", "");
  private static final Duration LIMIT_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final int HANDLING = -2;
  private static final int CLOSING = -3;

  private final Listening server;
  private @Nullable StreamHandler handler;
  private final Connection connection;

  Handling(Listening server, StreamHandler handler, Connection connection) {
    this.server = server;
    this.handler = handler;
    this.connection = connection;
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    Link link = connection.link();
    if (state == CLOSING) {
      try {
        received(sent);
      } catch (Throwable t) {
        link.abort();
        throw t;
      }
      return ended(null);
    }
    try {
      Object result = state == HANDLING ? received(sent) : handle(task, depth);
      if (result == SUSPENDED) {
        state = HANDLING;
        return SUSPENDED;
      }
      if (connection.isDetached()) {
        return ended(null);
      }
      link.close();
    } catch (CancelledError e) {
      link.abort();
      throw e;
    } catch (Throwable t) {
      if (t instanceof VirtualMachineError && !(t instanceof StackOverflowError)) {
        link.abort();
        throw t;
      }
      server.report("the handler of client " + Texts.of(connection.remoteAddress()) + " failed", t);
      if (t instanceof AsyncTimeoutException) {
        link.abort();
      } else {
        link.closeWithin(LIMIT_AFTER_FAILURE);
      }
    }
    return waitForEnd(task, link, depth);
  }

  private @Nullable Object handle(Task<?> task, int depth) throws Throwable {
    StreamHandler given = Objects.requireNonNull(handler);
    Coro<?> coro = given.handle(connection.reader(), connection.writer());
    return await(
        task, Objects.requireNonNull(coro, "the handler gave null, not a coroutine"), depth);
  }

  private @Nullable Object waitForEnd(Task<?> task, Link link, int depth) throws Throwable {
    if (link.isEnded()) {
      return ended(null);
    }
    Suspension end = new Suspension("the end of the " + link);
    link.awaitEnd(end);
    Object suspended = await(task, end, depth);
    state = CLOSING;
    return suspended;
  }

  @Override
  protected void clear() {
    handler = null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
