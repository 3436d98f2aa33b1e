package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.each;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Task;
import io.fermata.internal.net.DatagramTransport;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link DatagramEndpoint} on loopback. */
class DatagramTest extends NetTests {

  private static DatagramEndpoint open() {
    return open(LOOPBACK);
  }

  private static DatagramEndpoint open(InetAddress address) {
    return open(new InetSocketAddress(address, 0));
  }

  private static DatagramEndpoint open(SocketAddress address) {
    return await(Net.openDatagramEndpoint(DatagramOptions.at(address)));
  }

  private static DatagramEndpoint connectedTo(SocketAddress peer) {
    return await(Net.openDatagramEndpoint(DatagramOptions.connectedTo(peer)));
  }

  private static InetAddress ipv6Loopback() throws IOException {
    byte[] address = new byte[16];
    address[15] = 1;
    return InetAddress.getByAddress(address);
  }

  private List<InetAddress> loopbacks() throws IOException {
    return network instanceof SimulatedSockets || hasIpv6()
        ? List.of(LOOPBACK, ipv6Loopback())
        : List.of(LOOPBACK);
  }

  private static boolean hasIpv6() {
    try (DatagramSocket probe = new DatagramSocket(0, ipv6Loopback())) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void DGRAM_01_eachSendArrivesAsOneDatagramAndCanBeAnswered() {
    run(
        () -> {
          DatagramEndpoint a = open();
          DatagramEndpoint b = open();
          with(
              a,
              () ->
                  with(
                      b,
                      () -> {
                        await(a.send(bytes("one"), b.localAddress()));
                        await(a.send(ByteBuffer.wrap(bytes("two!")), b.localAddress()));
                        Datagram one = await(b.receive());
                        assertEquals("one", text(one.data()));
                        assertEquals(a.localAddress(), one.sender());
                        assertEquals("two!", text(await(b.receive()).data()));
                        await(b.send(bytes("answer"), one.sender()));
                        assertEquals("answer", text(await(a.receive()).data()));
                      }));
        });
  }

  @Test
  void DGRAM_02_aConnectedEndpointKnowsItsPeerOnly() throws IOException {
    for (InetAddress address : loopbacks()) {
      run(
          () -> {
            DatagramEndpoint server = open(address);
            DatagramEndpoint stranger = open(address);
            DatagramEndpoint client = connectedTo(server.localAddress());
            await(client.send(bytes("question")));
            Datagram question = await(server.receive());
            await(stranger.send(bytes("wrong"), question.sender()));
            await(server.send(bytes("answer"), question.sender()));
            assertEquals("answer", text(await(client.receive()).data()));
            await(client.send(bytes("again"), server.localAddress()));
            assertEquals("again", text(await(server.receive()).data()));
            assertThrows(
                IllegalArgumentException.class,
                () -> client.send(bytes("x"), stranger.localAddress()));
            assertThrows(IllegalStateException.class, () -> server.send(bytes("x")));
            List.of(server, stranger, client).forEach(DatagramEndpoint::close);
          });
    }
  }

  @Test
  void DGRAM_03_anEmptyDatagramArrives() {
    run(
        () -> {
          DatagramEndpoint a = open();
          DatagramEndpoint b = open();
          await(a.send(new byte[0], b.localAddress()));
          Datagram empty = await(b.receive());
          assertEquals(0, empty.data().length);
          assertEquals(a.localAddress(), empty.sender());
          await(a.send(new byte[0], b.localAddress()));
          Received received = await(b.receiveInto(ByteBuffer.allocate(10)));
          assertEquals(new Received(0, a.localAddress(), false), received);
          a.close();
          b.close();
        });
  }

  @Test
  void DGRAM_03_anEmptyDatagramArrivesFromAnEndpointWithAPeer() throws IOException {
    for (InetAddress address : loopbacks()) {
      run(
          () -> {
            DatagramEndpoint server = open(address);
            DatagramOptions toServer = DatagramOptions.connectedTo(server.localAddress());
            for (DatagramOptions each : List.of(toServer, toServer.withReusePort())) {
              DatagramEndpoint client = await(Net.openDatagramEndpoint(each));
              await(client.send(new byte[0]));
              await(client.send(ByteBuffer.allocateDirect(0)));
              await(client.send(new byte[0], server.localAddress()));
              await(client.send(bytes("end")));
              for (String expected : List.of("", "", "", "end")) {
                Datagram got = await(waitFor(server.receive(), ms(5000)));
                assertEquals(expected, text(got.data()));
                assertEquals(client.localAddress(), got.sender());
              }
              await(server.send(bytes("answer"), client.localAddress()));
              assertEquals("answer", text(await(client.receive()).data()));
              assertThrows(
                  BindException.class,
                  () -> open(client.localAddress()),
                  "the port is nobody else's afterwards");
              client.close();
            }
            DatagramEndpoint client = connectedTo(server.localAddress());
            server.close();
            settle();
            await(client.send(new byte[0]));
            assertThrows(PortUnreachableException.class, () -> await(client.receive()));
            client.close();
          });
    }
  }

  @Test
  void DGRAM_04_aDatagramIsNeverShortenedInSilence() {
    run(
        () -> {
          DatagramEndpoint a = open();
          DatagramEndpoint b = open();
          byte[] longest = pattern(65_507);
          await(a.send(longest, b.localAddress()));
          assertBytes(longest, await(b.receive()).data());
          for (ByteBuffer buffer : List.of(ByteBuffer.allocate(4), ByteBuffer.allocateDirect(4))) {
            await(a.send(bytes("12345"), b.localAddress()));
            assertEquals(new Received(4, a.localAddress(), true), await(b.receiveInto(buffer)));
            await(a.send(bytes("1234"), b.localAddress()));
            assertEquals(
                new Received(4, a.localAddress(), false), await(b.receiveInto(buffer.clear())));
          }
          a.close();
          b.close();
        });
  }

  @Test
  void DGRAM_05_aDatagramThatIsTooLongIsRefusedAndTheEndpointGoesOn() {
    run(
        () -> {
          DatagramEndpoint a = open();
          DatagramEndpoint b = open();
          IOException e =
              assertThrows(
                  IOException.class, () -> await(a.send(new byte[65_508], b.localAddress())));
          assertTrue(e.getMessage().contains("65508 bytes"), e.getMessage());
          await(a.send(bytes("short"), b.localAddress()));
          assertEquals("short", text(await(b.receive()).data()));
          a.close();
          b.close();
        });
  }

  @Test
  void DGRAM_06_aPeerThatIsGoneIsToldOnceOfAConnectedEndpointAndNeverOfOthers() {
    run(
        () -> {
          DatagramEndpoint server = open();
          DatagramEndpoint client = connectedTo(server.localAddress());
          DatagramEndpoint other = open();
          SocketAddress address = server.localAddress();
          server.close();
          settle();
          Task<Datagram> receiving = loop.createTask(client.receive());
          settle();
          await(client.send(bytes("anybody?")));
          PortUnreachableException e =
              assertThrows(PortUnreachableException.class, () -> await(receiving));
          String told = "nobody receives what is sent to " + Texts.of(address);
          assertEquals(told, e.getMessage());
          await(client.send(bytes("anybody?")));
          settle();
          e =
              assertThrows(
                  PortUnreachableException.class, () -> await(client.send(bytes("anybody?"))));
          assertEquals(told, e.getMessage());
          UncheckedIOException inLoop =
              assertThrows(
                  UncheckedIOException.class,
                  () -> {
                    await(client.send(bytes("anybody?")));
                    each(client, d -> {});
                  });
          assertEquals(told, inLoop.getCause().getMessage());
          DatagramEndpoint again = await(Net.openDatagramEndpoint(DatagramOptions.at(address)));
          await(client.send(bytes("here")));
          assertEquals("here", text(await(again.receive()).data()));
          again.close();
          settle();
          await(other.send(bytes("anybody?"), address));
          settle();
          DatagramEndpoint third = open();
          await(third.send(bytes("me"), other.localAddress()));
          assertEquals("me", text(await(other.receive()).data()));
          List.of(client, other, third).forEach(DatagramEndpoint::close);
        });
  }

  @Test
  void DGRAM_05_whereNothingCanBeSentToIsToldAndTheEndpointGoesOn() throws IOException {
    SocketAddress unresolved = InetSocketAddress.createUnresolved("no-such-host.invalid", 7);
    SocketAddress ipv6 = new InetSocketAddress(ipv6Loopback(), 7);
    SocketAddress unix = UnixDomainSocketAddress.of("a-socket");
    run(
        () -> {
          DatagramEndpoint a = open();
          String from = "from " + Texts.of(a.localAddress());
          String overIp = "datagrams go between IP addresses only";
          UnknownHostException unknown =
              assertThrows(UnknownHostException.class, () -> await(a.send(bytes("x"), unresolved)));
          assertEquals("no-such-host.invalid: the address is unresolved", unknown.getMessage());
          Map.of(ipv6, from + " datagrams go to IPv4 addresses only", unix, overIp)
              .forEach(
                  (target, why) -> {
                    SocketException e =
                        assertThrows(
                            SocketException.class, () -> await(a.send(bytes("x"), target)));
                    assertEquals(
                        "can't send 1 bytes to " + Texts.of(target) + ": " + why, e.getMessage());
                  });
          await(a.send(bytes("self"), a.localAddress()));
          assertEquals("self", text(await(a.receive()).data()));
          a.close();
        });
  }

  @Test
  void DGRAM_05_anEndpointOfAddressesThatDoNotFitIsRefused() throws IOException {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("no-such-host.invalid", 7);
    SocketAddress unix = UnixDomainSocketAddress.of("a-socket");
    SocketAddress ipv6 = new InetSocketAddress(ipv6Loopback(), 7);
    DatagramOptions local = DatagramOptions.at(loopback(0));
    run(
        () -> {
          for (DatagramOptions each :
              List.of(
                  DatagramOptions.at(unresolved),
                  DatagramOptions.connectedTo(unresolved),
                  local.withRemoteAddress(unresolved))) {
            UnknownHostException e =
                assertThrows(
                    UnknownHostException.class, () -> await(Net.openDatagramEndpoint(each)));
            assertEquals("no-such-host.invalid: the address is unresolved", e.getMessage());
          }
          for (DatagramOptions each :
              List.of(
                  local.withRemoteAddress(ipv6),
                  local.withRemoteAddress(unix),
                  DatagramOptions.connectedTo(unix),
                  DatagramOptions.at(unix))) {
            SocketException e =
                assertThrows(SocketException.class, () -> await(Net.openDatagramEndpoint(each)));
            assertTrue(e.getMessage().startsWith("can't open a datagram endpoint"), e::getMessage);
            SocketAddress misfit =
                each.remoteAddress() == null ? each.localAddress() : each.remoteAddress();
            assertTrue(e.getMessage().contains(Texts.of(misfit)), e::getMessage);
          }
        });
  }

  @Test
  void DGRAM_07_sendsOfSeveralTasksKeepTheirOrderAndAreWhole() {
    run(
        () -> {
          DatagramEndpoint a =
              await(
                  Net.openDatagramEndpoint(
                      DatagramOptions.at(new InetSocketAddress(LOOPBACK, 0))
                          .withSocketOption(StandardSocketOptions.SO_SNDBUF, 4096)));
          DatagramEndpoint b =
              await(
                  Net.openDatagramEndpoint(
                      DatagramOptions.at(new InetSocketAddress(LOOPBACK, 0))
                          .withSocketOption(StandardSocketOptions.SO_RCVBUF, 4 << 20)));
          List<Task<Void>> senders = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            int number = i;
            senders.add(
                taskVoid(
                    () -> {
                      for (int j = 0; j < 20; j++) {
                        await(a.send(bytes(number + ":" + j + " ".repeat(500)), b.localAddress()));
                      }
                    }));
          }
          int[] next = new int[4];
          for (int i = 0; i < 80; i++) {
            String got = text(await(b.receive()).data());
            assertTrue(got.endsWith(" ".repeat(500)), got);
            String[] parts = got.trim().split(":", 2);
            assertEquals(next[Integer.parseInt(parts[0])]++, Integer.parseInt(parts[1]));
          }
          for (Task<Void> sender : senders) {
            await(sender);
          }
          a.close();
          b.close();
        });
  }

