package io.fermata.internal.net.simulated;

import io.fermata.TimerHandle;
import io.fermata.internal.net.Addresses;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import io.fermata.internal.net.simulated.Wire.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection, with the buffers that a kernel has for it. What is written goes into the
 * one for sending, and from there on the way as far as the peer has room for what it has not read.
 *
 * <p>It lives on when it is closed, until all that it sent has arrived.
 */
final class SimulatedTransport implements Transport, Wire.Receiver, OpenSocket {
  /** So long Linux tries to connect. */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(127);

  /** With less room than this part of the buffer, nothing is sent, lest it go in tiny pieces. */
  private static final int ROOM_PART = 4;

  private final Simulation simulation;
  private final Machine machine;
  private final SocketAddress local;
  private final SocketAddress remote;
  private final int sendBuffer;
  private final int receiveBuffer;
  private final Readiness readiness;
  private final ByteQueue unsent = new ByteQueue();
  private final ByteQueue received = new ByteQueue();

  private @Nullable Wire out;
  private @Nullable SimulatedTransport peer;
  private @Nullable Runnable onClose;

  // The connect.
  private boolean connected;
  private boolean connectTold;
  private boolean refused;
  private Route.@Nullable Cut cutOfPeer;
  private @Nullable IOException connectFailure;
  private @Nullable TimerHandle connectTimer;

  /** Sent, and not known to be read. */
  private int unacknowledged;

  /** Read, and not known to the peer. */
  private int toAcknowledge;

  private boolean acknowledgmentHeld;

  private boolean endWanted;
  private boolean endSent;
  private boolean endArrived;
  private boolean closed;

  /** Whoever sends something to it is reset. */
  private boolean severed;

  private boolean resetSent;

  /** The peer has reset the connection. */
  private boolean lost;

  /** What the next call is to fail with. */
  private @Nullable String lossToTell;

  /** A read has failed: each further one does. */
  private boolean readFailed;

  SimulatedTransport(Machine machine, SocketAddress local, SocketAddress remote, Options options) {
    this.simulation = machine.simulation();
    this.machine = machine;
    this.local = local;
    this.remote = remote;
    this.sendBuffer = options.sendBuffer(simulation.sendBuffer());
    this.receiveBuffer = options.receiveBuffer(simulation.receiveBuffer());
    this.readiness = new Readiness(simulation, CONNECT, this::operations);
  }

  // The connect.

  /** Begins to connect, by a wire. */
  void connect(Wire wire, boolean isAnswered, Runnable whenClosed) {
    out = wire;
    onClose = whenClosed;
    simulation.opened(this);
    if (isAnswered) {
      wire.send(Kind.CONNECT);
    }
    if (!connected && connectFailure == null) {
      connectTimer =
          simulation
              .loop()
              .callLater(
                  CONNECT_LIMIT, () -> connectFails(new ConnectException("Connection timed out")));
    }
  }

  /** It stands, at the server's end; nobody has accepted it yet. */
  void accepted(SimulatedTransport client, Wire wire) {
    peer = client;
    client.peer = this;
    out = wire;
    connected = true;
    connectTold = true;
    Route.Cut cut = client.cutOfPeer;
    if (cut != null) {
      wire.cutAfter(cut.bytes(), () -> client.cut(cut.how()));
    }
    wire.send(Kind.ACCEPTED);
  }

  private void connectFails(IOException failure) {
    if (!connected) {
      connectFailure = failure;
      stopConnectTimer();
      readiness.changed();
    }
  }

  private void stopConnectTimer() {
    if (connectTimer != null) {
      connectTimer.cancel();
      connectTimer = null;
    }
  }

  /** It is to be refused, whoever listens. */
  void refuse() {
    refused = true;
  }

  boolean isRefused() {
    return refused;
  }

  boolean isClosed() {
    return closed;
  }

  SimulatedTransport peer() {
    return Objects.requireNonNull(peer, "it has no peer");
  }

