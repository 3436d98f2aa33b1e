package io.fermata.net;

import io.fermata.Context;
import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import io.fermata.Suspension;
import io.fermata.Task;
import io.fermata.TaskOptions;
import io.fermata.TimerHandle;
import io.fermata.internal.net.Acceptor;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a {@link Server}: its sockets, its connections, and the tasks that serve them.
 *
 * <p><b>Descriptors that have run out.</b> Accepting then fails again and again while the client
 * stays ready to be accepted, so it pauses for a second; what is open is served meanwhile.
 */
final class Listening {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** So many at a time, before others have their turn. */
  private static final int MAX_ACCEPTED = 64;

  final EventLoop loop;
  final ServerOptions options;
  private final StreamHandler handler;
  private final Context context;
  private final List<Door> doors = new ArrayList<>();
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final Set<Task<?>> tasks = new LinkedHashSet<>();
  private final List<Suspension> awaitingEnd = new ArrayList<>(0);
  private boolean serving;
  private boolean closed;

  /** The loop has let the sockets go. */
  private boolean gone;

  private boolean failureTold;
  private @Nullable TimerHandle pause;
  private @Nullable Unclosed unclosed;

  /** Where the server was started, in debug mode. */
  private final @Nullable Throwable startedAt;

  /** Where {@code serveForever} waits. */
  final Suspension forever = new Suspension(new Purpose());

  private boolean servesForever;

  /** Its text, once it has no sockets any more. */
  private @Nullable String closedText;

  Listening(
      EventLoop loop,
      StreamHandler handler,
      ServerOptions options,
      Context context,
      @Nullable Throwable startedAt) {
    this.loop = loop;
    this.handler = handler;
    this.options = options;
    this.context = context;
    this.startedAt = startedAt;
  }

  // Sockets.

  /** A socket that clients come in by. */
  final class Door implements ReadyListener {
    private @Nullable Acceptor acceptor;
    private @Nullable SocketFile file;

    @Override
    public void ready(int operations) {
      if (acceptor != null) {
        acceptAt(acceptor);
      }
    }

    @Override
    public void loopCloses() {
      serving = false;
      closed = true;
      removeFile();
    }

    void open(Acceptor open) {
      acceptor = open;
      doors.add(this);
    }

    /** A file stands where a Unix socket listens, and goes with it. */
    void ownsFile() {
      if (acceptor != null && acceptor.localAddress() instanceof UnixDomainSocketAddress unix) {
        file = SocketFile.of(unix);
      }
    }

    private void close() {
      if (acceptor != null) {
        acceptor.close();
      }
      removeFile();
    }

    private void removeFile() {
      if (file != null && !options.keepSocketFile()) {
        try {
          file.remove();
        } catch (IOException e) {
          report("the file of " + this + " can't be removed", e);
        }
      }
      file = null;
    }

    @Override
    public String toString() {
      return "server at " + (acceptor == null ? "?" : Texts.of(acceptor.localAddress()));
    }
  }

  Door newDoor() {
    return new Door();
  }

  List<SocketAddress> addresses() {
    List<SocketAddress> addresses = new ArrayList<>();
    for (Door door : doors) {
      if (!closed && door.acceptor != null) {
        addresses.add(door.acceptor.localAddress());
      }
    }
    return addresses;
  }

  /** That a task belongs to the server's loop. */
  void checkLoop(EventLoop used) {
    if (used != loop) {
      throw new IllegalArgumentException(
          "the " + this + " belongs to a different loop: start one on the loop that uses it.");
    }
  }

  boolean isServing() {
    return serving;
  }

  boolean isClosed() {
    return closed;
  }

  void startServing() {
    if (closed) {
      throw new IllegalStateException("the " + this + " is closed: start another one.");
    }
    if (!serving) {
      serving = true;
      acceptOrNot();
    }
  }

  private boolean isFull() {
    return connections.size() >= options.maxConnections();
  }

  /** Tells the sockets whether clients are wanted. */
  private void acceptOrNot() {
    int operations = serving && pause == null && !isFull() ? Transport.ACCEPT : 0;
    for (Door door : doors) {
      if (!closed && door.acceptor != null) {
        door.acceptor.interest(operations);
      }
    }
  }