  /** Of the network below, with room for as many datagrams as the test says. */
  private static final class NarrowNetwork extends FakeNetwork {
    private final Network below;
    Narrow opened;

    NarrowNetwork(Network below) {
      this.below = below;
    }

    @Override
    public DatagramTransport openDatagrams(
        SocketAddress local,
        SocketAddress remote,
        Map<SocketOption<?>, Object> options,
        ReadyListener listener)
        throws IOException {
      opened = new Narrow(below.openDatagrams(local, remote, options, listener), listener);
      return opened;
    }
  }

  private static final class Narrow implements DatagramTransport {
    private final DatagramTransport below;
    private final ReadyListener listener;
    private int room;
    private int interest;
    int refusals;

    Narrow(DatagramTransport below, ReadyListener listener) {
      this.below = below;
      this.listener = listener;
    }

    /** Has the system take so many more, and tells as a selector does. */
    void makeRoom(int datagrams) {
      room += datagrams;
      while (room > 0 && wantsToWrite()) {
        listener.ready(Transport.WRITE);
        await(sleep(Duration.ZERO));
      }
    }

    boolean wantsToWrite() {
      return (interest & Transport.WRITE) != 0;
    }

    @Override
    public boolean send(ByteBuffer source, SocketAddress target) throws IOException {
      if (room == 0) {
        refusals++;
        return false;
      }
      room--;
      return below.send(source, target);
    }

