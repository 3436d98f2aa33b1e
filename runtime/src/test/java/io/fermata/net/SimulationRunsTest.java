package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.AsyncTimeoutException;
import io.fermata.Co;
import io.fermata.EventLoop;
import io.fermata.TaskGroup;
import io.fermata.testing.ConnectionFault;
import io.fermata.testing.Host;
import io.fermata.testing.SimulatedNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is the same each time on a simulated network, what is left to chance, and by how much. */
@Timeout(60)
class SimulationRunsTest {

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Streams and datagrams of three hosts, with all that can go wrong; gives the log. */
  private static String story(long seed) {
    SimulatedNetwork net =
        SimulatedNetwork.seeded(seed)
            .latency(ms(1), ms(50))
            .segments(1, 40)
            .bandwidth(20_000)
            .datagrams(0.1, 0.1, 0.1)
            .faults(0.5, ConnectionFault.values())
            .lookUpDelay(ms(0), ms(5))
            .keepLog(100_000);
    Host db = net.host("db", "10.0.0.1");
    List<Host> clients = List.of(net.host("one", "10.0.0.2"), net.host("two", "10.0.0.3"));
    net.run(
        coroVoid(
            () -> {
              EventLoop.running().setExceptionHandler((loop, context) -> {});
              TaskGroup group = TaskGroup.open();
              with(
                  group,
                  () -> {
                    db.createTask(group, coroVoid(SimulationRunsTest::serve));
                    for (Host client : clients) {
                      client.createTask(group, coroVoid(() -> talk(client.name())));
                      client.createTask(group, coroVoid(SimulationRunsTest::sendDatagrams));
                    }
                    await(sleep(ms(400)));
                    net.partition(clients.get(0), db);
                    await(sleep(ms(400)));
                    net.heal();
                    await(sleep(Duration.ofMinutes(30)));
                    group.cancel();
                  });
            }));
    return net.log();
  }

  private static void serve() throws Throwable {
    Server server =
        await(
            Net.startServer(
                (reader, writer) ->
                    coroVoid(
                        () -> {
                          for (String line; (line = await(reader.readLine())) != null; ) {
                            writer.write(line.toUpperCase(java.util.Locale.ROOT) + "\n");
                            await(writer.drain());
                          }
                        }),
                "",
                80));
    DatagramEndpoint endpoint =
        await(Net.openDatagramEndpoint(DatagramOptions.at(new InetSocketAddress("0.0.0.0", 53))));
    with(
        server,
        () ->
            with(
                endpoint,
                () -> Co.each(endpoint, each -> await(endpoint.send(each.data(), each.sender())))));
  }

  private static void talk(String name) throws Throwable {
    for (int i = 0; i < 20; i++) {
      String line = name + " says " + "something ".repeat(5 * i) + i;
      try {
        Connection c = await(Net.openConnection("db", 80));
        with(
            c,
            () ->
                with(
                    timeout(ms(5000)),
                    () -> {
                      c.writer().write(line + "\n");
                      await(c.reader().readLine());
                    }));
      } catch (IOException | AsyncTimeoutException e) {
        await(sleep(ms(10)));
      }
    }
  }

