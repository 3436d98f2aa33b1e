package io.fermata.net;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.EventLoop;
import io.fermata.internal.net.Acceptor;
import io.fermata.internal.net.DatagramTransport;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.SystemNetwork;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A network whose hosts and addresses behave as the test says, and which tells what was asked. */
class FakeNetwork implements Network {
  private final Map<String, List<InetAddress>> hosts = new HashMap<>();
  private final Map<InetAddress, FakeTransport> transports = new HashMap<>();
  private final List<Attempt> attempts = new ArrayList<>();
  boolean localAddressTaken;

  /** An address that was tried, with the time of the loop. */
  record Attempt(InetAddress address, Map<SocketOption<?>, Object> options, long time) {}

  void host(String name, String... addresses) throws IOException {
    List<InetAddress> all = new ArrayList<>();
    for (String address : addresses) {
      all.add(InetAddress.getByName(address));
    }
    hosts.put(name, all);
  }

  /** One that answers, fails, or does neither, when it is told. */
  FakeTransport at(String address) throws IOException {
    InetAddress key = InetAddress.getByName(address);
    FakeTransport transport = new FakeTransport(new InetSocketAddress(key, 80));
    transports.put(key, transport);
    return transport;
  }

  List<Attempt> attempts() {
    return attempts;
  }

  /** The addresses in the order in which they were tried. */
  List<String> tried() {
    return attempts.stream().map(attempt -> attempt.address().getHostAddress()).toList();
  }

  @Override
  public Awaitable<List<InetAddress>> lookUp(String host) {
    return hosts.containsKey(host)
        ? Async.completed(hosts.get(host))
        : SystemNetwork.INSTANCE.lookUp(host);
  }

  @Override
  public Transport connect(
      SocketAddress remote, SocketAddress local, Map<SocketOption<?>, Object> options)
      throws IOException {
    InetAddress address = ((InetSocketAddress) remote).getAddress();
    attempts.add(new Attempt(address, Map.copyOf(options), EventLoop.running().time()));
    FakeTransport transport = transports.get(address);
    if (localAddressTaken) {
      throw new BindException("Address already in use");
    }
    if (transport == null) {
      throw new ConnectException("Connection refused");
    }
    return transport;
  }

  @Override
  public Acceptor listen(
      SocketAddress local,
      int backlog,
      Map<SocketOption<?>, Object> options,
      Map<SocketOption<?>, Object> ofConnections,
      ReadyListener listener)
      throws IOException {
    throw new AssertionError();
  }

  @Override
  public DatagramTransport openDatagrams(
      SocketAddress local,
      SocketAddress remote,
      Map<SocketOption<?>, Object> options,
      ReadyListener listener)
      throws IOException {
    throw new AssertionError();
  }

  /** A connection to be, whose system takes as much as the test says. */
  static final class FakeTransport implements Transport {
    private final SocketAddress remote;
    private ReadyListener listener;
    private int interest;
    int room = Integer.MAX_VALUE;
    int incoming;

    /** How much was offered to the system, each time. */
    final List<Integer> offered = new ArrayList<>();

    /** How often interest in writing was set. */
    int timesWritable;

    boolean stands;
    boolean closed;
    IOException failure;

    FakeTransport(SocketAddress remote) {
      this.remote = remote;
    }

    void answer() {
      stands = true;
      tell();
    }

    void fail(String message) {
      failure = new ConnectException(message);
      tell();
    }

    private void tell() {
      if (!closed) {
        listener.ready(CONNECT);
      }
    }

    @Override
    public void listener(ReadyListener newListener) {
      listener = newListener;
    }

    @Override
    public boolean finishConnect() throws IOException {
      if (failure != null) {
        closed = true;
        throw failure;
      }
      return stands;
    }

    /** Has the system take so much more, and tells as a selector does. */
    void makeRoom(int bytes) {
      room += bytes;
      if (wantsToWrite()) {
        listener.ready(WRITE);
      }
    }

    boolean wantsToWrite() {
      return (interest & WRITE) != 0;
    }

    /** Tells as a selector does. */
    void tellReadable() {
      listener.ready(READ);
    }

    boolean wantsToRead() {
      return (interest & READ) != 0;
    }

    @Override
    public int read(ByteBuffer target) {
      int count = Math.min(incoming, target.remaining());
      target.put(new byte[count]);
      incoming -= count;
      return count;
    }

    @Override
    public int write(ByteBuffer source) {
      offered.add(source.remaining());
      int count = Math.min(room, source.remaining());
      source.position(source.position() + count);
      room -= count;
      return count;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public void interest(int operations) {
      boolean before = wantsToWrite();
      interest = operations;
      if (!before && wantsToWrite()) {
        timesWritable++;
      }
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void reset() {
      closed = true;
    }

    @Override
    public SocketAddress localAddress() {
      return remote;
    }

    @Override
    public SocketAddress remoteAddress() {
      return remote;
    }
  }
}
