package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.AsyncTimeoutException;
import io.fermata.Co;
import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import io.fermata.SelectorLoop;
import io.fermata.Task;
import io.fermata.testing.DeadlockException;
import io.fermata.testing.Host;
import io.fermata.testing.SimulatedNetwork;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link SimulatedNetwork}: hosts, time, and what goes wrong. */
@Timeout(30)
class SimulatedNetworkTest {
  private static final int PORT = 80;

  private final SimulatedNetwork net = SimulatedNetwork.seeded(42);
  private final Host app = net.host("app", "10.0.0.1");
  private final Host db = net.host("db", "10.0.0.2");
  private final List<Object> log = new ArrayList<>();
  private final List<ExceptionContext> reports = new ArrayList<>();

  private interface Handler {
    void run(StreamReader reader, StreamWriter writer) throws Throwable;
  }

  /** Runs a body that steers the network. */
  private void run(Co.VoidBody body) {
    net.run(
        coroVoid(
            "main",
            () -> {
              EventLoop.running().setExceptionHandler((ignored, context) -> reports.add(context));
              body.run();
            }));
  }

  private static <T> T on(Host host, Co.Body<T> body) {
    return await(host.createTask(coro(host.name(), body)));
  }

  private Server serve(Handler handler) {
    return on(
        db,
        () ->
            await(
                Net.startServer(
                    (reader, writer) -> coroVoid("handler", () -> handler.run(reader, writer)),
                    "",
                    PORT,
                    ServerOptions.DEFAULT.withShutdownGrace(Duration.ZERO))));
  }

  private Connection connect() {
    return on(app, () -> await(Net.openConnection("db", PORT)));
  }

  private static void echo(StreamReader reader, StreamWriter writer) throws Throwable {
    for (String line; (line = await(reader.readLine())) != null; ) {
      writer.write(line + "\n");
      await(writer.drain());
    }
  }

  private static void eachRead(StreamReader reader, IntConsumer sizes) {
    int size = await(reader.read(100_000)).length;
    while (size > 0) {
      sizes.accept(size);
      size = await(reader.read(100_000)).length;
    }
  }

  private static String ask(Connection connection, String line) {
    connection.writer().write(line + "\n");
    return await(connection.reader().readLine());
  }

  private static long millis() {
    return EventLoop.running().time() / 1_000_000;
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.equals("coroutine body")) // those of Co
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void SIM_01_aDayOfOrdinaryCodeTakesNoTimeAndNeitherSocketNorThread() throws IOException {
    net.latency(ms(1000), ms(3000));
    long sockets = SystemSockets.descriptors();
    Set<String> threads = threads();
    run(
        () ->
            with(
                serve(SimulatedNetworkTest::echo),
                () -> {
                  Connection c = connect();
                  with(
                      c,
                      () -> {
                        for (int minute = 0; minute < 24 * 60; minute++) {
                          assertEquals("minute " + minute, ask(c, "minute " + minute));
                          await(sleep(Duration.ofSeconds(54)));
                        }
                        assertTrue(millis() > Duration.ofHours(22).toMillis(), "" + millis());
                        assertEquals(sockets, SystemSockets.descriptors());
                        assertEquals(threads, threads());
                      });
                }));
    assertEquals(List.of(), net.openSockets());
    assertEquals(List.of(), reports);
  }

  @Test
  void SIM_03_aMessageArrivesAfterTheLatencyAndTheTimeThatItsBytesTake() {
    net.latency(ms(100), ms(100)).bandwidth(1000);
    run(
        () ->
            with(
                serve(
                    (reader, writer) -> {
                      await(reader.readExactly(500));
                      log.add(millis());
                      writer.write(new byte[250]);
                    }),
                () -> {
                  Connection c = connect();
                  log.add(millis());
                  c.writer().write(new byte[500]);
                  await(c.reader().readExactly(250));
                  log.add(millis());
                  c.close();
                  await(c.whenClosed());
                }));
    // There and back; 500 ms and there; 250 ms and back.
    assertEquals(List.of(200L, 800L, 1150L), log);
  }