  Wire out() {
    return Objects.requireNonNull(out, "it has no wire");
  }

  @Override
  public boolean finishConnect() throws IOException {
    if (connectFailure != null) {
      close();
      throw connectFailure;
    }
    connectTold |= connected;
    return connected;
  }

  // What arrives.

  @Override
  public void arrives(Kind kind, byte[] data) {
    switch (kind) {
      case ACCEPTED -> standsNow();
      case REFUSED -> connectFails(new ConnectException("Connection refused"));
      case DATA -> dataArrive(data);
      case END -> endArrived = true;
      case RESET -> lose();
      case CONNECT -> throw new IllegalStateException(this + " is connected to");
    }
    readiness.changed();
  }

  private void standsNow() {
    if (closed) {
      sendReset();
    } else {
      connected = true;
      stopConnectTimer();
    }
  }

  private void dataArrive(byte[] data) {
    if (closed || severed) {
      sendReset();
    } else if (!lost) {
      received.add(data);
    }
  }

  /** It is reset, by the peer or by the net. */
  void lose() {
    connectFails(new ConnectException("Connection refused"));
    if (!lost) {
      lost = true;
      lossToTell = endArrived && !isUnix() ? "Broken pipe" : "Connection reset by peer";
      unsent.clear();
      readiness.changed();
    }
  }

  /** The net cuts the connection: both ends. */
  void cut(Fate how) {
    SimulatedTransport other = peer;
    if (other == null || lost || severed) {
      return;
    }
    simulation.log(this + (how == Fate.RESET ? " was reset" : " was ended") + " by the net");
    for (SimulatedTransport end : new SimulatedTransport[] {this, other}) {
      if (how == Fate.RESET) {
        end.lose();
      } else {
        end.severed = true;
        end.arrives(Kind.END, new byte[0]);
      }
    }
  }

  /** Has the net cut the connection when so many bytes have come from the peer. */
  void cutBackAfter(long bytes, Fate how) {
    cutOfPeer = new Route.Cut(bytes, how);
  }

  /** Whether its ends are those machines; null for any. */
  boolean isBetween(@Nullable Machine one, @Nullable Machine other) {
    Machine far = out().route().to;
    boolean so = (one == null || one == machine) && (other == null || other == far);
    return so || ((one == null || one == far) && (other == null || other == machine));
  }