  private void acceptAt(Acceptor acceptor) {
    int failures = 0;
    for (int i = 0; i < MAX_ACCEPTED && serving && !isFull(); i++) {
      try {
        Transport transport = acceptor.accept();
        if (transport == null) {
          break;
        }
        failureTold = false;
        failures = 0;
        admit(transport, acceptor);
      } catch (IOException e) {
        failures++;
        if (failures > 1) { // one may be that of a client which has gone
          pauseAccepting(e);
          return;
        }
      }
    }
    if (isFull()) {
      acceptOrNot();
    }
  }

  private void pauseAccepting(IOException e) {
    if (!failureTold) {
      failureTold = true;
      report("the " + this + " can't accept clients, and tries again each second", e);
    }
    pause =
        loop.callLater(
            PAUSE,
            () -> {
              pause = null;
              acceptOrNot();
            });
    acceptOrNot();
  }

  private void admit(Transport transport, Acceptor acceptor) {
    Connection connection = new Connection(loop, transport, options.streams());
    connections.add(connection);
    connection.link().whenEnded(() -> ended(connection));
    String name =
        "client "
            + Texts.of(transport.remoteAddress())
            + " of "
            + Texts.of(acceptor.localAddress());
    Task<?> task =
        loop.createTask(
            new Handling(this, handler, connection),
            TaskOptions.named(name).withContext(context.copy()));
    tasks.add(task);
    task.addDoneCallback(done -> handled(task, connection), context);
  }

  private void ended(Connection connection) {
    boolean wasFull = isFull();
    connections.remove(connection);
    if (wasFull) {
      acceptOrNot();
    }
    tellIfDone();
  }

  /** Also for one that was cancelled before it began. */
  private void handled(Task<?> task, Connection connection) {
    tasks.remove(task);
    if (!connection.isDetached()) {
      connection.link().abort();
    }
    tellIfDone();
  }

  void report(String message, Throwable failure) {
    loop.callExceptionHandler(new ExceptionContext(message, failure));
  }

  // The end.

  void close() {
    if (closed) {
      return;
    }
    doors.forEach(Door::close);
    String text = toString();
    closed = true;
    serving = false;
    closedText = text;
    if (pause != null) {
      pause.cancel();
      pause = null;
    }
    if (unclosed != null) {
      unclosed.closed();
    }
    if (forever.isWaiting()) {
      forever.resume();
    }
    // By then the port is free, also of what was closed in the handler of a channel.
    loop.callSoon(
        () -> {
          gone = true;
          tellIfDone();
        });
  }

  Set<Connection> connections() {
    return connections;
  }

  void endInput() {
    for (Connection connection : List.copyOf(connections)) {
      connection.link().input.endHere();
    }
  }

  void closeClients() {
    for (Connection connection : List.copyOf(connections)) {
      connection.link().input.endHere();
      connection.link().close();
    }
  }

  void abortClients() {
    for (Connection connection : List.copyOf(connections)) {
      connection.link().abort();
    }
  }

  void cancelHandlers() {
    List.copyOf(tasks).forEach(Task::cancel);
  }

  boolean isDone() {
    return gone && connections.isEmpty() && tasks.isEmpty();
  }

  private void tellIfDone() {
    if (isDone()) {
      for (Suspension waiting : awaitingEnd) {
        if (waiting.isWaiting()) {
          waiting.resume();
        }
      }
    }
  }

  void awaitEnd(Suspension waiting) {
    awaitingEnd.add(waiting);
  }

  void stopAwaitingEnd(Suspension waiting) {
    awaitingEnd.remove(waiting);
  }

  void beginForever() {
    if (servesForever) {
      throw new IllegalStateException(
          "serveForever() of the " + this + " is awaited already: once is enough.");
    }
    startServing();
    servesForever = true;
  }

  void endForever() {
    servesForever = false;
  }

  void watchUnclosed(Server server) {
    unclosed = Unclosed.watch(server, loop, this::dropped);
  }

  /** The server object was collected; clients may well be served on. */
  void dropped() {
    if (!closed) {
      Unclosed.report(loop, "a " + this + " was dropped without being closed", startedAt);
    }
  }

  @Override
  public String toString() {
    if (closedText != null) {
      return closedText;
    }
    StringBuilder text = new StringBuilder("server at ");
    for (SocketAddress address : addresses()) {
      text.append(text.length() == "server at ".length() ? "" : ", ").append(Texts.of(address));
    }
    return text.toString();
  }

  /** What {@code serveForever} waits for. */
  private final class Purpose {
    @Override
    public String toString() {
      return "clients of the " + Listening.this;
    }
  }
}