  @Test
  void SIM_03_allThatGoesTheSameWaySharesTheBandwidthAndALinkMayHaveItsOwn() {
    Host third = net.host("third", "10.0.0.3");
    net.bandwidth(app, db, 1000);
    run(
        () ->
            with(
                serve(
                    (reader, writer) -> {
                      await(reader.readExactly(1000));
                      log.add(millis());
                    }),
                () -> {
                  Connection one = connect();
                  Connection two = connect();
                  one.writer().write(new byte[1000]);
                  two.writer().write(new byte[1000]);
                  Connection fast = on(third, () -> await(Net.openConnection("10.0.0.2", PORT)));
                  fast.writer().write(new byte[1000]);
                  for (Connection each : List.of(one, two, fast)) {
                    each.close();
                    await(each.whenClosed());
                  }
                  await(sleep(ms(5000)));
                }));
    assertEquals(List.of(0L, 1000L, 2000L), log);
  }

  @Test
  void SIM_03_theOrderOfAConnectionIsKeptWhateverTheLatency() {
    net.latency(ms(1), ms(500)).segments(1, 20);
    run(
        () ->
            with(
                serve(
                    (reader, writer) -> {
                      for (int i = 0; i < 500; i++) {
                        assertEquals("line " + i, await(reader.readLine()));
                      }
                      log.add("all");
                    }),
                () -> {
                  Connection c = connect();
                  for (int i = 0; i < 500; i++) {
                    c.writer().write("line " + i + "\n");
                  }
                  with(c, () -> assertEquals(0, await(c.reader().readAll()).length));
                }));
    assertEquals(List.of("all"), log);
    assertEquals(List.of(), reports);
  }

  @Test
  void SIM_03_backpressureIsReal() {
    net.latency(ms(10), ms(10)).buffers(1000, 2000);
    run(
        () ->
            with(
                serve(
                    (reader, writer) -> {
                      reader.setLimit(1);
                      await(sleep(Duration.ofHours(1)));
                      await(reader.readAll());
                      log.add("read at " + millis() / 60_000);
                    }),
                () -> {
                  Connection c = connect();
                  c.writer().setMarks(0, 0);
                  c.writer().write(new byte[100_000]);
                  await(sleep(ms(1000)));
                  assertEquals(100_000 - 1000 - 2000, c.writer().buffered());
                  await(c.writer().drain());
                  log.add("drained at " + millis() / 60_000);
                  await(c.exit(null));
                  await(sleep(ms(1000)));
                }));
    assertEquals(List.of("drained at 60", "read at 60"), log);
  }

  @Test
  void SIM_04_codeThatTakesAReadForAMessageFails() {
    for (int size : List.of(1, 7)) {
      SimulatedNetworkTest test = new SimulatedNetworkTest();
      test.net.segments(1, size);
      test.run(
          () ->
              with(
                  test.serve(
                      (reader, writer) -> {
                        Set<Integer> sizes = new TreeSet<>();
                        eachRead(reader, sizes::add);
                        test.log.add(sizes);
                      }),
                  () -> {
                    Connection c = test.connect();
                    for (int i = 0; i < 20; i++) {
                      c.writer().write("a message of 25 characters");
                      await(sleep(ms(1)));
                    }
                    await(c.exit(null));
                    await(sleep(ms(1)));
                  }));
      assertEquals(size == 1 ? List.of(Set.of(1)) : List.of(Set.of(1, 2, 3, 4, 5, 6, 7)), test.log);
    }
  }

