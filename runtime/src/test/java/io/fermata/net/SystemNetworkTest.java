package io.fermata.net;

import static io.fermata.Async.timeout;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fermata.AsyncTimeoutException;
import io.fermata.JavaProcess;
import io.fermata.JavaProcess.Ended;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the kernel alone can show. */
class SystemNetworkTest extends NetTests {

  @Test
  void NET_43_aConnectThatTheSystemLeavesUnansweredIsClosedAtTheDeadline() throws IOException {
    List<SocketChannel> queue = new ArrayList<>();
    try (ServerSocketChannel full = ServerSocketChannel.open()) {
      full.bind(new InetSocketAddress(LOOPBACK, 0), 1);
      SocketAddress address = full.getLocalAddress();
      run(
          () -> {
            boolean answered = true;
            while (answered && queue.size() < 20) {
              SocketChannel client = SocketChannel.open();
              queue.add(client);
              client.configureBlocking(false);
              client.connect(address);
              settle();
              answered = client.finishConnect();
            }
            assumeTrue(!answered, "the system answers whoever comes");
            await(Net.openDatagramEndpoint(DatagramOptions.DEFAULT)).close(); // opens the selector
            settle();
            long before = SystemSockets.descriptors();
            long start = loop.time();
            assertThrows(
                AsyncTimeoutException.class,
                () -> with(timeout(ms(200)), () -> await(Net.openConnection(address))));
            assertTrue(loop.time() - start >= ms(200).toNanos());
            settle();
            assertEquals(before, SystemSockets.descriptors());
          });
    } finally {
      for (SocketChannel each : queue) {
        each.close();
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void NET_46_withoutIpv6TheAddressOfTheOtherFamilyIsReached() throws Exception {
    Ended ended = withoutIpv6();
    assertEquals("hello", ended.output().get(1), ended.output().toString());
    String refused = ended.output().get(2);
    assertTrue(refused.startsWith("java.net.SocketException: can't connect to ::1:"), refused);
    assertTrue(refused.endsWith("IPv6 is switched off"), refused);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void SRV_04_withoutIpv6NoHostIsAllInterfacesOfTheOtherFamily() throws Exception {
    Ended ended = withoutIpv6();
    assertEquals("listens at 0.0.0.0", ended.output().get(0), ended.output().toString());
    List<String> refused = ended.output().subList(3, 5);
    assertEquals(
        List.of(
            "java.net.SocketException: can't listen at [0:0:0:0:0:0:0:1]:0: IPv6 is switched off",
            "java.net.SocketException: can't open a datagram endpoint at [0:0:0:0:0:0:0:1]:0:"
                + " IPv6 is switched off"),
        refused);
    assertEquals(0, ended.exitCode());
  }

  private static Ended withoutIpv6() throws Exception {
    return new JavaProcess("-Djava.net.preferIPv4Stack=true")
        .run(WithoutIpv6.class, (process, line) -> {});
  }

  @Test
  void NET_49_theOptionsAreThoseOfTheSocket() {
    run(
        () -> {
          ServerOptions ofServer =
              ServerOptions.DEFAULT.withSocketOption(StandardSocketOptions.SO_KEEPALIVE, true);
          Server server =
              await(
                  Net.startServer(
                      (reader, writer) -> coroVoid(() -> await(reader.readLine())),
                      LOOPBACK.getHostAddress(),
                      0,
                      ofServer));
          with(
              server,
              () -> {
                SocketAddress address = server.addresses().get(0);
                Connection plain = await(Net.openConnection(address));
                assertEquals(true, option(plain, StandardSocketOptions.TCP_NODELAY));
                assertEquals(false, option(plain, StandardSocketOptions.SO_KEEPALIVE));
                settle();
                Connection accepted = server.connections().iterator().next();
                assertEquals(true, option(accepted, StandardSocketOptions.TCP_NODELAY));
                assertEquals(true, option(accepted, StandardSocketOptions.SO_KEEPALIVE));
                plain.close();
                ConnectOptions options =
                    ConnectOptions.DEFAULT
                        .withSocketOption(StandardSocketOptions.TCP_NODELAY, false)
                        .withSocketOption(StandardSocketOptions.SO_KEEPALIVE, true);
                Connection other = await(Net.openConnection(address, options));
                assertEquals(false, option(other, StandardSocketOptions.TCP_NODELAY));
                assertEquals(true, option(other, StandardSocketOptions.SO_KEEPALIVE));
                other.close();
              });
        });
    assertEquals(List.of(), reports);
  }

  private static <T> T option(Connection connection, SocketOption<T> option) throws IOException {
    return ((SocketChannel) connection.link().transport.fileTarget()).getOption(option);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void SRV_15_aServerWhoseDescriptorsHaveRunOutServesOnAndWaits() throws Exception {
    Ended ended =
        new JavaProcess().withDescriptors(200).run(FewDescriptors.class, (process, line) -> {});
    assertEquals(
        List.of(
            "before", "at rest", "meanwhile", "late", "[java.io.IOException: Too many open files]"),
        ended.output());
    assertEquals(0, ended.exitCode());
  }
}