    @Override
    public void interest(int operations) {
      interest = operations;
      below.interest(operations & Transport.READ);
    }

    @Override
    public SocketAddress receive(ByteBuffer target) throws IOException {
      return below.receive(target);
    }

    @Override
    public Runnable join(InetAddress group, NetworkInterface through) throws IOException {
      return below.join(group, through);
    }

    @Override
    public void close() {
      below.close();
    }

    @Override
    public SocketAddress localAddress() {
      return below.localAddress();
    }
  }

  @Test
  void DGRAM_07_aSendWaitsWhileTheSystemsBufferIsFullAndNothingIsLostOrOvertaken() {
    run(
        () -> {
          DatagramEndpoint b = open();
          NarrowNetwork narrow = new NarrowNetwork(Hosts.network());
          Network.CURRENT.set(narrow);
          DatagramEndpoint a = open();
          narrow.opened.room = 1;
          List<Task<Void>> senders = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            int number = i;
            senders.add(
                taskVoid(
                    () -> {
                      for (int j = 0; j < 3; j++) {
                        await(a.send(bytes(number + ":" + j), b.localAddress()));
                      }
                    }));
          }
          settle();
          assertTrue(senders.stream().noneMatch(Task::isDone));
          assertTrue(narrow.opened.wantsToWrite());
          assertEquals(1, narrow.opened.refusals, "one asks, and the others stand behind");
          senders.get(2).cancel();
          assertThrows(CancelledError.class, () -> await(senders.remove(2)));
          assertEquals("0:0", text(await(b.receive()).data()));
          for (String each : List.of("0:1", "1:0", "3:0", "0:2", "1:1", "3:1", "1:2", "3:2")) {
            Task<Datagram> next = loop.createTask(b.receive());
            settle();
            assertFalse(next.isDone());
            narrow.opened.makeRoom(1);
            assertEquals(each, text(await(next).data()));
          }
          for (Task<Void> sender : senders) {
            await(sender);
          }
          narrow.opened.makeRoom(1);
          assertFalse(narrow.opened.wantsToWrite(), "nobody waits to send");
          a.close();
          b.close();
        });
  }

  @Test
  void DGRAM_08_whatNobodyReceivesStaysWithTheSystemAndComesInOrder() {
    run(
        () -> {
          DatagramEndpoint a = open();
          DatagramEndpoint b =
              await(
                  Net.openDatagramEndpoint(
                      DatagramOptions.at(new InetSocketAddress(LOOPBACK, 0))
                          .withSocketOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024)));
          for (int i = 0; i < 5000; i++) {
            await(a.send(bytes(String.format("%01000d", i)), b.localAddress()));
          }
          settle();
          int last = -1;
          int count = 0;
          try {
            while (true) {
              int got = Integer.parseInt(text(await(waitFor(b.receive(), ms(100))).data()));
              assertTrue(got > last);
              last = got;
              count++;
            }
          } catch (AsyncTimeoutException e) {
            assertTrue(count > 0 && count < 5000, "count: " + count);
          }
          a.close();
          b.close();
        });
  }

  @Test
  void DGRAM_09_aLoopOverAnEndpointEndsWhenItIsClosedAndLeavingItKeepsItOpen() {
    run(
        () -> {
          DatagramEndpoint a = open();
          DatagramEndpoint b = open();
          List<String> got = new ArrayList<>();
          Task<Void> looping = taskVoid(() -> each(b, d -> got.add(text(d.data()))));
          for (String each : List.of("one", "two", "three")) {
            await(a.send(bytes(each), b.localAddress()));
          }
          settle();
          looping.cancel();
          assertThrows(CancelledError.class, () -> await(looping));
          await(a.send(bytes("four"), b.localAddress()));
          Task<Void> again = taskVoid(() -> each(b, d -> got.add(text(d.data()))));
          settle();
          assertFalse(again.isDone());
          b.close();
          await(again);
          assertEquals(List.of("one", "two", "three", "four"), got);
          assertThrows(ConnectionClosedException.class, () -> await(b.receive()));
          assertThrows(
              ConnectionClosedException.class, () -> await(b.send(bytes("x"), a.localAddress())));
          a.close();
        });
  }

  @Test
  void DGRAM_10_aPortThatIsTakenIsNamedAndNothingIsSharedUnlessAskedFor() {
    run(
        () -> {
          DatagramEndpoint a = open();
          BindException e =
              assertThrows(
                  BindException.class,
                  () -> await(Net.openDatagramEndpoint(DatagramOptions.at(a.localAddress()))));
          assertTrue(
              e.getMessage()
                  .contains("127.0.0.1:" + ((InetSocketAddress) a.localAddress()).getPort()),
              e.getMessage());
          a.close();
          DatagramOptions shared =
              DatagramOptions.at(new InetSocketAddress(LOOPBACK, 0)).withReusePort();
          DatagramEndpoint first = await(Net.openDatagramEndpoint(shared));
          DatagramEndpoint second =
              await(Net.openDatagramEndpoint(shared.withLocalAddress(first.localAddress())));
          assertEquals(first.localAddress(), second.localAddress());
          first.close();
          second.close();
        });
  }

  @Test
  void DGRAM_10_thePortIsFreeAsSoonAsAnEndpointIsClosed() {
    run(
        () -> {
          DatagramEndpoint closed = open();
          SocketAddress address = closed.localAddress();
          Task<Datagram> receiving = loop.createTask(closed.receive());
          settle();
          closed.close();
          DatagramEndpoint left = open(address);
          assertThrows(ConnectionClosedException.class, () -> await(receiving));
          with(left, () -> {});
          DatagramEndpoint dropped = open(address);
          dropped.abort();
          DatagramEndpoint last = open(address);
          DatagramEndpoint client = connectedTo(address);
          await(client.send(bytes("here")));
          assertEquals("here", text(await(last.receive()).data()));
          client.close();
          last.close();
        });
  }

  @Test
  void DGRAM_10_whatOthersWaitForIsNotLostWhenAnEndpointIsClosed() {
    run(
        () -> {
          DatagramEndpoint a = open();
          DatagramEndpoint b = open();
          List<String> seen = new ArrayList<>();
          Task<Void> receiving =
              taskVoid(
                  () -> {
                    seen.add(text(await(b.receive()).data()));
                  });
          settle();
          await(a.send(bytes("one"), b.localAddress()));
          seen.add("before the close");
          open().close();
          seen.add("behind the close");
          await(waitFor(receiving, ms(5000)));
          assertEquals(List.of("before the close", "behind the close", "one"), seen);
          a.close();
          b.close();
        });
  }

  @Test
  void DGRAM_10_nothingIsSetOnASocketUnlessAskedFor() {
    run(
        () -> {
          Network below = Hosts.network();
          List<Map<SocketOption<?>, Object>> asked = new ArrayList<>();
          Network.CURRENT.set(
              new FakeNetwork() {
                @Override
                public DatagramTransport openDatagrams(
                    SocketAddress local,
                    SocketAddress remote,
                    Map<SocketOption<?>, Object> options,
                    ReadyListener listener)
                    throws IOException {
                  asked.add(options);
                  return below.openDatagrams(local, remote, options, listener);
                }
              });
          DatagramEndpoint first = open();
          connectedTo(first.localAddress()).close();
          first.close();
          DatagramOptions shared =
              DatagramOptions.at(new InetSocketAddress(LOOPBACK, 0)).withReusePort();
          await(Net.openDatagramEndpoint(shared)).close();
          assertEquals(
              List.of(Map.of(), Map.of(), Map.of(StandardSocketOptions.SO_REUSEPORT, true)), asked);
        });
  }

  @Test
  void DGRAM_11_membersOfAGroupGetItsDatagramsUntilTheyLeave() throws IOException {
    NetworkInterface through = multicastInterface();
    assumeTrue(through != null, "no network interface that knows multicast");
    InetAddress group = InetAddress.getByName("239.255.77.77");
    run(
        () -> {
          DatagramOptions options =
              DatagramOptions.at(new InetSocketAddress("0.0.0.0", 0)).withReusePort();
          DatagramEndpoint first = await(Net.openDatagramEndpoint(options));
          DatagramEndpoint second =
              await(Net.openDatagramEndpoint(options.withLocalAddress(first.localAddress())));
          DatagramEndpoint sender =
              await(
                  Net.openDatagramEndpoint(
                      DatagramOptions.at(new InetSocketAddress("0.0.0.0", 0))
                          .withSocketOption(StandardSocketOptions.IP_MULTICAST_IF, through)
                          .withSocketOption(StandardSocketOptions.IP_MULTICAST_LOOP, true)));
          SocketAddress target =
              new InetSocketAddress(group, ((InetSocketAddress) first.localAddress()).getPort());
          first.join(group, through);
          first.join(group, through);
          second.join(group, through);
          await(sender.send(bytes("all"), target));
          assertEquals("all", text(await(waitFor(first.receive(), ms(5000))).data()));
          assertEquals("all", text(await(waitFor(second.receive(), ms(5000))).data()));
          second.leave(group, through);
          second.leave(group, through);
          await(sender.send(bytes("again"), target));
          assertEquals("again", text(await(waitFor(first.receive(), ms(5000))).data()));
          // What comes to the port alone goes to one of those who share it: to the one that is
          // left.
          first.close();
          settle();
          await(sender.send(bytes("own"), loopback(((InetSocketAddress) target).getPort())));
          assertEquals("own", text(await(waitFor(second.receive(), ms(5000))).data()));
          List.of(second, sender).forEach(DatagramEndpoint::close);
        });
  }

  private static NetworkInterface multicastInterface() throws IOException {
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp()
          && each.supportsMulticast()
          && each.inetAddresses().anyMatch(address -> address.getAddress().length == 4)) {
        return each;
      }
    }
    return null;
  }

  @Test
  void aReceiverThatIsCancelledTakesNothing() {
    run(
        () -> {
          DatagramEndpoint a = open();
          DatagramEndpoint b = open();
          Task<Datagram> first = loop.createTask(b.receive());
          Task<Datagram> second = loop.createTask(b.receive());
          settle();
          await(a.send(bytes("one"), b.localAddress()));
          first.cancel();
          assertThrows(CancelledError.class, () -> await(first));
          assertEquals("one", text(await(second).data()));
          assertTrue(second.isDone());
          a.close();
          b.close();
        });
  }
}