  @Test
  void SIM_05_aConnectionIsResetAtAByteAndBothEndsSeeIt() {
    run(
        () -> {
          net.cutAfterBytes(app, db, 10);
          with(
              serve(
                  (reader, writer) -> {
                    IOException e = assertThrows(IOException.class, () -> await(reader.readLine()));
                    log.add(e.getCause().toString());
                    log.add(EventLoop.running() == null ? "" : "rest " + reader.buffered());
                  }),
              () -> {
                Connection c = connect();
                c.writer().write("one two three\n");
                ConnectionLostException e =
                    assertThrows(ConnectionLostException.class, () -> await(c.reader().readLine()));
                assertEquals(SocketException.class, e.getCause().getClass());
                assertEquals("Connection reset", e.getCause().getMessage());
                net.heal();
                Connection whole = connect();
                whole.writer().write("one two three\n");
                await(whole.exit(null));
                await(sleep(ms(1)));
              });
        });
    assertEquals(
        List.of("java.net.SocketException: Connection reset", "rest 10"), log.subList(0, 2));
  }

  @Test
  void SIM_05_aStreamEndsInTheMiddleOfAMessage() {
    run(
        () -> {
          net.endAfterBytes(db, app, 4);
          with(
              serve((reader, writer) -> writer.write("answer")),
              () -> {
                Connection c = connect();
                IncompleteReadException e =
                    assertThrows(
                        IncompleteReadException.class, () -> await(c.reader().readExactly(6)));
                assertEquals(
                    "answ", new String(e.partial(), java.nio.charset.StandardCharsets.UTF_8));
                c.close();
              });
        });
  }

  @Test
  void SIM_05_connectsAreRefusedOrHangAndTheSystemGivesUp() {
    run(
        () ->
            with(
                serve(SimulatedNetworkTest::echo),
                () -> {
                  net.refuse(db);
                  ConnectException e = assertThrows(ConnectException.class, this::connect);
                  assertEquals(
                      "can't connect to db:80 (10.0.0.2:80): Connection refused", e.getMessage());
                  net.heal();
                  net.blackHole(db);
                  long start = millis();
                  assertThrows(
                      AsyncTimeoutException.class, () -> with(timeout(ms(5000)), this::connect));
                  assertEquals(5000, millis() - start);
                  e = assertThrows(ConnectException.class, this::connect);
                  assertEquals(
                      "can't connect to db:80 (10.0.0.2:80): Connection timed out", e.getMessage());
                  assertEquals(132_000, millis() - start);
                  Task<Connection> waiting =
                      app.createTask(coro(() -> await(Net.openConnection("db", PORT))));
                  await(sleep(ms(60_000)));
                  assertFalse(waiting.isDone());
                  net.heal();
                  await(await(waiting).exit(null));
                  assertEquals(List.of(), app.openSockets());
                }));
  }

  @Test
  void SIM_05_descriptorsRunOutForWhoAcceptsAndWhoConnects() {
    run(
        () ->
            with(
                serve(SimulatedNetworkTest::echo),
                () -> {
                  net.exhaustDescriptors(db);
                  Connection c = connect();
                  Task<String> asking = app.createTask(coro(() -> ask(c, "hello")));
                  await(sleep(ms(10_000)));
                  assertEquals(1, reports.size());
                  assertEquals(
                      "java.io.IOException: Too many open files",
                      reports.get(0).exception().toString());
                  net.heal();
                  assertEquals("hello", await(asking));
                  await(c.exit(null));
                  net.exhaustDescriptors(app);
                  SocketException e = assertThrows(SocketException.class, this::connect);
                  assertTrue(e.getMessage().endsWith("Too many open files"), e.getMessage());
                }));
  }

  @Test
  void SIM_05_connectionsAreResetAtATime() {
    run(
        () -> {
          Host other = net.host("other", "10.0.0.3");
          with(
              serve(SimulatedNetworkTest::echo),
              () -> {
                Connection first = connect();
                Connection second = on(other, () -> await(Net.openConnection("db", PORT)));
                assertEquals("a", ask(first, "a"));
                net.resetAll(app);
                assertThrows(ConnectionLostException.class, () -> ask(first, "b"));
                assertEquals("b", ask(second, "b"));
                net.resetAll(app, other);
                assertEquals("c", ask(second, "c"));
                net.resetAll();
                assertThrows(ConnectionLostException.class, () -> ask(second, "d"));
              });
        });
  }

