package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.each;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Co;
import io.fermata.LoopTests;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.testing.DeadlockException;
import io.fermata.testing.Host;
import io.fermata.testing.SimulatedNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Something goes wrong at each resume point of streams, servers and datagrams in turn, on a slow
 * network on which all of them wait: whatever it is, all ends, and no socket, task or timer is
 * left.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedFaultsTest {

  private enum Fault {
    CANCELLATION,
    FAILURE,
    /** Deadlines pass. */
    DELAY
  }

  private interface Program {
    void run(Host server, Host client) throws Throwable;
  }

  /** Where something went wrong: the innermost coroutine. */
  private final Set<String> disturbed = new TreeSet<>();

  private int runs;

  /** One run, on a network of its own. */
  private final class Run extends LoopTests {
    private final Fault fault;
    private final int unlucky;
    private final SimulatedNetwork net =
        SimulatedNetwork.seeded(9)
            .latency(ms(1), ms(30))
            .segments(1, 900)
            .bandwidth(2_000_000)
            .lookUpDelay(ms(1), ms(9))
            .buffers(600, 900);
    private int resumed;

    Run(Fault fault, int unlucky) {
      this.fault = fault;
      this.unlucky = unlucky;
    }

    /** Whether the fault had its occasion. */
    boolean goes(Program program) {
      Host server = net.host("server", "10.0.0.1");
      Host client = net.host("client", "10.0.0.2");
      loop.injectFaults(this::interfere);
      try {
        loop.runUntilComplete(
            coroVoid(
                "main",
                () -> with(timeout(Duration.ofDays(1)), () -> program.run(server, client))));
      } catch (AssertionError | DeadlockException e) {
        throw new AssertionError(place(), e);
      } catch (Throwable t) {
        assertTrue(resumed >= unlucky, "without a fault: " + t);
      }
      loop.injectFaults(null);
      loop.runUntilComplete(sleep(ms(500))); // what is on its way arrives
      assertEquals(List.of(), net.openSockets(), place());
      assertEquals(Set.of(), Async.allTasks(loop), place());
      assertEquals(0, timers(), place());
      for (var report : reports) {
        assertInstanceOf(IOException.class, rootOf(report.exception()), place() + report);
      }
      loop.close();
      return resumed >= unlucky;
    }

    private String place() {
      return fault + " at " + unlucky + ", " + log;
    }

    private Throwable interfere(Task<?> task) {
      resumed++;
      if (resumed != unlucky) {
        return null;
      }
      List<StackTraceElement> stack = task.getStack();
      log.add(task.getName() + stack);
      StackTraceElement innermost = stack.get(stack.size() - 1);
      disturbed.add(innermost.getClassName() + "." + innermost.getMethodName());
      switch (fault) {
        case CANCELLATION -> task.cancel();
        case FAILURE -> {
          return new IOException("injected");
        }
        case DELAY -> loop.advance(Duration.ofHours(1));
      }
      return null;
    }
  }

  private static Throwable rootOf(Throwable failure) {
    // A handler that runs out of time is reported too.
    return failure instanceof io.fermata.AsyncTimeoutException ? new IOException(failure) : failure;
  }

  private void disturb(Program program) {
    for (Fault fault : Fault.values()) {
      int unlucky = 1;
      while (new Run(fault, unlucky).goes(program)) {
        runs++;
        unlucky++;
      }
      assertTrue(unlucky > 5, "resume points: " + unlucky);
    }
  }

  private static void in(Host host, Co.VoidBody body) {
    await(host.createTask(coroVoid(host.name(), body)));
  }

  private static void serve(StreamReader reader, StreamWriter writer) throws Throwable {
    writer.setMarks(1000, 10);
    for (String line; (line = await(reader.readLine())) != null; ) {
      writer.write(line + "\n");
      await(writer.drain());
    }
    writer.write("last words ".repeat(300)); // more than there is room for
  }

  private static void ask(Connection c) throws Throwable {
    c.writer().write("one\ntwo\nthree\nfour\nfive\n");
    await(c.writer().drain());
    await(c.reader().readLine());
    await(c.reader().readUntil("\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    await(c.reader().readExactly(6));
    await(c.reader().read(5));
    await(c.reader().readInto(ByteBuffer.allocate(5)));
    Task<Void> sending =
        io.fermata.EventLoop.running()
            .createTask(
                c.writer()
                    .send(
                        ByteBuffer.wrap(
                            "a line of text\n"
                                .repeat(300)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    try {
      await(c.reader().readExactly(2000));
      await(sending);
    } finally {
      sending.cancel();
    }
    c.writer().setMarks(1000, 10);
    c.writer().write("more\n".repeat(400));
    await(c.writer().drain());
    c.writer().writeEof();
    await(c.reader().readAll());
  }

  @Test
  void aServerAndItsClients() {
    disturb(
        (server, client) ->
            in(
                server,
                () -> {
                  Server listening =
                      await(
                          Net.startServer(
                              (reader, writer) -> coroVoid("handler", () -> serve(reader, writer)),
                              "server",
                              80,
                              ServerOptions.DEFAULT
                                  .withReadLimit(Duration.ofMinutes(1))
                                  .withWriteLimit(Duration.ofMinutes(1))
                                  .withShutdownGrace(Duration.ofSeconds(1))));
                  with(
                      listening,
                      () -> {
                        in(
                            client,
                            () -> {
                              await(Net.lookUp("server"));
                              Connection c = await(Net.openConnection("server", 80));
                              with(c, () -> ask(c));
                            });
                        in(
                            client,
                            () -> {
                              Connection idle = await(Net.openConnection("10.0.0.1", 80));
                              try {
                                idle.writer().write("first words\n");
                                idle.writer().writeEof();
                                each(idle.reader().lines(), line -> {});
                              } finally {
                                idle.abort();
                              }
                            });
                        in(
                            client,
                            () -> {
                              Connection hasty = await(Net.openConnection("10.0.0.1", 80));
                              with(hasty, () -> hasty.writer().write("words\n".repeat(800)));
                            });
                        in(
                            client,
                            () -> {
                              Connection idle = await(Net.openConnection("10.0.0.1", 80));
                              try {
                                idle.writer().write("words\n".repeat(800));
                                idle.close();
                                await(idle.whenClosed());
                              } finally {
                                idle.abort();
                              }
                            });
                      });
                }));
  }

  @Test
  void aServerThatServesForeverAndIsEndedInEachWay() {
    disturb(
        (server, client) ->
            in(
                server,
                () -> {
                  Server listening =
                      await(
                          Net.startServer(
                              (reader, writer) -> coroVoid("handler", () -> serve(reader, writer)),
                              "server",
                              80));
                  Task<Void> serving =
                      io.fermata.EventLoop.running()
                          .createTask(
                              coroVoid(
                                  () -> with(listening, () -> await(listening.serveForever()))));
                  try {
                    in(
                        client,
                        () -> {
                          Connection c = await(Net.openConnection("server", 80));
                          with(
                              c,
                              () -> {
                                c.writer().write("hello\n");
                                await(c.reader().readLine());
                                listening.closeClients();
                                await(c.reader().readAll());
                              });
                        });
                    listening.close();
                    await(listening.whenClosed());
                  } finally {
                    serving.cancel();
                    await(Async.gatherOutcomes(List.of(serving)));
                  }
                }));
  }

  @Test
  void datagrams() {
    disturb(
        (server, client) -> {
          TaskGroup group = TaskGroup.open();
          with(
              group,
              () -> {
                server.createTask(
                    group,
                    coroVoid(
                        () -> {
                          DatagramEndpoint endpoint =
                              await(
                                  Net.openDatagramEndpoint(
                                      DatagramOptions.at(new InetSocketAddress("10.0.0.1", 53))));
                          with(
                              endpoint,
                              () ->
                                  each(
                                      endpoint,
                                      got -> await(endpoint.send(got.data(), got.sender()))));
                        }));
                client.createTask(
                    group,
                    coroVoid(
                        () -> {
                          DatagramEndpoint endpoint =
                              await(
                                  Net.openDatagramEndpoint(
                                      DatagramOptions.connectedTo(
                                          new InetSocketAddress("10.0.0.1", 53))));
                          with(
                              endpoint,
                              () -> {
                                for (int i = 0; i < 5; i++) {
                                  await(endpoint.send(new byte[60_000]));
                                }
                                with(
                                    timeout(Duration.ofSeconds(10)),
                                    () -> {
                                      for (int i = 0; i < 3; i++) {
                                        await(endpoint.receive());
                                      }
                                      await(endpoint.send(new byte[10]));
                                      await(endpoint.receiveInto(ByteBuffer.allocate(10)));
                                    });
                              });
                          group.cancel();
                        }));
              });
        });
  }

  @AfterAll
  void eachCoroutineOfTheClassesWasDisturbedWhereItWaits() {
    Set<String> expected = new TreeSet<>();
    for (String each :
        List.of(
            "Connection.exit",
            "Connection.whenClosed",
            "DatagramEndpoint.iterator",
            "DatagramEndpoint.receive",
            "DatagramEndpoint.receiveInto",
            "DatagramEndpoint.send",
            "Net.lookUp",
            "Net.openConnection",
            "Net.startServer",
            "Server.exit",
            "Server.handle",
            "Server.serveForever",
            "Server.whenClosed",
            "StreamReader.lines",
            "StreamReader.read",
            "StreamReader.readAll",
            "StreamReader.readExactly",
            "StreamReader.readInto",
            "StreamReader.readLine",
            "StreamReader.readUntil",
            "StreamWriter.drain",
            "StreamWriter.send")) {
      expected.add("io.fermata.net." + each);
    }
    expected.removeAll(disturbed);
    assertEquals(Set.of(), expected, "never disturbed, of " + disturbed);
    assertFalse(runs < 100, "runs: " + runs);
  }
}
