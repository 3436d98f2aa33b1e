package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Co;
import io.fermata.ContextVar;
import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.internal.net.Acceptor;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import io.fermata.net.TestNetwork.Peer;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Server}, with plain sockets as clients. */
class ServerTest extends NetTests {

  /** Sends each line back. */
  private static Coro<?> echo(StreamReader reader, StreamWriter writer) {
    return coroVoid(
        "echo",
        () -> {
          for (String line; (line = await(reader.readLine())) != null; ) {
            writer.write(line + "\n");
            await(writer.drain());
          }
        });
  }

  private static StreamHandler handler(HandlerBody body) {
    return (reader, writer) -> coroVoid("handler", () -> body.run(reader, writer));
  }

  private interface HandlerBody {
    void run(StreamReader reader, StreamWriter writer) throws Throwable;
  }

  private static Server start(StreamHandler handler) {
    return start(handler, ServerOptions.DEFAULT);
  }

  private static Server start(StreamHandler handler, ServerOptions options) {
    return await(Net.startServer(handler, "127.0.0.1", 0, options));
  }

  private static InetSocketAddress address(Server server) {
    return (InetSocketAddress) server.addresses().get(0);
  }

  private Peer client(Server server) throws IOException {
    return client(address(server));
  }

  private Peer client(InetSocketAddress address) throws IOException {
    return network.connect(address);
  }

  private String ask(Peer client, String line) {
    return result(
        peer(
            () -> {
              client.send(bytes(line + "\n"));
              return read(client, line.length() + 1);
            }));
  }

