package io.fermata.internal.net.simulated;

import io.fermata.internal.net.Addresses;
import io.fermata.internal.net.DatagramTransport;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import io.fermata.internal.net.simulated.TrafficLog.End;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket for datagrams, with the kernel's two buffers. */
final class SimulatedDatagrams implements DatagramTransport, OpenSocket {
  private static final int DEFAULT_BUFFER = 208 * 1024;
  private static final int MAX_IPV4 = 65_507;
  private static final int MAX_IPV6 = 65_527;

  /** What Linux keeps beside each datagram, about. */
  private static final int OVERHEAD = 512;

  private final Simulation simulation;
  private final Machine machine;
  private final InetSocketAddress local;
  private final @Nullable InetSocketAddress remote;
  private final Options options;
  private final int sendBuffer;
  private final int receiveBuffer;
  private final Readiness readiness;
  private final Runnable onClose;
  private final Deque<Datagram> received = new ArrayDeque<>();
  private int buffered;
  private int unsent;

  /** The net has said that nobody received what was sent. */
  private boolean unreachable;

  private boolean closed;

  SimulatedDatagrams(
      Machine machine,
      InetSocketAddress local,
      @Nullable InetSocketAddress remote,
      Options options,
      ReadyListener listener,
      Runnable onClose) {
    this.simulation = machine.simulation();
    this.machine = machine;
    this.local = local;
    this.remote = remote;
    this.options = options;
    this.sendBuffer = options.sendBuffer(DEFAULT_BUFFER);
    this.receiveBuffer = options.receiveBuffer(DEFAULT_BUFFER);
    this.onClose = onClose;
    this.readiness = new Readiness(simulation, 0, this::operations);
    readiness.listener(listener);
    simulation.opened(this);
  }

  // Receiving.

  /** Whether it takes what this one sends. */
  boolean takesFrom(SocketAddress sender) {
    return remote == null || remote.equals(sender);
  }

  boolean hasPeer() {
    return remote != null;
  }

  void arrives(Datagram datagram) {
    int cost = datagram.data.length + OVERHEAD;
    if (closed || (buffered > 0 && buffered + cost > receiveBuffer)) {
      String why = closed ? "unwanted datagram of" : "dropped datagram of";
      simulation.log(datagram.from, datagram.to, why, datagram.data);
      return;
    }
    simulation.log(datagram.from, datagram.to, "datagram of", datagram.data);
    received.add(datagram);
    buffered += cost;
    readiness.changed();
  }

  @Override
  public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
    tellIfUnreachable();
    Datagram first = received.poll();
    if (first == null) {
      return null;
    }
    buffered -= first.data.length + OVERHEAD;
    target.put(first.data, 0, Math.min(first.data.length, target.remaining()));
    readiness.changed();
    return first.from.address();
  }

  private void tellIfUnreachable() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (unreachable) {
      unreachable = false;
      throw new PortUnreachableException();
    }
  }

  // Sending.

  @Override
  public boolean send(ByteBuffer source, @Nullable SocketAddress target) throws IOException {
    tellIfUnreachable();
    InetSocketAddress to = target == null ? remote : (InetSocketAddress) target;
    if (to == null || to.isUnresolved()) {
      throw new UnresolvedAddressException();
    }
    check(to, source.remaining());
    if (unsent > 0 && unsent + source.remaining() > sendBuffer) {
      return false;
    }
    byte[] data = new byte[source.remaining()];
    source.get(data);
    InetSocketAddress from =
        local.getAddress().isAnyLocalAddress()
            ? new InetSocketAddress(machine.sourceFor(to.getAddress()), local.getPort())
            : local;
    for (Machine each : receivers(to.getAddress())) {
      sendTo(each, from, to, data);
    }
    return true;
  }

  private void check(InetSocketAddress to, int length) throws IOException {
    if (to.getPort() == 0) {
      throw new SocketException("Can't send to port 0");
    }
    boolean ipv4 = Addresses.isIpv4(to.getAddress());
    if (!ipv4 && Addresses.isIpv4(local.getAddress())) {
      throw new UnsupportedAddressTypeException();
    }
    if (Datagram.isBroadcast(to.getAddress()) && !options.has(StandardSocketOptions.SO_BROADCAST)) {
      throw new BindException("Permission denied");
    }
    if (length > (ipv4 ? MAX_IPV4 : MAX_IPV6)) {
      throw new SocketException("Message too long");
    }
  }

  private List<Machine> receivers(InetAddress to) {
    if (Datagram.isBroadcast(to)) {
      return simulation.machines();
    }
    if (to.isMulticastAddress()) {
      return options.hasNotOff(StandardSocketOptions.IP_MULTICAST_LOOP)
          ? simulation.machines()
          : simulation.machines().stream().filter(each -> each != machine).toList();
    }
    Machine only = simulation.machineAt(machine, to);
    return only == null ? List.of() : List.of(only);
  }

  private void sendTo(Machine receiver, InetSocketAddress from, InetSocketAddress to, byte[] data) {
    Route route = simulation.route(machine, receiver);
    End sender = new End(machine, from);
    End target = new End(receiver, to);
    long leaves = route.leaves(data.length);
    if (leaves > simulation.now()) {
      unsent += data.length;
      simulation
          .loop()
          .callAt(
              leaves,
              () -> {
                unsent -= data.length;
                readiness.changed();
              });
    }
    route.datagrams.send(new Datagram(this, sender, target, data), leaves);
  }

  /** The net tells a socket with one peer that nobody is there. */
  void nobodyThere(Machine told) {
    if (remote != null) {
      simulation.after(
          simulation.route(told, machine).delay(),
          () -> {
            unreachable = true;
            readiness.changed();
          });
    }
  }

  // Groups.

  @Override
  public Runnable join(InetAddress group, NetworkInterface through) throws IOException {
    if (!group.isMulticastAddress()) {
      throw new IllegalArgumentException("Group not a multicast address");
    }
    return machine.join(group, this);
  }

  // Readiness and the end.

  private int operations() {
    if (closed) {
      return 0;
    }
    boolean readable = unreachable || !received.isEmpty();
    boolean writable = unreachable || unsent <= sendBuffer / 2;
    return (readable ? Transport.READ : 0) | (writable ? Transport.WRITE : 0);
  }

  @Override
  public void interest(int operations) {
    readiness.interest(operations);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      received.clear();
      onClose.run();
      machine.leaveGroups(this);
      simulation.closed(this);
    }
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
    return this + (received.isEmpty() ? "" : ", " + received.size() + " to be received");
  }

  @Override
  public String toString() {
    return machine.name()
        + " "
        + Addresses.text(local)
        + (remote == null ? "" : " -> " + Addresses.text(remote))
        + " for datagrams";
  }
}