  @Test
  void SIM_05_aPartOfTheConnectionsGoesWrongByChance() {
    net.faults(0.4);
    Set<String> outcomes = new TreeSet<>();
    int[] right = {0};
    run(
        () ->
            with(
                serve(SimulatedNetworkTest::echo),
                () -> {
                  for (int i = 0; i < 200; i++) {
                    try {
                      Connection c = connect();
                      with(c, () -> assertEquals("hello", ask(c, "hello")));
                      right[0]++;
                    } catch (IOException e) {
                      outcomes.add(e.getClass().getSimpleName() + " " + lastWords(e));
                    } catch (AssertionError e) {
                      outcomes.add("end");
                    }
                  }
                }));
    assertEquals(
        Set.of(
            "ConnectException Connection refused",
            "ConnectException Connection timed out",
            "ConnectionLostException Connection reset",
            "end"),
        outcomes);
    assertTrue(right[0] > 110 && right[0] < 200, "right: " + right[0]);
    assertEquals(List.of(), net.openSockets());
  }

  private static String lastWords(Throwable e) {
    return e.getMessage().substring(e.getMessage().lastIndexOf(": ") + 2);
  }

  @Test
  void SIM_06_nothingArrivesInAPartitionAndAfterItAllDoes() {
    net.latency(ms(10), ms(20));
    run(
        () ->
            with(
                serve(SimulatedNetworkTest::echo),
                () -> {
                  Connection c = connect();
                  assertEquals("one", ask(c, "one"));
                  net.partition(app, db);
                  Task<String> asking = app.createTask(coro(() -> ask(c, "two")));
                  await(sleep(Duration.ofHours(1)));
                  assertFalse(asking.isDone());
                  assertFalse(c.writer().isClosing());
                  long before = millis();
                  net.heal(app, db);
                  assertEquals("two", await(asking));
                  assertTrue(millis() - before >= 20 && millis() - before <= 40);
                  net.partition(app, db);
                  Task<String> lost = app.createTask(coro(() -> ask(c, "three")));
                  await(sleep(ms(100)));
                  net.resetAll(app, db);
                  net.heal();
                  assertThrows(ConnectionLostException.class, () -> await(lost));
                }));
  }

  @Test
  void SIM_06_aPartitionInOneDirectionLetsTheOtherThrough() {
    net.latency(ms(10), ms(10)).buffers(1000, 1000);
    run(
        () ->
            with(
                serve(
                    (reader, writer) -> {
                      eachRead(
                          reader,
                          size -> {
                            log.add(size);
                            writer.write("got it");
                          });
                    }),
                () -> {
                  Connection c = connect();
                  net.partitionOneWay(db, app);
                  c.writer().write("hello");
                  await(sleep(ms(100)));
                  assertEquals(List.of(5), log);
                  assertEquals(0, c.reader().buffered());
                  // What the server reads is not acknowledged: no more than a window arrives.
                  c.writer().write(new byte[5000]);
                  await(sleep(ms(1000)));
                  int arrived = log.stream().mapToInt(each -> (Integer) each).sum();
                  assertTrue(arrived <= 1000 + 5, "arrived: " + arrived);
                  net.heal();
                  await(c.exit(null));
                  await(sleep(ms(1000)));
                  assertEquals(5005, log.stream().mapToInt(each -> (Integer) each).sum());
                }));
  }