  private static void sendDatagrams() throws Throwable {
    DatagramEndpoint endpoint =
        await(
            Net.openDatagramEndpoint(
                DatagramOptions.connectedTo(new InetSocketAddress("10.0.0.1", 53))));
    with(
        endpoint,
        () -> {
          for (int i = 0; i < 50; i++) {
            await(endpoint.send(("datagram " + i).getBytes(UTF_8)));
            await(sleep(ms(7)));
          }
        });
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void SIM_02_theSameSeedGivesTheSameRunByteForByte() {
    String first = story(42);
    assertEquals(first, story(42));
    assertNotEquals(first, story(43));
    assertTrue(first.lines().count() > 500, first);
    for (String event :
        List.of("refused", "by the net", "lost datagram", "reset", "partition", "healed")) {
      assertTrue(first.contains(event), event + " is not in\n" + first);
    }
    assertEquals(
        "b6d42817b0b296aefaead1c9ef9755d9717b7f1044bead9ba65d698c247e4ded", sha256(first), first);
  }

  /** What of 1,000 numbered datagrams arrives, in its order. */
  private static List<Integer> arrived(SimulatedNetwork net) {
    Host a = net.host("a", "10.0.0.1");
    Host b = net.host("b", "10.0.0.2");
    List<Integer> got = new ArrayList<>();
    net.run(
        coroVoid(
            () -> {
              TaskGroup group = TaskGroup.open();
              with(
                  group,
                  () -> {
                    b.createTask(
                        group,
                        coroVoid(
                            () -> {
                              DatagramEndpoint endpoint =
                                  await(
                                      Net.openDatagramEndpoint(
                                          DatagramOptions.at(
                                              new InetSocketAddress("10.0.0.2", 53))));
                              with(
                                  endpoint,
                                  () ->
                                      Co.each(
                                          endpoint,
                                          each ->
                                              got.add(
                                                  Integer.parseInt(
                                                      new String(each.data(), UTF_8)))));
                            }));
                    a.createTask(group, coroVoid(SimulationRunsTest::sendNumbers));
                    await(sleep(Duration.ofMinutes(1)));
                    group.cancel();
                  });
            }));
    return got;
  }

  private static void sendNumbers() throws Throwable {
    DatagramEndpoint endpoint = await(Net.openDatagramEndpoint(DatagramOptions.DEFAULT));
    with(
        endpoint,
        () -> {
          for (int i = 0; i < 1000; i++) {
            byte[] number = String.valueOf(i).getBytes(UTF_8);
            await(endpoint.send(number, new InetSocketAddress("10.0.0.2", 53)));
            await(sleep(ms(5)));
          }
        });
  }

  private static SimulatedNetwork seeded(long seed) {
    return SimulatedNetwork.seeded(seed).latency(ms(10), ms(30));
  }

  private static int outOfOrder(List<Integer> numbers) {
    return (int)
        IntStream.range(1, numbers.size()).filter(i -> numbers.get(i) < numbers.get(i - 1)).count();
  }

  @Test
  void SIM_08_datagramsAreLostDoubledAndReorderedAtTheRatesGiven() {
    List<Integer> all = IntStream.range(0, 1000).boxed().toList();
    assertEquals(all, arrived(seeded(5)));

    List<Integer> some = arrived(seeded(5).datagrams(0.2, 0, 0));
    assertTrue(some.size() > 740 && some.size() < 860, "arrived: " + some.size());
    assertEquals(List.copyOf(new TreeSet<>(some)), some);

    List<Integer> twice = arrived(seeded(5).datagrams(0, 0.2, 0));
    assertTrue(twice.size() > 1140 && twice.size() < 1260, "arrived: " + twice.size());
    assertEquals(all, List.copyOf(new TreeSet<>(twice)));
    assertEquals(0, outOfOrder(twice));

    List<Integer> mixed = arrived(seeded(5).datagrams(0, 0, 0.2));
    assertEquals(all, List.copyOf(new TreeSet<>(mixed)));
    assertTrue(outOfOrder(mixed) > 100, "out of order: " + outOfOrder(mixed));

    List<Integer> bad = arrived(seeded(5).datagrams(0.1, 0.1, 0.1));
    assertEquals(bad, arrived(seeded(5).datagrams(0.1, 0.1, 0.1)));
    assertNotEquals(bad, arrived(seeded(6).datagrams(0.1, 0.1, 0.1)));
  }

  @Test
  void SIM_08_datagramsAreCutShortAsOnARealEndpointAndLostInAPartition() {
    SimulatedNetwork net = seeded(1);
    Host a = net.host("a", "10.0.0.1");
    Host b = net.host("b", "10.0.0.2");
    net.run(
        coroVoid(
            () -> {
              var address = new InetSocketAddress("10.0.0.2", 53);
              DatagramEndpoint to =
                  await(
                      b.createTask(
                          Co.coro(
                              () -> await(Net.openDatagramEndpoint(DatagramOptions.at(address))))));
              DatagramEndpoint from =
                  await(
                      a.createTask(
                          Co.coro(() -> await(Net.openDatagramEndpoint(DatagramOptions.DEFAULT)))));
              await(from.send("12345".getBytes(UTF_8), address));
              ByteBuffer buffer = ByteBuffer.allocate(4);
              Received received = await(to.receiveInto(buffer));
              assertEquals(4, received.count());
              assertTrue(received.truncated());
              int port = ((InetSocketAddress) from.localAddress()).getPort();
              assertEquals(new InetSocketAddress("10.0.0.1", port), received.sender());
              net.partitionOneWay(a, b);
              await(from.send("lost".getBytes(UTF_8), address));
              await(sleep(ms(1000)));
              net.heal();
              await(from.send("here".getBytes(UTF_8), address));
              assertEquals("here", new String(await(to.receive()).data(), UTF_8));
              assertThrows(
                  AsyncTimeoutException.class,
                  () -> with(timeout(ms(1000)), () -> await(to.receive())));
              from.close();
              to.close();
            }));
  }

  /** The classes whose tests run on both networks. */
  private static final List<Class<?>> ON_BOTH =
      List.of(
          ConnectionTest.class,
          DatagramTest.class,
          ServerTest.class,
          StreamReaderTest.class,
          StreamWriterTest.class);

  @Test
  void SIM_09_eachTestOfARowRunsOnBothNetworksUnlessItSaysWhatItNeedsTheKernelFor()
      throws ClassNotFoundException {
    List<String> realOnly = new ArrayList<>();
    for (Class<?> tests : ON_BOTH) {
      Class<?> simulated = Class.forName("io.fermata.net.Simulated" + tests.getSimpleName());
      assertEquals(tests, simulated.getSuperclass());
      assertTrue(simulated.isAnnotationPresent(OnSimulation.class));
      assertEquals(0, rows(simulated).count(), "it has tests of its own");
      assertTrue(rows(tests).count() > 5);
      rows(tests)
          .filter(method -> method.isAnnotationPresent(NeedsKernel.class))
          .forEach(method -> realOnly.add(method.getName().substring(0, 6)));
    }
    // Each of them says why: channels of the system, socket files, threads, several loops.
    assertEquals(
        List.of("NET_42", "NET_48", "NET_55", "NET_58", "SRV_18", "SRV_19", "SRV_20"),
        realOnly.stream().sorted().toList());
  }

  private static Stream<java.lang.reflect.Method> rows(Class<?> tests) {
    return Arrays.stream(tests.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class));
  }
}
