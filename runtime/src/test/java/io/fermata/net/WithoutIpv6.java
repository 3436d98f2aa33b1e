package io.fermata.net;

import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.Co;
import io.fermata.internal.net.Acceptor;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.SystemNetwork;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/** What {@link SystemNetworkTest} runs in a JVM that has no IPv6; prints what came of it. */
final class WithoutIpv6 {
  private WithoutIpv6() {}

  /** The system's, with a resolver that gives an address of each family. */
  private static final class BothFamilies extends FakeNetwork {
    @Override
    public Awaitable<List<InetAddress>> lookUp(String host) {
      return Async.completed(List.of(ipv6Loopback(), InetAddress.getLoopbackAddress()));
    }

    @Override
    public Transport connect(
        SocketAddress remote, SocketAddress local, Map<SocketOption<?>, Object> options)
        throws IOException {
      return SystemNetwork.INSTANCE.connect(remote, local, options);
    }

    @Override
    public Acceptor listen(
        SocketAddress local,
        int backlog,
        Map<SocketOption<?>, Object> options,
        Map<SocketOption<?>, Object> ofConnections,
        ReadyListener listener)
        throws IOException {
      return SystemNetwork.INSTANCE.listen(local, backlog, options, ofConnections, listener);
    }
  }

  private static InetAddress ipv6Loopback() {
    byte[] address = new byte[16];
    address[15] = 1;
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  public static void main(String[] args) {
    Async.run(
        coroVoid(
            () -> {
              Server server =
                  await(
                      Net.startServer(
                          (reader, writer) -> coroVoid(() -> writer.write("hello\n")), "", 0));
              with(server, () -> talkTo((InetSocketAddress) server.addresses().get(0)));
            }));
  }

  private static void talkTo(InetSocketAddress server) throws Throwable {
    System.out.println("listens at " + server.getAddress().getHostAddress());
    Network.CURRENT.set(new BothFamilies());
    Connection both = await(Net.openConnection("both", server.getPort()));
    System.out.println(await(both.reader().readLine()));
    both.close();
    print(() -> await(Net.openConnection("::1", server.getPort())));
    Network.CURRENT.set(SystemNetwork.INSTANCE);
    print(() -> await(Net.startServer((reader, writer) -> coroVoid(() -> {}), "::1", 0)));
    print(
        () ->
            await(
                Net.openDatagramEndpoint(
                    DatagramOptions.at(new InetSocketAddress(ipv6Loopback(), 0)))));
  }

  private static void print(Co.Body<?> body) throws Throwable {
    try {
      System.out.println(body.run());
    } catch (IOException e) {
      System.out.println(e);
    }
  }
}
