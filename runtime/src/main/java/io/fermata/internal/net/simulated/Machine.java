package io.fermata.internal.net.simulated;

import io.fermata.Awaitable;
import io.fermata.Promise;
import io.fermata.TimerHandle;
import io.fermata.internal.net.Acceptor;
import io.fermata.internal.net.Addresses;
import io.fermata.internal.net.DatagramTransport;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import io.fermata.internal.net.simulated.TrafficLog.End;
import io.fermata.internal.net.simulated.Wire.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One host: its addresses, its ports, and what it is like to run on it. */
public final class Machine implements Network {
  static final String TOO_MANY_OPEN_FILES = "Too many open files";

  private static final UnixDomainSocketAddress UNNAMED = UnixDomainSocketAddress.of("");

  private final Simulation simulation;
  private final String name;
  private final List<InetAddress> addresses;
  private final Ports<Object> tcp = new Ports<>();
  private final Ports<SimulatedDatagrams> udp = new Ports<>();
  private final Map<String, SimulatedAcceptor> unix = new HashMap<>();
  private final Map<InetAddress, List<SimulatedDatagrams>> groups = new HashMap<>();
  private boolean refusing;
  private boolean dark;
  private boolean exhausted;

  Machine(Simulation simulation, String name, List<InetAddress> addresses) {
    this.simulation = simulation;
    this.name = name;
    this.addresses = addresses;
  }

