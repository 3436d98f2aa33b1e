package io.fermata.net;

import static io.fermata.Async.formatCallGraph;
import static io.fermata.Async.timeout;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.AsyncTimeoutException;
import io.fermata.Awaitable;
import io.fermata.CancelledError;
import io.fermata.EventLoop;
import io.fermata.SelectorLoop;
import io.fermata.Task;
import io.fermata.internal.net.Network;
import io.fermata.net.FakeNetwork.FakeTransport;
import io.fermata.net.TestNetwork.Listener;
import io.fermata.net.TestNetwork.Peer;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How connections are opened, and what becomes of those that are not closed. */
class ConnectionTest extends NetTests {

  private final FakeNetwork fake = new FakeNetwork();

  /** To the nanosecond in virtual time, and not less in real time. */
  private void assertWaited(Duration expected, long nanos) {
    if (loop instanceof VirtualTimeLoop) {
      assertEquals(expected, Duration.ofNanos(nanos));
    } else {
      assertTrue(nanos >= expected.toNanos(), Duration.ofNanos(nanos).toString());
    }
  }

  private int freePort() throws IOException {
    try (Listener probe = network.listen()) {
      return port(probe);
    }
  }

  @Test
  void NET_01_aClientGetsALineAndThenTheRest() {
    run(
        () -> {
          try (Listener listener = network.listen()) {
            var peer =
                peer(
                    () -> {
                      try (Peer client = listener.accept()) {
                        String request = read(client, 16);
                        client.send(bytes("HTTP/1.0 200 OK\r\nbody\r\nmore"));
                        return request;
                      }
                    });
            Connection c = await(Net.openConnection("127.0.0.1", port(listener)));
            with(
                c,
                () -> {
                  c.writer().write("GET / HTTP/1.0\r\n");
                  assertEquals("HTTP/1.0 200 OK", await(c.reader().readLine()));
                  assertEquals("body\r\nmore", text(await(c.reader().readAll())));
                });
            assertEquals("GET / HTTP/1.0\r\n", result(peer));
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void NET_02_theSameOverAUnixSocket(@TempDir Path folder) {
    run(
        () -> {
          Path path = folder.resolve("socket");
          try (Listener listener = network.listen(UnixDomainSocketAddress.of(path))) {
            var peer =
                peer(
                    () -> {
                      try (Peer client = listener.accept()) {
                        String request = read(client, 5);
                        client.send(bytes("status\nbody"));
                        return request;
                      }
                    });
            Connection c = await(Net.openConnection(UnixDomainSocketAddress.of(path)));
            with(
                c,
                () -> {
                  assertTrue(c.writer().canWriteEof());
                  c.writer().write("hello");
                  assertEquals("status", await(c.reader().readLine()));
                  assertEquals("body", text(await(c.reader().readAll())));
                });
            assertEquals("hello", result(peer));
            assertTrue(c.toString().contains("unix:" + path), c.toString());
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void NET_40_aRefusedConnectionNamesHostAddressAndPort() {
    run(
        () -> {
          int port = freePort();
          ConnectException e =
              assertThrows(
                  ConnectException.class, () -> await(Net.openConnection("localhost", port)));
          assertTrue(e.getMessage().contains("localhost:" + port), e.getMessage());
          assertTrue(e.getMessage().contains("127.0.0.1:" + port), e.getMessage());
          assertTrue(e.getMessage().contains("refused"), e.getMessage());
        });
  }

  @Test
  void NET_41_anUnknownHostIsToldAsTheJdkTells() {
    run(
        () -> {
          assertThrows(
              UnknownHostException.class,
              () -> await(Net.openConnection("no-such-host.invalid", 80)));
          assertThrows(
              UnknownHostException.class,
              () ->
                  await(
                      Net.openConnection(
                          InetSocketAddress.createUnresolved("no-such-host.invalid", 80))));
          assertThrows(UnknownHostException.class, () -> await(Net.openConnection("", 80)));
          fake.host("empty");
          Network.CURRENT.set(fake);
          UnknownHostException e =
              assertThrows(
                  UnknownHostException.class, () -> await(Net.openConnection("empty", 80)));
          assertTrue(e.getMessage().contains("empty"), e.getMessage());
        });
  }

  @Test
  @NeedsKernel("what hangs is a thread")
  void NET_42_aLookUpThatHangsIsLeftBehindWhenItIsCancelled() {
    long start = System.nanoTime();
    Async.run(
        coroVoid(
            () -> {
              Network.CURRENT.set(
                  new FakeNetwork() {
                    @Override
                    public Awaitable<List<InetAddress>> lookUp(String host) {
                      return EventLoop.running()
                          .runInExecutor(
                              work -> {
                                Thread thread = new Thread(work);
                                thread.setDaemon(true);
                                thread.start();
                              },
                              () -> {
                                Thread.sleep(20_000); // the subject: a resolver that hangs
                                return List.of(LOOPBACK);
                              });
                    }
                  });
              assertThrows(
                  AsyncTimeoutException.class,
                  () -> with(timeout(ms(50)), () -> await(Net.openConnection("slow", 80))));
            }));
    assertTrue(System.nanoTime() - start < 15_000_000_000L, "run waited for the look-up");
  }

  @Test
  void NET_43_aConnectThatIsNeverAnsweredEndsAtTheDeadlineAndItsSocketIsClosed() {
    run(
        () -> {
          FakeTransport silent = fake.at("10.0.0.1");
          fake.host("silent", "10.0.0.1");
          Network.CURRENT.set(fake);
          long start = loop.time();
          assertThrows(
              AsyncTimeoutException.class,
              () -> with(timeout(ms(50)), () -> await(Net.openConnection("silent", 80))));
          assertTrue(silent.closed);
          assertWaited(ms(50), loop.time() - start);
        });
  }

  @Test
  void NET_43_aConnectThatIsCancelledInThePassInWhichItIsAnsweredClosesItsSocket() {
    run(
        () -> {
          FakeTransport silent = fake.at("10.0.0.1");
          fake.host("silent", "10.0.0.1");
          Network.CURRENT.set(fake);
          Task<Connection> opening = loop.createTask(Net.openConnection("silent", 80));
          settle();
          silent.answer();
          opening.cancel();
          assertThrows(CancelledError.class, () -> await(opening));
          assertTrue(silent.closed);
        });
  }

  @Test
  void NET_44_theFirstAddressThatAnswersWinsAndAllOthersAreClosed() {
    run(
        () -> {
          FakeTransport slow = fake.at("10.0.0.1");
          FakeTransport fast = fake.at("10.0.0.2");
          fake.host("several", "10.0.0.1", "10.0.0.2");
          Network.CURRENT.set(fake);
          Task<Connection> opening =
              loop.createTask(
                  Net.openConnection(
                      "several", 80, ConnectOptions.DEFAULT.withAttemptDelay(ms(20))));
          await(Async.sleep(ms(100)));
          fast.answer();
          Connection c = await(opening);
          assertEquals(new InetSocketAddress("10.0.0.2", 80), c.remoteAddress());
          assertTrue(slow.closed);
          c.close();
          assertTrue(fast.closed);
        });
  }

  @Test
  void NET_44_addressesAreTriedInTurnUntilOneAnswersAndTheRestNever() {
    run(
        () -> {
          FakeTransport first = fake.at("10.0.0.2");
          fake.host("several", "10.0.0.1", "10.0.0.2", "10.0.0.3");
          Network.CURRENT.set(fake);
          Task<Connection> opening = loop.createTask(Net.openConnection("several", 80));
          settle();
          first.answer();
          await(opening);
          await(Async.sleep(ms(400)));
          assertEquals(List.of("10.0.0.1", "10.0.0.2"), fake.tried());
          assertFalse(first.closed);
        });
  }

  @Test
  void NET_44_ofTwoThatAnswerAtTheSameTimeOneIsClosed() {
    run(
        () -> {
          FakeTransport first = fake.at("10.0.0.1");
          FakeTransport second = fake.at("10.0.0.2");
          fake.host("several", "10.0.0.1", "10.0.0.2");
          Network.CURRENT.set(fake);
          Task<Connection> opening =
              loop.createTask(
                  Net.openConnection(
                      "several", 80, ConnectOptions.DEFAULT.withAttemptDelay(ms(20))));
          await(Async.sleep(ms(100)));
          first.stands = true;
          second.answer();
          first.answer();
          Connection c = await(opening);
          assertEquals(new InetSocketAddress("10.0.0.2", 80), c.remoteAddress());
          assertTrue(first.closed && !second.closed);
        });
  }

  @Test
  void NET_44_whenAllFailOneExceptionNamesEachInTheOrderTried() {
    run(
        () -> {
          FakeTransport first = fake.at("10.0.0.1");
          fake.host("several", "10.0.0.1", "10.0.0.2", "10.0.0.3");
          FakeTransport third = fake.at("10.0.0.3");
          Network.CURRENT.set(fake);
          Task<Connection> opening =
              loop.createTask(
                  Net.openConnection(
                      "several", 80, ConnectOptions.DEFAULT.withAttemptDelay(ms(10))));
          await(Async.sleep(ms(100)));
          third.fail("third");
          first.fail("first");
          ConnectException e = assertThrows(ConnectException.class, () -> await(opening));
          assertEquals(
              "can't connect to several:80: 10.0.0.1:80: first;"
                  + " 10.0.0.2:80: Connection refused; 10.0.0.3:80: third",
              e.getMessage());
          assertEquals(
              List.of("first", "Connection refused", "third"),
              Arrays.stream(e.getSuppressed()).map(Throwable::getMessage).toList());
        });
  }

  @Test
  void NET_45_familiesAreTriedByTurnsAndALateFailureHurriesNobody() {
    run(
        () -> {
          FakeTransport first = fake.at("::1");
          FakeTransport second = fake.at("10.0.0.1");
          FakeTransport third = fake.at("::2");
          FakeTransport fourth = fake.at("10.0.0.2");
          fake.host("both", "::1", "::2", "10.0.0.1", "10.0.0.2");
          Network.CURRENT.set(fake);
          Task<Connection> opening =
              loop.createTask(
                  Net.openConnection("both", 80, ConnectOptions.DEFAULT.withAttemptDelay(ms(400))));
          settle();
          assertEquals(1, fake.tried().size());
          first.fail("refused"); // the last one has failed: the next is tried at once
          assertEquals(List.of("0:0:0:0:0:0:0:1", "10.0.0.1"), fake.tried());
          await(Async.sleep(ms(500)));
          assertEquals(3, fake.tried().size());
          second.fail("refused"); // another one has begun meanwhile
          assertEquals(3, fake.tried().size());
          assertEquals("0:0:0:0:0:0:0:2", fake.tried().get(2));
          third.fail("refused");
          assertEquals(4, fake.tried().size());
          fourth.answer();
          await(opening).close();
        });
  }

  @Test
  void NET_45_anAddressIsTriedAloneForAQuarterOfASecondUnlessOptionsSayElse() {
    run(
        () -> {
          fake.at("10.0.0.1");
          fake.at("::1");
          FakeTransport third = fake.at("10.0.0.2");
          fake.host("both", "10.0.0.1", "10.0.0.2", "::1");
          Network.CURRENT.set(fake);
          for (ConnectOptions options :
              List.of(ConnectOptions.DEFAULT, ConnectOptions.DEFAULT.withAttemptDelay(ms(60)))) {
            fake.attempts().clear();
            Task<Connection> opening = loop.createTask(Net.openConnection("both", 80, options));
            await(Async.sleep(options.attemptDelay().multipliedBy(2).plusMillis(100)));
            third.answer();
            await(opening);
            List<FakeNetwork.Attempt> attempts = fake.attempts();
            assertEquals(List.of("10.0.0.1", "0:0:0:0:0:0:0:1", "10.0.0.2"), fake.tried());
            for (int i = 1; i < attempts.size(); i++) {
              assertWaited(
                  options.attemptDelay(), attempts.get(i).time() - attempts.get(i - 1).time());
            }
          }
          assertEquals(ms(250), ConnectOptions.DEFAULT.attemptDelay());
        });
  }

  @Test
  void NET_46_anAddressOfAFamilyThatIsOffIsPassedOverAndLiteralsAreNeverLookedUp() {
    run(
        () -> {
          FakeTransport fourth = fake.at("10.0.0.1");
          fourth.stands = true;
          fake.host("both", "::1", "10.0.0.1");
          Network.CURRENT.set(fake);
          Connection c = await(Net.openConnection("both", 80));
          assertEquals(new InetSocketAddress("10.0.0.1", 80), c.remoteAddress());
          c.close();
          fake.at("::1").stands = true;
          for (String literal : List.of("::1", "[::1]")) {
            Connection six = await(Net.openConnection(literal, 80));
            assertEquals("[0:0:0:0:0:0:0:1]:80", Texts.of(six.remoteAddress()));
            six.close();
          }
          assertThrows(
              UnknownHostException.class, () -> await(Net.openConnection("not:an:address", 80)));
          assertThrows(
              UnknownHostException.class, () -> await(Net.openConnection("[nonsense]", 80)));
        });
  }

  @Test
  void NET_46_aLiteralKeepsItsScopeAndAnInterfaceThatIsNotThereIsNamed() {
    run(
        () -> {
          fake.at("fe80::1").stands = true;
          Network.CURRENT.set(fake);
          for (String literal : List.of("fe80::1%7", "[fe80::1%7]", "fe80::1")) {
            fake.attempts().clear();
            await(Net.openConnection(literal, 80)).close();
            Inet6Address tried = (Inet6Address) fake.attempts().get(0).address();
            assertEquals(literal.contains("%") ? 7 : 0, tried.getScopeId(), literal);
            assertEquals(List.of(tried), await(Net.lookUp(literal)));
          }
          UnknownHostException e =
              assertThrows(
                  UnknownHostException.class,
                  () -> await(Net.openConnection("fe80::1%nosuch0", 80)));
          assertTrue(e.getMessage().contains("nosuch0"), e.getMessage());
        });
  }

  @Test
  void NET_47_aLocalAddressIsBoundAndMustMatch() {
    run(
        () -> {
          try (Listener listener = network.listen();
              Listener taken = network.listen()) {
            ConnectOptions from =
                ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress(LOOPBACK, 0));
            Connection c = await(Net.openConnection("127.0.0.1", port(listener), from));
            assertEquals(LOOPBACK, ((InetSocketAddress) c.localAddress()).getAddress());
            await(c.exit(null));
            ConnectException unmatched =
                assertThrows(
                    ConnectException.class, () -> await(Net.openConnection("::1", 80, from)));
            assertTrue(unmatched.getMessage().contains("family"), unmatched.getMessage());
            BindException e =
                assertThrows(
                    BindException.class,
                    () ->
                        await(
                            Net.openConnection(
                                "127.0.0.1",
                                port(listener),
                                from.withLocalAddress(taken.address()))));
            assertTrue(e.getMessage().contains("from 127.0.0.1:" + port(taken)), e.getMessage());
          }
        });
  }

  @Test
  void NET_47_onlyAddressesOfTheLocalOnesFamilyAreTried() {
    run(
        () -> {
          fake.host("both", "::1", "10.0.0.1", "::2", "10.0.0.2");
          Network.CURRENT.set(fake);
          ConnectOptions from =
              ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress("10.0.0.9", 0));
          assertThrows(ConnectException.class, () -> await(Net.openConnection("both", 80, from)));
          assertEquals(List.of("10.0.0.1", "10.0.0.2"), fake.tried());
        });
  }

  @Test
  void NET_47_aLocalPortInUseIsNotTriedWithOtherAddresses() {
    run(
        () -> {
          fake.localAddressTaken = true;
          fake.host("several", "10.0.0.1", "10.0.0.2");
          Network.CURRENT.set(fake);
          ConnectOptions from =
              ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress("10.0.0.9", 99));
          assertThrows(BindException.class, () -> await(Net.openConnection("several", 80, from)));
          assertEquals(List.of("10.0.0.1"), fake.tried());
        });
  }

  @Test
  @NeedsKernel("it takes over a channel of the system")
  void NET_48_aConnectedChannelIsTakenOverAndOthersAreLeftAsTheyWere() {
    run(
        () -> {
          try (Listener listener = network.listen()) {
            SocketAddress address = listener.address();
            SocketChannel channel = SocketChannel.open(address);
            Peer peer = listener.accept();
            Connection c = await(Net.openConnection(channel));
            peer.send(bytes("hello\n"));
            assertEquals("hello", await(c.reader().readLine()));
            await(c.exit(null));
            assertFalse(channel.isOpen());
            peer.close();
            assertThrows(ClosedChannelException.class, () -> await(Net.openConnection(channel)));
            try (SocketChannel unconnected = SocketChannel.open()) {
              assertThrows(
                  NotYetConnectedException.class, () -> await(Net.openConnection(unconnected)));
              assertTrue(unconnected.isBlocking());
            }
            try (SocketChannel elsewhere = SocketChannel.open(address);
                Peer accepted = listener.accept();
                Selector selector = Selector.open()) {
              elsewhere.configureBlocking(false);
              elsewhere.register(selector, 0);
              assertThrows(IllegalStateException.class, () -> await(Net.openConnection(elsewhere)));
              assertTrue(elsewhere.isOpen() && accepted.localAddress() != null);
            }
          }
        });
  }

  @Test
  void NET_49_addressesStayAfterTheCloseAndOptionsAreSetByName() {
    run(
        () -> {
          try (Listener listener = network.listen()) {
            SocketAddress address = listener.address();
            Connection c =
                await(
                    Net.openConnection(
                        address,
                        ConnectOptions.DEFAULT.withSocketOption(
                            StandardSocketOptions.SO_KEEPALIVE, true)));
            SocketAddress local = c.localAddress();
            Peer peer = listener.accept();
            assertEquals(address, peer.localAddress());
            assertEquals(peer.remoteAddress(), local);
            await(c.exit(null));
            assertEquals(local, c.localAddress());
            assertEquals(address, c.remoteAddress());
            peer.close();
            assertThrows(
                UnsupportedOperationException.class,
                () ->
                    await(
                        Net.openConnection(
                            address,
                            ConnectOptions.DEFAULT.withSocketOption(
                                StandardSocketOptions.IP_MULTICAST_TTL, 1))));
          }
        });
  }

  @Test
  void NET_49_noDelayIsOnAndNothingElseUnlessOptionsSaySo() {
    run(
        () -> {
          fake.at("10.0.0.1").stands = true;
          fake.host("host", "10.0.0.1");
          Network.CURRENT.set(fake);
          await(Net.openConnection("host", 80)).close();
          ConnectOptions options =
              ConnectOptions.DEFAULT
                  .withSocketOption(StandardSocketOptions.TCP_NODELAY, false)
                  .withSocketOption(StandardSocketOptions.SO_RCVBUF, 9000);
          await(Net.openConnection("host", 80, options)).close();
          assertEquals(
              List.of(
                  Map.of(StandardSocketOptions.TCP_NODELAY, true),
                  Map.of(
                      StandardSocketOptions.TCP_NODELAY,
                      false,
                      StandardSocketOptions.SO_RCVBUF,
                      9000)),
              fake.attempts().stream().map(FakeNetwork.Attempt::options).toList());
        });
  }

  @Test
  @NeedsKernel("the peer is on another loop")
  void NET_55_aLoopThatIsClosedClosesItsConnectionsAndNamesThem() throws Exception {
    SelectorLoop other = new SelectorLoop();
    List<String> subjects = new ArrayList<>();
    other.setExceptionHandler((ignored, context) -> subjects.add(context.subject()));
    try (Listener listener = network.listen()) {
      Connection c = other.runUntilComplete(Net.openConnection(listener.address()));
      other.close();
      assertEquals(1, subjects.size());
      assertTrue(
          subjects.get(0).contains("connection to 127.0.0.1:" + port(listener)), subjects.get(0));
      assertTrue(c.writer().isClosing());
      try (Peer peer = listener.accept()) {
        assertEquals(0, peer.readSome(1).length);
      }
    }
  }

  @Test
  void NET_56_aConnectionThatIsDroppedIsReportedWithItsPlaceAndClosed() {
    loop.setDebug(true);
    run(
        () -> {
          try (Listener listener = network.listen()) {
            drop(listener.address());
            Peer peer = listener.accept();
            while (reports.isEmpty()) {
              System.gc();
              settle();
            }
            assertEquals(1, reports.size());
            assertTrue(
                reports.get(0).message().contains("127.0.0.1:" + port(listener)),
                reports.toString());
            String place = Arrays.toString(reports.get(0).createdAt().getStackTrace());
            assertTrue(place.contains("ConnectionTest.drop"), place);
            assertEquals(0, peer.readSome(1).length);
            peer.close();
          }
        });
  }

  private static void drop(SocketAddress address) {
    await(Net.openConnection(address));
  }

  @Test
  void NET_56_aConnectionThatATaskReadsIsNotDropped() {
    run(
        () -> {
          try (Listener listener = network.listen()) {
            Task<byte[]> reading =
                loop.createTask(await(Net.openConnection(listener.address())).reader().read(5));
            Peer peer = listener.accept();
            for (int i = 0; i < 5; i++) {
              System.gc();
              settle();
            }
            peer.send(bytes("hello"));
            assertEquals("hello", text(await(reading)));
            assertEquals(List.of(), reports);
            peer.close();
          }
        });
  }

  @Test
  @NeedsKernel("it is about threads")
  void NET_58_aConnectionBelongsToItsLoopAndThread() throws Exception {
    SelectorLoop other = new SelectorLoop();
    try (Listener listener = network.listen()) {
      Connection c = other.runUntilComplete(Net.openConnection(listener.address()));
      run(
          () -> {
            assertThrows(IllegalArgumentException.class, () -> await(c.reader().read(1)));
            assertThrows(IllegalArgumentException.class, () -> await(c.writer().drain()));
            assertThrows(IllegalArgumentException.class, () -> await(c.whenClosed()));
          });
      other.setDebug(true);
      other.runUntilComplete(
          coroVoid(
              () -> {
                var wrong =
                    SystemSockets.inThread(
                        () ->
                            assertThrows(IllegalStateException.class, () -> c.writer().write("x"))
                                .getMessage());
                String message = wrong.join(); // the body's thread counts as the loop's meanwhile
                String own = Thread.currentThread().getName();
                assertTrue(message.contains("peer"), message);
                assertTrue(message.contains(own), message);
              }));
      other.runUntilComplete(c.exit(null));
    }
    other.close();
  }

  @Test
  void aTaskThatWaitsForAConnectionSaysSo() {
    run(
        () -> {
          try (Pair pair = pair()) {
            String address = Texts.of(pair.ours().remoteAddress());
            Task<byte[]> reading = loop.createTask(pair.reader().read(5));
            pair.writer().write(new byte[50_000_000]);
            Task<Void> draining = loop.createTask(pair.writer().drain());
            settle();
            String graph = formatCallGraph(reading);
            assertTrue(graph.contains("Waits for data from " + address), graph);
            assertTrue(graph.contains("io.fermata.net.StreamReader.read"), graph);
            graph = formatCallGraph(draining);
            assertTrue(graph.contains("Waits for room to send to " + address), graph);
            assertTrue(reading.toString().contains("waiting for data from " + address));
            reading.cancel();
            draining.cancel();
          }
        });
  }

  @Test
  void lookUpGivesTheAddressesOfNamesAndLiterals() {
    run(
        () -> {
          assertTrue(
              await(Net.lookUp("localhost")).stream().allMatch(InetAddress::isLoopbackAddress));
          assertEquals(List.of(LOOPBACK), await(Net.lookUp("127.0.0.1")));
          assertThrows(UnknownHostException.class, () -> await(Net.lookUp("no-such-host.invalid")));
        });
  }

  @Test
  void aConnectionIsAScopeThatGivesBackWhatItsBlockThrew(@TempDir Path unused) {
    assertTrue(Files.isDirectory(unused));
    run(
        () -> {
          try (Pair pair = pair()) {
            IOException failure = new IOException("body");
            assertSame(failure, await(pair.ours().exit(failure)));
          }
        });
  }
}
