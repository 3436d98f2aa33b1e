package io.fermata.testing;

import io.fermata.Awaitable;
import io.fermata.internal.net.Acceptor;
import io.fermata.internal.net.DatagramTransport;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The network of the code that steers a simulation, and runs on none of its hosts. */
final class Nowhere implements Network {

  private static IllegalStateException nowhere() {
    return new IllegalStateException(
        "this code runs on no host of the simulated network: give it one with host.run(…) or"
            + " host.createTask(…).");
  }

  @Override
  public Awaitable<List<InetAddress>> lookUp(String host) {
    throw nowhere();
  }

  @Override
  public Transport connect(
      SocketAddress remote, @Nullable SocketAddress local, Map<SocketOption<?>, Object> options) {
    throw nowhere();
  }

  @Override
  public Acceptor listen(
      SocketAddress local,
      int backlog,
      Map<SocketOption<?>, Object> options,
      Map<SocketOption<?>, Object> ofConnections,
      ReadyListener listener) {
    throw nowhere();
  }

  @Override
  public DatagramTransport openDatagrams(
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      Map<SocketOption<?>, Object> options,
      ReadyListener listener) {
    throw nowhere();
  }
}