  @Test
  void SIM_07_eachHostHasItsPortsAndItsLoopback() {
    run(
        () -> {
          Server one = on(app, () -> await(Net.startServer(named("app"), "", PORT)));
          Server two = on(db, () -> await(Net.startServer(named("db"), "0.0.0.0", PORT)));
          Server three = on(db, () -> await(Net.startServer(named("db local"), "localhost", 81)));
          for (Host from : List.of(app, db)) {
            for (String to : List.of("app", "db", "localhost", "10.0.0.1", "10.0.0.2", "DB")) {
              on(
                  from,
                  () -> {
                    Connection c = await(Net.openConnection(to, PORT));
                    log.add(from.name() + " " + to + ": " + await(c.reader().readLine()));
                    return await(c.exit(null));
                  });
            }
          }
          on(app, () -> assertThrows(IOException.class, () -> await(Net.openConnection("db", 81))));
          List.of(one, two, three).forEach(Server::close);
        });
    assertEquals(
        List.of(
            "app app: app",
            "app db: db",
            "app localhost: app",
            "app 10.0.0.1: app",
            "app 10.0.0.2: db",
            "app DB: db",
            "db app: app",
            "db db: db",
            "db localhost: db",
            "db 10.0.0.1: app",
            "db 10.0.0.2: db",
            "db DB: db"),
        log);
  }

  private static StreamHandler named(String name) {
    return (reader, writer) -> coroVoid(() -> writer.write(name + "\n"));
  }

  @Test
  void SIM_07_lookUpsTakeTheirTimeAndFailOnRequest() {
    net.lookUpDelay(ms(300), ms(300));
    run(
        () -> {
          List<InetAddress> found = on(app, () -> await(Net.lookUp("db")));
          assertEquals(db.addresses(), found);
          assertEquals(300, millis());
          UnknownHostException e =
              assertThrows(
                  UnknownHostException.class, () -> on(app, () -> await(Net.lookUp("nobody"))));
          assertEquals("nobody: Name or service not known", e.getMessage());
          net.failLookUps("db");
          assertThrows(UnknownHostException.class, this::connect);
          net.heal();
          assertThrows(ConnectException.class, this::connect);
          assertThrows(AsyncTimeoutException.class, () -> with(timeout(ms(100)), this::connect));
        });
  }

  @Test
  void SIM_07_nothingLeavesTheSimulation() {
    run(
        () -> {
          ConnectException e =
              assertThrows(
                  ConnectException.class,
                  () -> on(app, () -> await(Net.openConnection("192.0.2.1", PORT))));
          assertTrue(e.getMessage().endsWith("Connection refused"), e.getMessage());
          IllegalStateException nowhere =
              assertThrows(
                  IllegalStateException.class, () -> await(Net.openConnection("db", PORT)));
          assertTrue(nowhere.getMessage().contains("host.run"), nowhere.getMessage());
          assertThrows(
              IllegalStateException.class,
              () -> await(Net.startServer(named("x"), "127.0.0.1", 0)));
          assertThrows(
              IllegalStateException.class,
              () -> await(Net.openDatagramEndpoint(DatagramOptions.DEFAULT)));
        });
  }

  @Test
  void SIM_07_hostsAreCheckedWhenTheyAreAdded() {
    for (String wrong : List.of("db.example.org", "10.0.0.300", "127.0.0.1", "::", "10.0.0.2")) {
      assertThrows(IllegalArgumentException.class, () -> net.host("new", wrong), wrong);
    }
    for (String wrong : List.of("", "app", "APP", "localhost")) {
      assertThrows(IllegalArgumentException.class, () -> net.host(wrong, "10.0.0.9"), wrong);
    }
    Host both = net.host("both", "10.0.0.9", "fd00::9");
    assertEquals(2, both.addresses().size());
    Host stranger = SimulatedNetwork.seeded(1).host("stranger", "10.0.0.9");
    assertThrows(IllegalArgumentException.class, () -> net.partition(app, stranger));
    assertThrows(IllegalArgumentException.class, () -> net.latency(ms(2), ms(1)));
    assertThrows(IllegalArgumentException.class, () -> net.latency(ms(-1), ms(1)));
    assertThrows(IllegalArgumentException.class, () -> net.segments(0, 1));
    assertThrows(IllegalArgumentException.class, () -> net.segments(2, 1));
    assertThrows(IllegalArgumentException.class, () -> net.buffers(0, 1));
    assertThrows(IllegalArgumentException.class, () -> net.bandwidth(-1));
    assertThrows(IllegalArgumentException.class, () -> net.slow(app, db, 0));
    assertThrows(IllegalArgumentException.class, () -> net.datagrams(0, 2, 0));
    assertThrows(IllegalArgumentException.class, () -> net.faults(Double.NaN));
  }

