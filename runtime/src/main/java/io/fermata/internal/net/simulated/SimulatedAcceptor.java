package io.fermata.internal.net.simulated;

import io.fermata.internal.net.Acceptor;
import io.fermata.internal.net.Addresses;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket. Clients that are connected wait in its backlog; those for whom there is no
 * room wait before it, unanswered.
 */
final class SimulatedAcceptor implements Acceptor, OpenSocket {
  private static final int DEFAULT_BACKLOG = 50;

  private final Machine machine;
  private final SocketAddress local;
  private final int backlog;
  private final Options ofConnections;
  private final Readiness readiness;
  private final Runnable onClose;
  private final Deque<SimulatedTransport> waiting = new ArrayDeque<>();
  private final Deque<SimulatedTransport> unanswered = new ArrayDeque<>();
  private boolean closed;

  SimulatedAcceptor(
      Machine machine,
      SocketAddress local,
      int backlog,
      Options ofConnections,
      ReadyListener listener,
      Runnable onClose) {
    this.machine = machine;
    this.local = local;
    this.backlog = backlog == 0 ? DEFAULT_BACKLOG : backlog;
    this.ofConnections = ofConnections;
    this.onClose = onClose;
    this.readiness =
        new Readiness(machine.simulation(), 0, () -> waiting.isEmpty() ? 0 : Transport.ACCEPT);
    readiness.listener(listener);
    machine.simulation().opened(this);
  }

  /** A client wants to be connected. */
  void offer(SimulatedTransport client) {
    unanswered.add(client);
    answer();
  }

  /** As Linux does, one more than the backlog may wait. */
  private void answer() {
    while (waiting.size() <= backlog && !unanswered.isEmpty()) {
      SimulatedTransport client = unanswered.remove();
      if (!client.isClosed()) {
        SimulatedTransport server =
            new SimulatedTransport(
                machine, client.remoteAddress(), client.localAddress(), ofConnections);
        waiting.add(server);
        server.accepted(client, machine.wireBack(client, server));
      }
    }
    readiness.changed();
  }

  private boolean isUnix() {
    return local instanceof UnixDomainSocketAddress;
  }

  @Override
  public @Nullable Transport accept() throws IOException {
    if (waiting.isEmpty()) {
      return null;
    }
    if (machine.isExhausted()) {
      throw new IOException(Machine.TOO_MANY_OPEN_FILES);
    }
    SimulatedTransport accepted = waiting.remove();
    answer();
    try {
      ofConnections.checked(isUnix() ? Options.OF_UNIX : Options.OF_CONNECTION);
    } catch (Throwable t) {
      accepted.close();
      throw t;
    }
    machine.simulation().opened(accepted);
    return accepted;
  }

  @Override
  public void interest(int operations) {
    readiness.interest(operations);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    readiness.interest(0);
    onClose.run();
    machine.simulation().closed(this);
    List.copyOf(waiting).forEach(SimulatedTransport::reset);
    waiting.clear();
    unanswered.forEach(machine::refuse);
    unanswered.clear();
  }

  @Override
  public void loopCloses() {
    closed = true;
    readiness.loopCloses();
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public String purpose() {
    return readiness.purpose(toString());
  }

  @Override
  public String description() {
    return this + (waiting.isEmpty() ? "" : ", " + waiting.size() + " to be accepted");
  }

  @Override
  public String toString() {
    return machine.name() + " listens at " + Addresses.text(local);
  }
}