  Simulation simulation() {
    return simulation;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its addresses, without those of the loopback. */
  public List<InetAddress> addresses() {
    return addresses;
  }

  // What is amiss.

  /** Refuses who wants to connect. */
  public void refuse() {
    refusing = true;
    simulation.log(name + " refuses connections");
  }

  /** Nothing gets to it, and nothing from it. */
  public void goDark() {
    dark = true;
    simulation.log(name + " is a black hole");
  }

  /** Has no descriptor left. */
  public void exhaust() {
    exhausted = true;
    simulation.log(name + " has no descriptors left");
  }

  boolean isDark() {
    return dark;
  }

  boolean isExhausted() {
    return exhausted;
  }

  void heal() {
    refusing = false;
    dark = false;
    exhausted = false;
  }

  // Names and addresses.

  @Override
  public Awaitable<List<InetAddress>> lookUp(String host) {
    Promise<List<InetAddress>> found = simulation.loop().createPromise();
    Runnable answer =
        () -> {
          if (!found.isDone()) {
            try {
              found.complete(simulation.addressesOf(host));
            } catch (UnknownHostException e) {
              found.fail(e);
            }
          }
        };
    long delay = simulation.lookUpDelay().draw(simulation.draws);
    if (delay == 0) {
      answer.run();
    } else {
      TimerHandle timer = simulation.loop().callLater(Duration.ofNanos(delay), answer);
      found.addDoneCallback(done -> timer.cancel());
    }
    return found;
  }

  boolean owns(InetAddress address) {
    return address.isLoopbackAddress() || addresses.contains(address);
  }

  /** Its address for what it sends there. */
  InetAddress sourceFor(InetAddress target) throws NoRouteToHostException {
    if (addresses.contains(target)) {
      return target;
    }
    boolean ipv4 = Addresses.isIpv4(target);
    if (target.isLoopbackAddress()) {
      return Simulation.loopback(ipv4);
    }
    for (InetAddress own : addresses) {
      if (Addresses.isIpv4(own) == ipv4) {
        return own;
      }
    }
    if (target.isMulticastAddress()) {
      return Simulation.loopback(ipv4);
    }
    throw new NoRouteToHostException("No route to host");
  }

  private static InetSocketAddress resolved(SocketAddress address) throws UnknownHostException {
    InetSocketAddress inet = (InetSocketAddress) address;
    if (inet.isUnresolved()) {
      throw new UnknownHostException(inet.getHostString() + ": the address is unresolved");
    }
    return inet;
  }

  /** An address of its own, with a port that is free. */
  private InetSocketAddress choose(Ports<?> ports, InetSocketAddress wanted, boolean shared)
      throws BindException {
    if (!wanted.getAddress().isAnyLocalAddress() && !owns(wanted.getAddress())) {
      throw new BindException("Cannot assign requested address");
    }
    return ports.choose(wanted, shared);
  }

  private void checkDescriptors() throws SocketException {
    if (exhausted) {
      throw new SocketException(TOO_MANY_OPEN_FILES);
    }
  }

  // Connecting.

  @Override
  public Transport connect(
      SocketAddress remote, @Nullable SocketAddress local, Map<SocketOption<?>, Object> options)
      throws IOException {
    Options checked = new Options(options);
    if (remote instanceof UnixDomainSocketAddress path) {
      checkDescriptors();
      return connectUnix(path, checked.checked(Options.OF_UNIX));
    }
    InetSocketAddress target = resolved(remote);
    checkDescriptors();
    checked.checked(Options.OF_CONNECTION);
    if (target.getAddress().isAnyLocalAddress()) {
      boolean ipv4 = Addresses.isIpv4(target.getAddress());
      target = new InetSocketAddress(Simulation.loopback(ipv4), target.getPort());
    }
    boolean shared = checked.has(StandardSocketOptions.SO_REUSEPORT);
    InetSocketAddress wanted = local == null ? new InetSocketAddress(0) : resolved(local);
    if (local == null || wanted.getAddress().isAnyLocalAddress()) {
      wanted = new InetSocketAddress(sourceFor(target.getAddress()), wanted.getPort());
    }
    InetSocketAddress source = choose(tcp, wanted, shared);
    Machine receiver = simulation.machineAt(this, target.getAddress());
    if (receiver == null) {
      simulation.log(name + ": nobody has the address " + Addresses.text(target));
      throw new ConnectException("Connection refused");
    }
    SimulatedTransport client = new SimulatedTransport(this, source, target, checked);
    Runnable unbind = tcp.bind(source, shared, client);
    Route route = simulation.route(this, receiver);
    Wire wire =
        new Wire(
            route,
            new End(this, source),
            new End(receiver, target),
            (kind, data) -> receiver.arrives(client, kind, data));
    Fate fate = simulation.fateOf(route, client, wire);
    if (fate == Fate.REFUSED) {
      client.refuse();
    }
    client.connect(wire, fate != Fate.UNANSWERED, unbind);
    return client;
  }

  private Transport connectUnix(UnixDomainSocketAddress path, Options options) throws IOException {
    SimulatedAcceptor acceptor = unix.get(path.getPath().toString());
    if (acceptor == null) {
      throw new SocketException("No such file or directory");
    }
    SimulatedTransport client = new SimulatedTransport(this, UNNAMED, path, options);
    Wire wire =
        new Wire(
            simulation.route(this, this),
            new End(this, UNNAMED),
            new End(this, path),
            (kind, data) -> {
              if (kind == Kind.CONNECT) {
                acceptor.offer(client);
              } else {
                client.peer().arrives(kind, data);
              }
            });
    client.connect(wire, true, () -> {});
    return client;
  }

  /** Something comes from a client. */
  private void arrives(SimulatedTransport client, Kind kind, byte[] data) {
    if (kind != Kind.CONNECT) {
      client.peer().arrives(kind, data);
      return;
    }
    InetSocketAddress target = (InetSocketAddress) client.remoteAddress();
    List<SimulatedAcceptor> acceptors = new ArrayList<>();
    for (Object socket : tcp.at(target.getAddress(), target.getPort())) {
      if (socket instanceof SimulatedAcceptor acceptor) {
        acceptors.add(acceptor);
      }
    }
    if (refusing || client.isRefused() || acceptors.isEmpty()) {
      refuse(client);
    } else {
      simulation.draws.oneOf(acceptors).offer(client);
    }
  }

  void refuse(SimulatedTransport client) {
    wireBack(client, client).send(Kind.REFUSED);
  }

  /** The wire from a server to its client. */
  Wire wireBack(SimulatedTransport client, SimulatedTransport server) {
    Route route = simulation.route(this, client.machine());
    Wire wire =
        new Wire(
            route,
            new End(this, client.remoteAddress()),
            new End(client.machine(), client.localAddress()),
            client);
    simulation.cutAsSet(route, server, wire);
    return wire;
  }

  // Listening.

  @Override
  public boolean hasSocketFiles() {
    return false;
  }

  @Override
  public Acceptor listen(
      SocketAddress local,
      int backlog,
      Map<SocketOption<?>, Object> options,
      Map<SocketOption<?>, Object> ofConnections,
      ReadyListener listener)
      throws IOException {
    Options checked = new Options(options);
    Options later = new Options(ofConnections);
    if (local instanceof UnixDomainSocketAddress address) {
      checkDescriptors();
      checked.checked(Options.OF_UNIX);
      String path = address.getPath().toString();
      if (unix.containsKey(path)) {
        throw new BindException("Address already in use");
      }
      SimulatedAcceptor acceptor =
          new SimulatedAcceptor(this, address, backlog, later, listener, () -> unix.remove(path));
      unix.put(path, acceptor);
      return acceptor;
    }
    InetSocketAddress wanted = resolved(local);
    checkDescriptors();
    boolean shared = checked.checked(Options.OF_LISTENER).has(StandardSocketOptions.SO_REUSEPORT);
    InetSocketAddress chosen = choose(tcp, wanted, shared);
    Unbinding unbinding = new Unbinding();
    SimulatedAcceptor acceptor =
        new SimulatedAcceptor(this, chosen, backlog, later, listener, unbinding);
    unbinding.what = tcp.bind(chosen, shared, acceptor);
    return acceptor;
  }

  /** Gives a port back that is taken in the name of what gives it back. */
  private static final class Unbinding implements Runnable {
    private @Nullable Runnable what;

    @Override
    public void run() {
      Objects.requireNonNull(what).run();
    }
  }

  // Datagrams.

  @Override
  public DatagramTransport openDatagrams(
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      Map<SocketOption<?>, Object> options,
      ReadyListener listener)
      throws IOException {
    InetSocketAddress peer = remote == null ? null : resolved(remote);
    InetSocketAddress wanted = local == null ? anyFor(peer) : resolved(local);
    checkDescriptors();
    Options checked = new Options(options).checked(Options.OF_DATAGRAMS);
    boolean shared = checked.has(StandardSocketOptions.SO_REUSEPORT);
    InetSocketAddress chosen = choose(udp, wanted, shared);
    if (peer != null && chosen.getAddress().isAnyLocalAddress()) {
      chosen = new InetSocketAddress(sourceFor(peer.getAddress()), chosen.getPort());
    }
    Unbinding unbinding = new Unbinding();
    SimulatedDatagrams socket =
        new SimulatedDatagrams(this, chosen, peer, checked, listener, unbinding);
    unbinding.what = udp.bind(chosen, shared, socket);
    return socket;
  }

  private static InetSocketAddress anyFor(@Nullable InetSocketAddress peer) {
    boolean ipv4 = peer != null && !(peer.getAddress() instanceof Inet6Address);
    return new InetSocketAddress(Simulation.any(ipv4), 0);
  }

  /** A datagram comes. */
  void arrives(Datagram datagram) {
    InetSocketAddress target = datagram.target();
    List<SimulatedDatagrams> sockets = new ArrayList<>();
    for (SimulatedDatagrams each : udp.at(target.getAddress(), target.getPort())) {
      if (each.takesFrom(datagram.source())) {
        sockets.add(each);
      }
    }
    if (datagram.isForMany()) {
      List<SimulatedDatagrams> members = groups.get(target.getAddress());
      boolean group = target.getAddress().isMulticastAddress();
      for (SimulatedDatagrams each : sockets) {
        if (!group || (members != null && members.contains(each))) {
          each.arrives(datagram);
        }
      }
    } else if (sockets.isEmpty()) {
      simulation.log(datagram.from, datagram.to, "unreceived datagram of", datagram.data);
      datagram.sender.nobodyThere(this);
    } else {
      List<SimulatedDatagrams> peers =
          sockets.stream().filter(SimulatedDatagrams::hasPeer).toList();
      simulation.draws.oneOf(peers.isEmpty() ? sockets : peers).arrives(datagram);
    }
  }

  /** Joins a group; gives what leaves it. */
  Runnable join(InetAddress group, SimulatedDatagrams member) {
    List<SimulatedDatagrams> members = groups.computeIfAbsent(group, address -> new ArrayList<>());
    members.add(member);
    return () -> members.remove(member);
  }

  void leaveGroups(SimulatedDatagrams member) {
    groups.values().forEach(members -> members.remove(member));
  }

  @Override
  public String toString() {
    return name;
  }
}
