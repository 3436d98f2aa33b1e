package io.fermata.net;

import io.fermata.EventLoop;
import io.fermata.Suspension;
import io.fermata.internal.Suppression;
import io.fermata.internal.net.Addresses;
import io.fermata.internal.net.DatagramTransport;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a {@link DatagramEndpoint}. Nothing is read that nobody waits for: what comes
 * then stays with the system, which drops what is too much.
 */
final class DatagramLink implements ReadyListener {
  final EventLoop loop;
  final @Nullable SocketAddress remote;
  private @Nullable DatagramTransport transport;
  private int interest;
  private boolean closed;

  /** The system may have something. */
  private boolean readable;

  final Deque<Suspension> receivers = new ArrayDeque<>(1);
  final Deque<Suspension> senders = new ArrayDeque<>(1);

  private @Nullable Unclosed unclosed;

  /** Where it was opened, in debug mode. */
  private final @Nullable Throwable openedAt;

  DatagramLink(EventLoop loop, @Nullable SocketAddress remote, @Nullable Throwable openedAt) {
    this.loop = loop;
    this.remote = remote;
    this.openedAt = openedAt;
  }

  void open(DatagramTransport opened) {
    transport = opened;
    readable = true;
  }

  DatagramTransport transport() {
    return Objects.requireNonNull(transport);
  }

  /** The next datagram's sender, or null if none is there. */
  @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
    try {
      return transport().receive(target);
    } catch (PortUnreachableException e) {
      throw unreachable(e);
    }
  }

  /** Sends to {@code target}, or to the one peer; gives false if there is no room. */
  boolean send(ByteBuffer source, @Nullable SocketAddress target) throws IOException {
    SocketAddress to = target == null ? remote : target;
    int length = source.remaining();
    try {
      if (target != null) {
        checkWay(target, transport().localAddress());
      }
      return transport().send(source, target);
    } catch (PortUnreachableException e) {
      throw unreachable(e); // of one that was sent before
    } catch (IOException e) {
      throw Texts.told("can't send " + length + " bytes to " + Texts.of(to), e);
    }
  }

  /** The system's has no message. */
  private PortUnreachableException unreachable(PortUnreachableException e) {
    return Suppression.withCause(
        new PortUnreachableException("nobody receives what is sent to " + Texts.of(remote)), e);
  }

  /**
   * That datagrams can go to an address, from another or, if that is null, from some; for what is
   * amiss otherwise NIO has unchecked exceptions without a message.
   */
  static void checkWay(SocketAddress to, @Nullable SocketAddress from) throws IOException {
    InetSocketAddress target = checkDatagrams(to);
    if (from instanceof InetSocketAddress source
        && Addresses.isIpv4(source.getAddress())
        && !Addresses.isIpv4(target.getAddress())) {
      throw new SocketException("from " + Texts.of(from) + " datagrams go to IPv4 addresses only");
    }
  }

  /** That an address may be one of datagrams. */
  static InetSocketAddress checkDatagrams(SocketAddress address) throws IOException {
    if (!(address instanceof InetSocketAddress inet)) {
      throw new SocketException("datagrams go between IP addresses only");
    }
    if (inet.isUnresolved()) {
      throw new UnknownHostException(inet.getHostString() + ": the address is unresolved");
    }
    return inet;
  }

  @Override
  public void ready(int operations) {
    if ((operations & Transport.READ) != 0) {
      readable = true;
      if (!wakeFirst(receivers)) {
        want(Transport.READ, false);
      }
    }
    if ((operations & Transport.WRITE) != 0 && !wakeFirst(senders)) {
      want(Transport.WRITE, false);
    }
  }

  private static boolean wakeFirst(Deque<Suspension> waiting) {
    Suspension first = waiting.peek();
    if (first != null && first.isWaiting()) {
      first.resume();
    }
    return first != null;
  }

  boolean isReadable() {
    return readable;
  }

  void nothingThere() {
    readable = false;
  }

  void want(int operation, boolean on) {
    int wanted = on ? interest | operation : interest & ~operation;
    if (wanted != interest && !closed) {
      interest = wanted;
      transport().interest(wanted);
    }
  }

  /** One that waited goes on: the next one may. */
  void leave(Deque<Suspension> waiting, Suspension place) {
    waiting.remove(place);
    wakeFirst(waiting);
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    if (!closed) {
      closed = true;
      transport().close();
      if (unclosed != null) {
        unclosed.closed();
      }
      wakeAll();
    }
  }

  @Override
  public void loopCloses() {
    closed = true;
  }

  void watchUnclosed(DatagramEndpoint endpoint) {
    unclosed = Unclosed.watch(endpoint, loop, this::dropped);
  }

  /** The endpoint was collected. */
  void dropped() {
    if (!closed) {
      Unclosed.report(loop, "a " + this + " was dropped without being closed", openedAt);
      close();
    }
  }

  private void wakeAll() {
    for (Suspension place : receivers) {
      wake(place);
    }
    for (Suspension place : senders) {
      wake(place);
    }
  }

  private static void wake(Suspension place) {
    if (place.isWaiting()) {
      place.resume();
    }
  }

  ConnectionClosedException closedHere() {
    return new ConnectionClosedException("the " + this + " was closed by this side");
  }

  @Override
  public String toString() {
    return "datagram endpoint"
        + (transport == null ? "" : " at " + Texts.of(transport.localAddress()));
  }
}