  // Reading.

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (!target.hasRemaining()) {
      return 0;
    }
    int count =
        simulation.keepsSegmentsApart() ? received.takeOfPiece(target) : received.takeInto(target);
    if (count > 0) {
      toAcknowledge += count;
      acknowledge();
      readiness.changed();
      return count;
    }
    if (endArrived && !(isUnix() && lost)) {
      return -1;
    }
    if (lossToTell != null || readFailed) {
      lossToTell = null;
      readFailed = true;
      throw new SocketException("Connection reset");
    }
    return lost ? -1 : 0;
  }

  /** Lets the peer know what was read, unless nothing gets there. */
  private void acknowledge() {
    SimulatedTransport sender = peer;
    if (sender == null || toAcknowledge == 0) {
      return;
    }
    if (out().route().isBlocked()) {
      holdAcknowledgment();
      return;
    }
    int count = toAcknowledge;
    toAcknowledge = 0;
    sender.unacknowledged -= count;
    sender.transmit();
  }

  private void holdAcknowledgment() {
    if (!acknowledgmentHeld) {
      acknowledgmentHeld = true;
      simulation.whenHealed(
          () -> {
            acknowledgmentHeld = false;
            acknowledge();
          });
    }
  }

  // Writing.

  @Override
  public int write(ByteBuffer source) throws IOException {
    checkWritable();
    int before = source.remaining();
    for (int room; source.hasRemaining() && (room = sendBuffer - unsent.size()) > 0 && !lost; ) {
      byte[] piece = new byte[Math.min(source.remaining(), room)];
      source.get(piece);
      unsent.add(piece);
      transmit();
    }
    return before - source.remaining();
  }

  private void checkWritable() throws IOException {
    if (closed || endWanted) {
      lossToTell = isUnix() ? lossToTell : null; // the JDK has asked the system before it throws
      throw new AsynchronousCloseException();
    }
    if (isUnix() && (lost || peer().closed)) {
      throw new IOException("Broken pipe"); // reads are told of the reset
    }
    if (lossToTell != null) {
      String message = lossToTell;
      lossToTell = null;
      throw new IOException(message);
    }
    if (lost) {
      throw new IOException("Broken pipe");
    }
  }

  private boolean isUnix() {
    return remote instanceof UnixDomainSocketAddress;
  }

  /** Sends what the peer has room for, and then the end. */
  private void transmit() {
    SimulatedTransport receiver = peer;
    if (lost || receiver == null) {
      return;
    }
    while (!unsent.isEmpty()) {
      int room = receiver.receiveBuffer - unacknowledged;
      if (room < Math.min(unsent.size(), receiver.receiveBuffer / ROOM_PART)) {
        return;
      }
      byte[] segment = unsent.take(Math.min(simulation.segmentSize(), room));
      unacknowledged += segment.length;
      out().send(Kind.DATA, segment);
    }
    if (endWanted && !endSent && !lost) {
      endSent = true;
      out().send(Kind.END);
    }
    readiness.changed();
  }

  @Override
  public void shutdownOutput() {
    endWanted = true;
    transmit();
  }

  // The end.

  @Override
  public void close() {
    if (closed) {
      return;
    }
    boolean unread = !received.isEmpty();
    leave();
    endWanted = true;
    transmit();
    if (unread) {
      sendReset(); // behind the end, as the JDK and Linux have it
    }
  }

  @Override
  public void reset() {
    if (isUnix()) {
      close();
    } else if (!closed) {
      leave();
      sendReset();
    }
  }

  private void leave() {
    closed = true;
    received.clear();
    stopConnectTimer();
    simulation.closed(this);
    if (onClose != null) {
      onClose.run();
    }
  }

  private void sendReset() {
    unsent.clear();
    if (!resetSent && !lost && peer != null) {
      resetSent = true;
      out().send(Kind.RESET);
    }
  }

  @Override
  public void loopCloses() {
    leave();
    readiness.loopCloses();
  }

  // Readiness.

  @Override
  public void listener(ReadyListener newListener) {
    readiness.listener(newListener);
  }

  @Override
  public void interest(int operations) {
    readiness.interest(operations);
  }

  private int operations() {
    if (closed) {
      return 0;
    }
    if (!connectTold) {
      return connected || connectFailure != null ? CONNECT : 0;
    }
    boolean failed = lost || lossToTell != null;
    boolean readable = !received.isEmpty() || endArrived || failed;
    // As on Linux: a third of the buffer must be free.
    boolean writable = failed || endWanted || unsent.size() <= sendBuffer - sendBuffer / 3;
    return (readable ? READ : 0) | (writable ? WRITE : 0);
  }

  // What it is.

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public String purpose() {
    return readiness.purpose(toString());
  }

  @Override
  public String description() {
    StringBuilder text = new StringBuilder(toString());
    tell(received.size(), " to be read", text);
    tell(unsent.size(), " to be sent", text);
    if (out != null) {
      tell(out.size(), " on the way", text);
      text.append(out.isHeld() ? ", which is blocked" : "");
    }
    text.append(connected ? "" : ", connecting");
    text.append(lost ? ", reset" : endArrived ? ", at the end" : "");
    return text.toString();
  }

  private static void tell(int bytes, String what, StringBuilder text) {
    if (bytes > 0) {
      text.append(", ").append(bytes).append(bytes == 1 ? " byte" : " bytes").append(what);
    }
  }

  @Override
  public String toString() {
    return machine.name() + " " + Addresses.text(local) + " -> " + Addresses.text(remote);
  }
}
