package io.fermata.net;

import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Co;
import io.fermata.Coro;
import io.fermata.LoopTests;
import io.fermata.Task;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server and a client with something going wrong at each of their resume points in turn: whatever
 * it is, all ends, and nothing is left.
 */
@Timeout(120)
class StreamFaultsTest {

  private enum Fault {
    CANCELLATION,
    FAILURE
  }

  /** A loop of its own for each run. */
  private static final class Run extends LoopTests {
    private final Fault fault;
    private final int unlucky;
    private int resumed;

    Run(Fault fault, int unlucky) {
      this.fault = fault;
      this.unlucky = unlucky;
    }

    /** Whether the fault had its occasion. */
    boolean goes() throws IOException {
      long before = SystemSockets.descriptors();
      loop.injectFaults(this::interfere);
      try {
        loop.runUntilComplete(Co.coroVoid("main", Run::exchange));
      } catch (AssertionError e) {
        throw e;
      } catch (Throwable t) {
        assertTrue(resumed >= unlucky, "without a fault: " + t);
      }
      Set<Task<?>> left = Async.allTasks(loop);
      assertEquals(Set.of(), left, place());
      assertEquals(0, timers(), place());
      loop.close();
      assertEquals(before, SystemSockets.descriptors(), place());
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
      log.add(task.getName() + task.getStack());
      if (fault == Fault.FAILURE) {
        return new IOException("injected");
      }
      task.cancel();
      return null;
    }

    private static void exchange() throws Throwable {
      ServerOptions options =
          ServerOptions.DEFAULT
              .withShutdownGrace(Duration.ofMillis(5))
              .withReadLimit(Duration.ofSeconds(20));
      Server server = await(Net.startServer(Run::echo, "127.0.0.1", 0, options));
      with(
          server,
          () -> {
            SocketAddress address = server.addresses().get(0);
            Connection c = await(Net.openConnection(address));
            with(
                c,
                () -> {
                  c.writer().write("hello\n");
                  await(c.writer().drain());
                  assertEqualOrCut("hello", await(c.reader().readLine()));
                  byte[] large = new byte[3_000_000];
                  Task<Void> sending =
                      VirtualTimeLoop.running().createTask(c.writer().send(ByteBuffer.wrap(large)));
                  try {
                    await(c.reader().readExactly(large.length));
                    await(sending);
                  } finally {
                    sending.cancel();
                  }
                  c.writer().writeEof();
                  await(c.reader().readAll());
                });
          });
    }

    /** Null if the handler got the fault, and its connection ended. */
    private static void assertEqualOrCut(String expected, String line) {
      if (line != null) {
        assertEquals(expected, line);
      }
    }

    private static Coro<?> echo(StreamReader reader, StreamWriter writer) {
      return coroVoid(
          "echo",
          () -> {
            byte[] got = await(reader.read(100_000));
            while (got.length > 0) {
              writer.write(got);
              await(writer.drain());
              got = await(reader.read(100_000));
            }
          });
    }
  }

  @Test
  void whateverGoesWrongAtAResumePointAllEndsAndNothingIsLeft() throws IOException {
    for (Fault fault : Fault.values()) {
      int unlucky = 1;
      while (new Run(fault, unlucky).goes()) {
        // The last ones repeat themselves: chunks that come and go.
        unlucky += unlucky < 30 ? 1 : 7;
      }
      assertTrue(unlucky > 10, "resume points: " + unlucky);
    }
  }
}
