package io.fermata.internal.net;

import io.fermata.Awaitable;
import io.fermata.EventLoop;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The network of the operating system, through NIO. */
public final class SystemNetwork implements Network {
  /** The one there is. */
  public static final SystemNetwork INSTANCE = new SystemNetwork();

  /** A look-up can't be stopped; so many may hang before others have to wait behind them. */
  private static final int MAX_LOOK_UPS = 16;

  private static final AtomicInteger THREADS_MADE = new AtomicInteger();
  private static final ThreadPoolExecutor LOOK_UPS = lookUpThreads();
  private static final boolean HAS_UNIX_SOCKETS = has(StandardProtocolFamily.UNIX);
  private static final boolean HAS_IPV6 = has(StandardProtocolFamily.INET6);

  private SystemNetwork() {}

  private static boolean has(StandardProtocolFamily family) {
    try {
      SocketChannel.open(family).close();
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    } catch (IOException e) {
      return true; // descriptors have run out
    }
  }

  /** Daemons, which no run waits for, and which go when they have had nothing to do. */
  private static ThreadPoolExecutor lookUpThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MAX_LOOK_UPS,
            MAX_LOOK_UPS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "fermata-look-up-" + THREADS_MADE.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Override
  public Awaitable<List<InetAddress>> lookUp(String host) {
    return EventLoop.running()
        .runInExecutor(LOOK_UPS, () -> List.of(InetAddress.getAllByName(host)));
  }

  @Override
  public Transport connect(
      SocketAddress remote, @Nullable SocketAddress local, Map<SocketOption<?>, Object> options)
      throws IOException {
    SocketChannel channel = SocketChannel.open(familyOf(remote));
    try {
      setAll(channel, options);
      if (local != null) {
        familyOf(local); // refuses one that is unresolved
        channel.bind(local);
      }
      channel.configureBlocking(false);
      channel.connect(remote);
      return new SystemTransport(channel, remote);
    } catch (Throwable t) {
      channel.close();
      throw t;
    }
  }

  @Override
  public Acceptor listen(
      SocketAddress local,
      int backlog,
      Map<SocketOption<?>, Object> options,
      Map<SocketOption<?>, Object> ofConnections,
      ReadyListener listener)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(familyOf(local));
    try {
      setAll(channel, options);
      channel.configureBlocking(false);
      channel.bind(local, backlog);
      return new SystemAcceptor(channel, ofConnections, listener);
    } catch (Throwable t) {
      channel.close();
      throw t;
    }
  }

  @Override
  public DatagramTransport openDatagrams(
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      Map<SocketOption<?>, Object> options,
      ReadyListener listener)
      throws IOException {
    DatagramChannel channel = datagramChannel(local != null ? local : remote);
    try {
      setAll(channel, options);
      channel.configureBlocking(false);
      channel.bind(local);
      if (remote != null) {
        channel.connect(remote);
      }
      return new SystemDatagrams(channel, remote != null, options, listener);
    } catch (Throwable t) {
      channel.close();
      throw t;
    }
  }

  /** One that is not bound yet, for an address of either family. */
  static DatagramChannel datagramChannel(@Nullable SocketAddress address) throws IOException {
    return address == null ? DatagramChannel.open() : DatagramChannel.open(familyOf(address));
  }

  @Override
  public boolean hasIpv6() {
    return HAS_IPV6;
  }

  /** IPv4 sockets for IPv4 addresses: they work where IPv6 is switched off. */
  private static ProtocolFamily familyOf(SocketAddress address) throws IOException {
    if (address instanceof UnixDomainSocketAddress) {
      if (!HAS_UNIX_SOCKETS) {
        throw new UnsupportedOperationException(
            System.getProperty("os.name") + " has no Unix sockets: use TCP on it.");
      }
      return StandardProtocolFamily.UNIX;
    }
    if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
      throw new UnknownHostException(inet.getHostString() + ": the address is unresolved");
    }
    if (address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address) {
      if (!HAS_IPV6) {
        throw new SocketException("IPv6 is switched off");
      }
      return StandardProtocolFamily.INET6;
    }
    return StandardProtocolFamily.INET;
  }

  /** Sets options on a channel. */
  static void setAll(NetworkChannel channel, Map<SocketOption<?>, Object> options)
      throws IOException {
    for (Map.Entry<SocketOption<?>, Object> option : options.entrySet()) {
      set(channel, option.getKey(), option.getValue());
    }
  }

  private static <T> void set(NetworkChannel channel, SocketOption<T> option, Object value)
      throws IOException {
    channel.setOption(option, option.type().cast(value));
  }
}