  @Test
  void SIM_07_aNetworkBelongsToOneLoop() {
    app.run(coroVoid(() -> await(Net.lookUp("db"))));
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> app.run(coroVoid(() -> await(Net.lookUp("db")))));
    assertTrue(e.getMessage().contains("seed 42"), e.getMessage());
  }

  @Test
  void aFailureCarriesTheSeedAndTheLastOfTheTraffic() {
    AssertionError e =
        assertThrows(
            AssertionError.class,
            () ->
                run(
                    () ->
                        with(
                            serve(SimulatedNetworkTest::echo),
                            () -> {
                              Connection c = connect();
                              with(c, () -> assertEquals("bye", ask(c, "hello")));
                            })));
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    String text = trace.toString();
    assertTrue(text.contains("Suppressed: io.fermata.testing.SimulatedTraffic: "), text);
    assertTrue(text.contains("the simulated network with seed 42"), text);
    assertTrue(text.contains("app 10.0.0.1:32768 -> db 10.0.0.2:80  6 bytes  \"hello\\n\""), text);
    assertEquals(1, text.split("SimulatedTraffic").length - 1, text);
  }

  @Test
  void aFailureOfATaskOfAHostCarriesItOnceAlsoInAGroup() {
    VirtualTimeLoop loop = new VirtualTimeLoop(1);
    Throwable e =
        assertThrows(
            Throwable.class,
            () ->
                loop.runUntilComplete(
                    coroVoid(
                        () -> {
                          var group = io.fermata.TaskGroup.open();
                          with(
                              group,
                              () ->
                                  app.createTask(
                                      group,
                                      coroVoid(() -> await(Net.openConnection("db", PORT)))));
                        })));
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertEquals(1, trace.toString().split("seed 42").length - 1, trace.toString());
    loop.close();
  }

  @Test
  void aTaskOfAHostIsToldByTheNameOfItsCoroutine() {
    run(
        () -> {
          Task<Void> task = app.createTask(coroVoid("poll", () -> await(sleep(ms(1000)))));
          await(sleep(ms(1)));
          String name = ", coroutine SimulatedNetworkTest.poll,";
          assertTrue(task.toString().startsWith("Task[app-1 pending" + name), task.toString());
          await(task);
          assertTrue(task.toString().startsWith("Task[app-1 finished" + name), task.toString());
        });
  }

  @Test
  void aDeadlockNamesTheConnectionsThatAreOpen() {
    DeadlockException e =
        assertThrows(
            DeadlockException.class,
            () ->
                run(
                    () ->
                        with(
                            serve((reader, writer) -> await(reader.readLine())),
                            () -> {
                              Connection c = connect();
                              c.writer().write("no line");
                              await(c.reader().readLine());
                            })));
    String text = e.getMessage();
    assertTrue(text.contains("waiting for data from 10.0.0.2:80"), text);
    assertTrue(text.contains("db listens at [0:0:0:0:0:0:0:0]:80"), text);
    assertTrue(text.contains("app 10.0.0.1:32768 -> 10.0.0.2:80"), text);
    assertTrue(text.contains("seed 42"), text);
    assertTrue(text.contains("7 bytes  \"no line\""), text);
  }

  @Test
  void whatIsOpenWhenTheLoopIsClosedIsReportedAndClosed() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    loop.setExceptionHandler((ignored, context) -> reports.add(context));
    Connection[] open = new Connection[1];
    loop.runUntilComplete(
        coroVoid(
            () -> {
              serve((reader, writer) -> writer.connection().detach());
              open[0] = connect();
              await(sleep(ms(1)));
            }));
    assertEquals(3, net.openSockets().size(), net.openSockets().toString());
    loop.close();
    List<String> subjects = reports.stream().map(ExceptionContext::subject).toList();
    assertTrue(subjects.contains("connection to 10.0.0.2:80"), subjects.toString());
    assertTrue(subjects.contains("connection to 10.0.0.1:32768"), subjects.toString());
    assertTrue(subjects.contains("server at [0:0:0:0:0:0:0:0]:80"), subjects.toString());
    assertTrue(open[0].writer().isClosing());
    assertEquals(List.of(), net.openSockets());
  }

  @Test
  void theLogTellsWhatHappenedAndWhatTheTestDid() {
    net.latency(ms(5), ms(5));
    run(
        () ->
            with(
                serve(SimulatedNetworkTest::echo),
                () -> {
                  Connection c = connect();
                  assertEquals("grün \"x\"", ask(c, "grün \"x\""));
                  net.partition(app, db);
                  net.heal();
                  await(c.exit(null));
                  await(sleep(ms(100)));
                }));
    assertEquals(
        """
        0.005000000  app 10.0.0.1:32768 -> db 10.0.0.2:80  connects
        0.010000000  db 10.0.0.2:80 -> app 10.0.0.1:32768  accepted
        0.015000000  app 10.0.0.1:32768 -> db 10.0.0.2:80  10 bytes  "gr\\xc3\\xbcn \\"x\\"\\n"
        0.020000000  db 10.0.0.2:80 -> app 10.0.0.1:32768  10 bytes  "gr\\xc3\\xbcn \\"x\\"\\n"
        0.020000000  app -> db: partition
        0.020000000  db -> app: partition
        0.020000000  healed
        0.025000000  app 10.0.0.1:32768 -> db 10.0.0.2:80  end
        0.030000000  db 10.0.0.2:80 -> app 10.0.0.1:32768  end
        """,
        net.log());
    net.keepLog(2);
    assertTrue(net.log().startsWith("... 7 events before\n0.025"), net.log());
  }

  @Test
  void aHostRunsACoroutineByItself() throws IOException {
    Coro<String> main =
        coro(
            () -> {
              Server server =
                  await(Net.startServer(named("hello"), "localhost", 0, ServerOptions.DEFAULT));
              String[] line = new String[1];
              with(
                  server,
                  () -> {
                    Connection c = await(Net.openConnection(server.addresses().get(0)));
                    line[0] = await(c.reader().readLine());
                    await(c.exit(null));
                  });
              return line[0];
            });
    assertEquals("hello", app.run(main));
    assertEquals("SimulatedNetwork[seed=42, open=0]", net.toString());
  }

  @Test
  void anyLoopWillDoInRealTimeAndOpensNoSelector() throws IOException {
    net.latency(ms(5), ms(5));
    long sockets = SystemSockets.descriptors();
    SelectorLoop loop = new SelectorLoop();
    long start = loop.time();
    loop.runUntilComplete(
        coroVoid(
            () ->
                with(
                    serve(SimulatedNetworkTest::echo),
                    () -> {
                      Connection c = connect();
                      with(c, () -> assertEquals("hello", ask(c, "hello")));
                      assertEquals(sockets, SystemSockets.descriptors());
                    })));
    assertTrue(loop.time() - start >= ms(20).toNanos());
    loop.close();
    assertEquals(List.of(), net.openSockets());
  }
}