  @Test
  void SRV_01_aHandlerServesItsClientAndTheServerCloses() {
    run(
        () ->
            with(
                start(
                    handler(
                        (reader, writer) -> {
                          writer.write(await(reader.readLine()) + "\n");
                          await(writer.drain());
                          writer.close();
                          await(writer.whenClosed());
                        })),
                () -> {}));
    run(
        () -> {
          Server server = start(ServerTest::echo);
          with(
              server,
              () -> {
                try (Peer client = client(server)) {
                  assertEquals("hello\n", ask(client, "hello"));
                  assertEquals(1, server.connections().size());
                  client.shutdownOutput();
                  assertEquals(0, result(peer(() -> readAll(client))).length);
                }
              });
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_01_aHandlerMayLeaveItsConnectionToATaskOfItsOwn() {
    run(
        () -> {
          List<Task<?>> tasks = new ArrayList<>();
          Server server =
              start(
                  handler(
                      (reader, writer) -> {
                        Connection connection = writer.connection();
                        connection.detach();
                        tasks.add(
                            EventLoop.running()
                                .createTask(
                                    coroVoid(
                                        () ->
                                            with(connection, () -> await(echo(reader, writer))))));
                      }));
          with(
              server,
              () -> {
                try (Peer client = client(server)) {
                  assertEquals("hello\n", ask(client, "hello"));
                  settle();
                  assertEquals("again\n", ask(client, "again"));
                  assertEquals(1, server.connections().size());
                }
              });
          for (Task<?> task : tasks) {
            await(task);
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_02_theSameOverAUnixSocket(@TempDir Path folder) {
    run(
        () -> {
          UnixDomainSocketAddress path = UnixDomainSocketAddress.of(folder.resolve("socket"));
          with(
              await(Net.startServer(ServerTest::echo, path)),
              () -> {
                Connection c = await(Net.openConnection(path));
                with(
                    c,
                    () -> {
                      c.writer().write("hello\n");
                      assertEquals("hello", await(c.reader().readLine()));
                    });
              });
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_03_portZeroIsToldAndSharedByAllAddressesOfAHost() {
    run(
        () -> {
          Server server = await(Net.startServer(ServerTest::echo, "localhost", 0));
          with(
              server,
              () -> {
                List<Integer> ports = new ArrayList<>();
                for (SocketAddress each : server.addresses()) {
                  ports.add(((InetSocketAddress) each).getPort());
                  try (Peer client = client((InetSocketAddress) each)) {
                    assertEquals("hello\n", ask(client, "hello"));
                  }
                }
                assertEquals(1, ports.stream().distinct().count());
                assertTrue(ports.get(0) > 0);
              });
        });
  }

  @Test
  void SRV_04_noHostIsAllInterfacesAndAnAddressItsOwnFamily() {
    run(
        () -> {
          Server all = await(Net.startServer(ServerTest::echo, "", 0));
          with(
              all,
              () -> {
                for (InetAddress each : await(Net.lookUp("localhost"))) {
                  try (Peer client = client(new InetSocketAddress(each, address(all).getPort()))) {
                    assertEquals("hello\n", ask(client, "hello"));
                  }
                }
              });
          Server four = await(Net.startServer(ServerTest::echo, "0.0.0.0", 0));
          with(
              four,
              () -> {
                int port = address(four).getPort();
                try (Peer client = client(new InetSocketAddress(LOOPBACK, port))) {
                  assertEquals("hello\n", ask(client, "hello"));
                }
                byte[] six = new byte[16];
                six[15] = 1;
                assertThrows(
                    IOException.class,
                    () -> client(new InetSocketAddress(InetAddress.getByAddress(six), port)));
                assertThrows(
                    BindException.class,
                    () -> await(Net.startServer(ServerTest::echo, "0.0.0.0", port)));
              });
        });
  }

  @Test
  void SRV_05_aPortThatIsTakenIsNamedAndOneInTimeWaitIsNot() {
    run(
        () -> {
          Server server = start(ServerTest::echo);
          InetSocketAddress address = address(server);
          BindException e =
              assertThrows(
                  BindException.class, () -> await(Net.startServer(ServerTest::echo, address)));
          assertTrue(e.getMessage().contains(Texts.of(address)), e.getMessage());
          try (Peer client = client(server)) {
            assertEquals("hello\n", ask(client, "hello"));
            server.closeClients(); // this side closes first, and has the TIME_WAIT
            server.close();
            result(peer(() -> readAll(client)));
          }
          await(server.whenClosed());
          Server again = await(Net.startServer(ServerTest::echo, address));
          assertEquals(List.of(address), again.addresses());
          again.close();
          await(again.whenClosed());
        });
  }

  @Test
  void SRV_05_thePortIsFreeAsSoonAsTheServerIsClosed() {
    run(
        () -> {
          Server server = start(ServerTest::echo);
          InetSocketAddress address = address(server);
          settle();
          server.close();
          assertThrows(ConnectException.class, () -> client(address));
          Server again = await(Net.startServer(ServerTest::echo, address));
          try (Peer client = client(again)) {
            assertEquals("hello\n", ask(client, "hello"));
          }
          again.close();
          Server last = await(Net.startServer(ServerTest::echo, address));
          last.close();
          await(last.whenClosed());
        });
  }

  @Test
  void SRV_06_reusePortLetsTwoServersShareOne() {
    run(
        () -> {
          ServerOptions shared = ServerOptions.DEFAULT.withReusePort();
          Server first = start(ServerTest::echo, shared);
          Server second = await(Net.startServer(ServerTest::echo, address(first), shared));
          assertEquals(first.addresses(), second.addresses());
          first.close();
          await(first.whenClosed());
          try (Peer client = client(second)) {
            assertEquals("hello\n", ask(client, "hello"));
          }
          second.close();
        });
  }

  @Test
  void SRV_06_reusePortIsRefusedWhereItIsMissingAndNothingIsBound(@TempDir Path folder) {
    run(
        () -> {
          UnixDomainSocketAddress path = UnixDomainSocketAddress.of(folder.resolve("socket"));
          ServerOptions shared = ServerOptions.DEFAULT.withReusePort();
          assertThrows(
              UnsupportedOperationException.class,
              () -> await(Net.startServer(ServerTest::echo, path, shared)));
          Server server = await(Net.startServer(ServerTest::echo, path));
          server.close();
        });
  }

  @Test
  void SRV_07_aServerThatIsNotStartedLetsClientsWait() {
    run(
        () -> {
          Server server = start(ServerTest::echo, ServerOptions.DEFAULT.withoutServing());
          with(
              server,
              () -> {
                assertFalse(server.isServing());
                try (Peer client = client(server)) {
                  settle();
                  assertEquals(0, server.connections().size());
                  server.startServing();
                  server.startServing();
                  assertTrue(server.isServing());
                  assertEquals("hello\n", ask(client, "hello"));
                }
              });
        });
  }

  @Test
  void SRV_08_serveForeverClosesTheServerWhenItIsCancelled() {
    run(
        () -> {
          Server server = start(ServerTest::echo, ServerOptions.DEFAULT.withoutServing());
          Task<Void> forever = loop.createTask(server.serveForever());
          settle();
          assertTrue(server.isServing());
          assertTrue(
              forever.toString().contains("waiting for clients of the server at 127.0.0.1:"),
              forever.toString());
          assertThrows(IllegalStateException.class, () -> await(server.serveForever()));
          forever.cancel();
          assertThrows(CancelledError.class, () -> await(forever));
          assertFalse(server.isServing());
          assertEquals(List.of(), server.addresses());
          IllegalStateException e =
              assertThrows(IllegalStateException.class, () -> await(server.serveForever()));
          assertTrue(e.getMessage().contains("closed"), e.getMessage());
        });
  }

  @Test
  void SRV_08_serveForeverEndsWhenTheServerIsClosed() {
    run(
        () -> {
          Server server = start(ServerTest::echo);
          Task<Void> forever = loop.createTask(server.serveForever());
          settle();
          server.close();
          await(forever);
        });
  }

  @Test
  void SRV_09_closeEndsListeningAndWhenClosedWaitsForTheLastConnection() {
    run(
        () -> {
          Server server = start(ServerTest::echo);
          InetSocketAddress address = address(server);
          Task<Void> before = loop.createTask(server.whenClosed());
          try (Peer client = client(server)) {
            assertEquals("one\n", ask(client, "one"));
            server.close();
            server.close();
            settle();
            assertThrows(ConnectException.class, () -> client(address));
            assertEquals("two\n", ask(client, "two"));
            assertFalse(before.isDone());
          }
          await(before);
          await(server.whenClosed());
        });
  }

  @Test
  void SRV_10_closeClientsLetsHandlersReadTheEnd() {
    run(
        () -> {
          List<String> log = new ArrayList<>();
          Server server =
              start(
                  handler(
                      (reader, writer) -> {
                        writer.write("welcome\n");
                        log.add("read " + await(reader.readLine()));
                        writer.write("more");
                        try {
                          await(writer.drain());
                        } catch (Throwable t) {
                          log.add(t.getClass().getSimpleName());
                        }
                      }));
          try (Peer client = client(server)) {
            settle();
            server.close();
            server.closeClients();
            await(waitFor(server.whenClosed(), Duration.ofSeconds(5)));
            assertEquals(List.of("read null", "ConnectionClosedException"), log);
            assertEquals("welcome\n", text(result(peer(() -> readAll(client)))));
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_11_abortClientsResetsAlsoThoseWhoDoNotRead() {
    run(
        () -> {
          Server server =
              start(
                  handler(
                      (reader, writer) -> {
                        writer.write(new byte[50_000_000]);
                        try {
                          await(writer.drain());
                        } catch (Throwable t) {
                          assertInstanceOf(ConnectionClosedException.class, t);
                        }
                      }));
          try (Peer client = client(server)) {
            settle();
            server.close();
            server.abortClients();
            await(waitFor(server.whenClosed(), Duration.ofSeconds(5)));
            assertThrows(SocketException.class, () -> readAll(client));
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_12_leavingTheBlockGivesGraceThenEndsTheInputThenCancels() {
    run(
        () -> {
          List<String> log = new ArrayList<>();
          Server server =
              start(
                  handler(
                      (reader, writer) -> {
                        String line = await(reader.readLine());
                        log.add("read " + line);
                        try {
                          await(sleep(Duration.ofHours(1)));
                        } finally {
                          log.add("finally");
                        }
                      }),
                  ServerOptions.DEFAULT.withShutdownGrace(ms(100)));
          try (Peer idle = client(server)) {
            with(server, () -> settle());
            assertEquals(List.of("read null", "finally"), log);
            assertThrows(SocketException.class, () -> idle.readSome(1));
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_12_aHandlerThatEndsWithinTheGraceIsNotDisturbed() {
    run(
        () -> {
          Server server =
              start(
                  handler(
                      (reader, writer) -> {
                        String line = await(reader.readLine());
                        await(sleep(ms(200)));
                        writer.write(line + " " + await(reader.readLine()) + "\n");
                      }),
                  ServerOptions.DEFAULT.withShutdownGrace(Duration.ofSeconds(20)));
          try (Peer client = client(server)) {
            client.send(bytes("first\n"));
            Promise<String> answer =
                peer(
                    () -> {
                      network.pause(ms(100)); // the block has been left by then
                      client.send(bytes("second\n"));
                      return text(readAll(client));
                    });
            long start = loop.time();
            with(server, () -> settle());
            assertTrue(loop.time() - start < Duration.ofSeconds(10).toNanos(), "it waits on");
            assertEquals("first second\n", result(answer));
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_12_anIdleClientDoesNotHoldUpTheEnd() {
    run(
        () -> {
          Server server = start(ServerTest::echo, ServerOptions.DEFAULT.withShutdownGrace(ms(50)));
          try (Peer idle = client(server)) {
            with(server, () -> settle());
            assertEquals(0, result(peer(() -> readAll(idle))).length);
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_13_aCancellationEndsAllHandlersBeforeItComesOut() {
    run(
        () -> {
          List<String> log = new ArrayList<>();
          Server server =
              start(
                  handler(
                      (reader, writer) -> {
                        try {
                          await(reader.readLine());
                        } finally {
                          await(sleep(ms(10)));
                          log.add("finally");
                        }
                      }));
          try (Peer first = client(server);
              Peer second = client(server)) {
            Task<Void> serving = taskVoid(() -> with(server, () -> await(server.serveForever())));
            settle();
            assertEquals(2, server.connections().size());
            serving.cancel();
            assertThrows(CancelledError.class, () -> await(serving));
            assertEquals(List.of("finally", "finally"), log);
            assertEquals(0, server.connections().size());
            assertThrows(SocketException.class, () -> readAll(first));
            assertThrows(SocketException.class, () -> readAll(second));
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_13_aCancellationWhileTheHandlersEndKeepsTheFailureOfTheBlock() {
    run(
        () -> {
          Server server =
              start(
                  handler(
                      (reader, writer) -> {
                        try {
                          await(reader.readLine());
                        } finally {
                          await(sleep(ms(50)));
                        }
                      }));
          IOException failure = new IOException("of the block");
          try (Peer client = client(server)) {
            Task<Void> serving =
                taskVoid(
                    () ->
                        with(
                            server,
                            () -> {
                              settle();
                              throw failure;
                            }));
            while (server.isServing()) {
              settle();
            }
            serving.cancel();
            CancelledError e = assertThrows(CancelledError.class, () -> await(serving));
            assertSame(failure, e.getSuppressed()[0]);
            assertEquals(0, server.connections().size());
            assertThrows(SocketException.class, () -> readAll(client));
          }
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_14_aHandlerThatThrowsIsReportedOnceAndTheOthersGoOn() {
    run(
        () -> {
          Server server =
              start(
                  handler(
                      (reader, writer) -> {
                        String line = await(reader.readLine());
                        if (line.equals("fail")) {
                          throw new IllegalStateException("broken");
                        }
                        writer.write(line + "\n");
                        await(reader.readLine());
                      }));
          with(
              server,
              () -> {
                try (Peer good = client(server);
                    Peer bad = client(server)) {
                  bad.send(bytes("fail\n"));
                  assertEquals(0, result(peer(() -> readAll(bad))).length);
                  assertEquals("good\n", ask(good, "good"));
                  assertEquals(1, reports.size());
                  assertEquals("broken", reports.get(0).exception().getMessage());
                  assertTrue(
                      reports.get(0).message().contains("127.0.0.1:" + localPort(bad)),
                      reports.toString());
                }
              });
        });
    assertEquals(1, reports.size());
  }

  @Test
  void SRV_14_aFatalErrorOfAHandlerBreaksOut() throws IOException {
    OutOfMemoryError fatal = new OutOfMemoryError("test");
    Peer[] client = new Peer[1];
    OutOfMemoryError thrown =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                run(
                    () -> {
                      Server server =
                          start(
                              handler(
                                  (reader, writer) -> {
                                    throw fatal;
                                  }));
                      client[0] = client(server);
                      await(server.serveForever());
                    }));
    assertSame(fatal, thrown);
    loop.close();
    client[0].close();
  }

  @Test
  void SRV_14_aHandlerThatGivesNoCoroutineIsReported() {
    run(
        () -> {
          Server server = start((reader, writer) -> null);
          with(
              server,
              () -> {
                try (Peer client = client(server)) {
                  assertEquals(0, result(peer(() -> readAll(client))).length);
                }
              });
        });
    assertInstanceOf(NullPointerException.class, reports.get(0).exception());
  }

  @Test
  void SRV_15_acceptPausesWhenDescriptorsHaveRunOutAndReportsItOnce() {
    run(
        () -> {
          int[] attempts = {0};
          boolean[] exhausted = {true};
          Listening listening =
              new Listening(
                  loop,
                  ServerTest::echo,
                  ServerOptions.DEFAULT,
                  io.fermata.Context.copyOfCurrent(),
                  null);
          Listening.Door door = listening.newDoor();
          int[] interest = {0};
          door.open(
              new Acceptor() {
                @Override
                public Transport accept() throws IOException {
                  attempts[0]++;
                  if (exhausted[0]) {
                    throw new IOException("Too many open files");
                  }
                  return null;
                }

                @Override
                public void interest(int operations) {
                  interest[0] = operations;
                }

                @Override
                public void close() {}

                @Override
                public SocketAddress localAddress() {
                  return new InetSocketAddress(LOOPBACK, 80);
                }
              });
          ReadyListener asSelector = door;
          listening.startServing();
          long end = loop.time() + ms(2500).toNanos();
          while (loop.time() < end) {
            if (interest[0] != 0) {
              asSelector.ready(Transport.ACCEPT);
            }
            await(sleep(ms(1)));
          }
          assertTrue(attempts[0] >= 4 && attempts[0] <= 6, "attempts: " + attempts[0]);
          assertEquals(1, reports.size());
          assertTrue(reports.get(0).message().contains("127.0.0.1:80"), reports.toString());
          exhausted[0] = false;
          await(sleep(ms(1100)));
          assertEquals(Transport.ACCEPT, interest[0]);
          listening.close();
        });
  }

  /** The network below, whose servers are watched, and find no descriptor if the test says so. */
  private static final class WatchedNetwork extends FakeNetwork {
    private final Network below;
    boolean exhausted;
    int attempts;
    int interest;

    WatchedNetwork(Network below) {
      this.below = below;
    }

    @Override
    public Acceptor listen(
        SocketAddress local,
        int backlog,
        Map<SocketOption<?>, Object> options,
        Map<SocketOption<?>, Object> ofConnections,
        ReadyListener listener)
        throws IOException {
      Acceptor acceptor = below.listen(local, backlog, options, ofConnections, listener);
      return new Acceptor() {
        @Override
        public Transport accept() throws IOException {
          if (exhausted) {
            attempts++;
            throw new IOException("Too many open files");
          }
          return acceptor.accept();
        }

        @Override
        public void interest(int operations) {
          interest = operations;
          acceptor.interest(operations);
        }

        @Override
        public void close() {
          acceptor.close();
        }

        @Override
        public SocketAddress localAddress() {
          return acceptor.localAddress();
        }
      };
    }
  }

  @Test
  void SRV_15_clientsAreServedAndOthersWaitWhileDescriptorsHaveRunOut() {
    run(
        () -> {
          WatchedNetwork machine = new WatchedNetwork(Hosts.network());
          Network.CURRENT.set(machine);
          Server server = start(ServerTest::echo);
          with(
              server,
              () -> {
                for (int round = 1; round <= 2; round++) {
                  try (Peer open = client(server)) {
                    assertEquals("before\n", ask(open, "before"));
                    machine.exhausted = true;
                    machine.attempts = 0;
                    try (Peer late = client(server)) {
                      late.send(bytes("late\n"));
                      await(sleep(ms(1500)));
                      assertEquals("meanwhile\n", ask(open, "meanwhile"));
                      assertEquals(1, server.connections().size());
                      assertEquals(round, reports.size());
                      assertTrue(machine.attempts <= 4, "attempts: " + machine.attempts);
                      machine.exhausted = false;
                      assertEquals("late\n", result(peer(() -> read(late, 5))));
                    }
                  }
                }
              });
        });
    assertEquals(2, reports.size(), "one for each time");
  }

  @Test
  void SRV_16_noMoreConnectionsThanTheOptionsSayAreServedAtATime() {
    run(
        () -> {
          Server server = start(ServerTest::echo, ServerOptions.DEFAULT.withMaxConnections(2));
          with(
              server,
              () -> {
                Peer first = client(server);
                try (Peer second = client(server);
                    Peer third = client(server)) {
                  assertEquals("one\n", ask(first, "one"));
                  assertEquals("two\n", ask(second, "two"));
                  third.send(bytes("three\n"));
                  settle();
                  assertEquals(2, server.connections().size());
                  first.close();
                  assertEquals("three\n", result(peer(() -> read(third, 6))));
                  assertEquals(2, server.connections().size());
                }
              });
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_16_aServerThatIsFullDoesNotAskTheSystemForClients() {
    run(
        () -> {
          WatchedNetwork machine = new WatchedNetwork(Hosts.network());
          Network.CURRENT.set(machine);
          Server server = start(ServerTest::echo, ServerOptions.DEFAULT.withMaxConnections(1));
          with(
              server,
              () -> {
                assertEquals(Transport.ACCEPT, machine.interest);
                Peer first = client(server);
                assertEquals("one\n", ask(first, "one"));
                assertEquals(0, machine.interest);
                first.close();
                settle();
                assertEquals(Transport.ACCEPT, machine.interest);
              });
        });
  }

  @Test
  void connectionsAreToldInTheOrderInWhichTheyCame() {
    run(
        () -> {
          Server server = start(ServerTest::echo);
          with(
              server,
              () -> {
                List<Peer> clients = new ArrayList<>();
                List<SocketAddress> expected = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                  Peer client = client(server);
                  clients.add(client);
                  assertEquals("here\n", ask(client, "here"));
                  expected.add(client.localAddress());
                }
                clients.remove(3).close();
                expected.remove(3);
                settle();
                assertEquals(
                    expected,
                    server.connections().stream().map(Connection::remoteAddress).toList());
                for (Peer client : clients) {
                  client.close();
                }
              });
        });
  }

  @Test
  void SRV_17_aClientThatTricklesIsEndedAtTheReadLimit() {
    run(
        () -> {
          Server server = start(ServerTest::echo, ServerOptions.DEFAULT.withReadLimit(ms(500)));
          with(
              server,
              () -> {
                try (Peer good = client(server);
                    Peer slow = client(server)) {
                  while (server.connections().size() < 2) {
                    await(sleep(ms(1)));
                  }
                  Task<Void> trickling =
                      taskVoid(
                          () -> {
                            while (server.connections().size() == 2) {
                              slow.send(bytes("x"));
                              await(sleep(ms(60)));
                            }
                          });
                  assertEquals("good\n", ask(good, "good"));
                  while (reports.isEmpty()) {
                    assertEquals("good\n", ask(good, "good"));
                    await(sleep(ms(20)));
                  }
                  assertEquals("good\n", ask(good, "good"));
                  assertEquals(1, server.connections().size());
                  assertTrue(
                      reports.get(0).message().contains("127.0.0.1:" + localPort(slow)),
                      reports.toString());
                  trickling.cancel();
                }
              });
        });
    assertEquals(
        1, reports.stream().filter(r -> r.exception() instanceof AsyncTimeoutException).count());
  }

  private interface Reading {
    Object of(StreamReader reader) throws IOException;
  }

  /** Each way of reading that wants more than a client gives who sends a byte now and then. */
  private static final List<Reading> READINGS =
      List.of(
          reader -> await(reader.readLine()),
          reader -> await(reader.readExactly(100)),
          reader -> await(reader.readUntil(bytes(";"))),
          reader -> await(reader.readAll()));

  @Test
  void SRV_17_eachWayOfReadingEndsAtTheReadLimitAndAHandlerMayGoOn() {
    for (Reading reading : READINGS) {
      run(
          () -> {
            long[] took = {0};
            Server server =
                start(
                    handler(
                        (reader, writer) -> {
                          assertEquals("x", text(await(reader.readExactly(1)))); // within its limit
                          long start = loop.time();
                          AsyncTimeoutException e =
                              assertThrows(AsyncTimeoutException.class, () -> reading.of(reader));
                          took[0] = loop.time() - start;
                          writer.write(e.getMessage() + "\n");
                        }),
                    ServerOptions.DEFAULT.withReadLimit(ms(150)));
            with(
                server,
                () -> {
                  try (Peer slow = client(server)) {
                    Promise<byte[]> answer = peer(() -> readAll(slow));
                    while (!answer.isDone()) {
                      try {
                        slow.send(bytes("x"));
                      } catch (IOException e) {
                        break; // it was told already
                      }
                      await(sleep(ms(40)));
                    }
                    String told = text(result(answer));
                    assertTrue(told.contains("127.0.0.1:" + localPort(slow)), told);
                  }
                });
            assertTrue(took[0] >= ms(150).toNanos(), Duration.ofNanos(took[0]).toString());
            if (loop instanceof VirtualTimeLoop) {
              assertEquals(ms(150), Duration.ofNanos(took[0]));
            }
          });
    }
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_17_aClientThatDoesNotReadIsEndedAtTheWriteLimit() {
    run(
        () -> {
          Server server =
              start(
                  handler(
                      (reader, writer) -> {
                        writer.write(new byte[50_000_000]);
                        await(writer.drain());
                      }),
                  ServerOptions.DEFAULT.withWriteLimit(ms(100)));
          with(
              server,
              () -> {
                try (Peer client = client(server)) {
                  while (reports.isEmpty()) {
                    await(sleep(ms(20)));
                  }
                  settle(); // a channel is closed when the selector has let go of it
                  assertThrows(SocketException.class, () -> readAll(client));
                }
              });
        });
    assertInstanceOf(AsyncTimeoutException.class, reports.get(0).exception());
  }

  @Test
  void SRV_17_aClientThatLeavesTheRestUnreadIsEndedAtTheWriteLimit() {
    HandlerBody closes = (reader, writer) -> writer.close();
    HandlerBody returns = (reader, writer) -> {};
    for (HandlerBody end : List.of(closes, returns)) {
      run(
          () -> {
            Server server =
                start(
                    handler(
                        (reader, writer) -> {
                          writer.write(new byte[50_000_000]);
                          end.run(reader, writer);
                        }),
                    ServerOptions.DEFAULT.withWriteLimit(ms(100)));
            with(
                server,
                () -> {
                  try (Peer client = client(server)) {
                    while (server.connections().isEmpty()) {
                      await(sleep(ms(1)));
                    }
                    server.close();
                    await(waitFor(server.whenClosed(), ms(5_000)));
                    assertThrows(SocketException.class, () -> readAll(client));
                  }
                });
          });
    }
    assertEquals(List.of(), reports);
  }

  @Test
  @NeedsKernel("it takes over a channel of the system")
  void SRV_18_aChannelThatListensIsTakenOver() {
    run(
        () -> {
          ServerSocketChannel channel = ServerSocketChannel.open();
          assertThrows(
              NotYetBoundException.class, () -> await(Net.startServer(ServerTest::echo, channel)));
          channel.bind(new InetSocketAddress(LOOPBACK, 0));
          Server server = await(Net.startServer(ServerTest::echo, channel));
          with(
              server,
              () -> {
                try (Peer client = client(server)) {
                  assertEquals("hello\n", ask(client, "hello"));
                }
              });
          assertFalse(channel.isOpen());
          assertThrows(
              ClosedChannelException.class,
              () -> await(Net.startServer(ServerTest::echo, channel)));
        });
  }

  @Test
  @NeedsKernel("the simulated network has no socket files")
  void SRV_19_aDeadSocketFileIsReplacedAndNothingElseIs(@TempDir Path folder) {
    run(
        () -> {
          Path path = folder.resolve("socket");
          UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
          try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(address);
          }
          assertTrue(Files.exists(path));
          Server server = await(Net.startServer(ServerTest::echo, address));
          BindException alive =
              assertThrows(
                  BindException.class, () -> await(Net.startServer(ServerTest::echo, address)));
          assertTrue(alive.getMessage().contains("unix:" + path), alive.getMessage());
          assertEquals(List.of(address), server.addresses());
          server.close();
          Path file = Files.writeString(folder.resolve("file"), "text");
          assertThrows(
              BindException.class,
              () -> await(Net.startServer(ServerTest::echo, UnixDomainSocketAddress.of(file))));
          assertEquals("text", Files.readString(file));
        });
  }

  @Test
  @NeedsKernel("the simulated network has no socket files")
  void SRV_20_aUnixServerRemovesItsFileAndNoOther(@TempDir Path folder) {
    run(
        () -> {
          Path path = folder.resolve("socket");
          UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
          Server server = await(Net.startServer(ServerTest::echo, address));
          server.close();
          assertFalse(Files.exists(path));

          Server gone = await(Net.startServer(ServerTest::echo, address));
          Files.delete(path);
          gone.close();

          Server replaced = await(Net.startServer(ServerTest::echo, address));
          Files.move(path, folder.resolve("moved"));
          Server other = await(Net.startServer(ServerTest::echo, address));
          replaced.close();
          assertTrue(Files.exists(path));
          other.close();
          assertFalse(Files.exists(path));

          Server keeping =
              await(
                  Net.startServer(
                      ServerTest::echo, address, ServerOptions.DEFAULT.withSocketFileKept()));
          keeping.close();
          assertTrue(Files.exists(path));
          Files.delete(path);

          ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
          channel.bind(address);
          await(Net.startServer(ServerTest::echo, channel)).close();
          assertFalse(Files.exists(path));
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void SRV_21_eachHandlerHasACopyOfTheContextAndANameWithItsClient() {
    ContextVar<String> user = ContextVar.named("user");
    run(
        () -> {
          List<String> log = new ArrayList<>();
          user.set("ann");
          Server server =
              start(
                  handler(
                      (reader, writer) -> {
                        log.add(user.get());
                        user.set("bob");
                        log.add(io.fermata.Async.currentTask().getName());
                      }));
          user.set("eve");
          with(
              server,
              () -> {
                for (int i = 0; i < 2; i++) {
                  try (Peer client = client(server)) {
                    result(peer(() -> readAll(client)));
                    assertEquals("ann", log.get(0));
                    assertTrue(log.get(1).contains("127.0.0.1:" + localPort(client)), log.get(1));
                    log.clear();
                  }
                }
              });
          assertEquals("eve", user.get());
        });
  }

  @Test
  void aHandlerMayCloseItsOwnServer() {
    run(
        () -> {
          Server[] server = new Server[1];
          server[0] =
              start(
                  handler(
                      (reader, writer) -> {
                        server[0].close();
                        writer.write("bye");
                      }));
          with(
              server[0],
              () -> {
                Task<Void> forever = loop.createTask(server[0].serveForever());
                try (Peer client = client(server[0])) {
                  assertEquals("bye", text(result(peer(() -> readAll(client)))));
                }
                await(forever);
              });
        });
    assertEquals(List.of(), reports);
  }

  @Test
  void aHandlerThatIsCancelledBeforeItBeginsLeavesNoConnection() {
    run(
        () -> {
          Server server = start(ServerTest::echo);
          try (Peer client = client(server)) {
            while (server.connections().isEmpty()) {
              await(sleep(Duration.ZERO));
            }
            Co.coroVoid(() -> {}).close();
            await(server.exit(new IllegalStateException("at once")));
            assertEquals(0, server.connections().size());
            assertThrows(SocketException.class, () -> readAll(client));
          }
        });
  }
}
