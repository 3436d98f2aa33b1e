package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fermata.JavaProcess;
import io.fermata.JavaProcess.Ended;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Very many connections at once, their peers in another JVM. */
class ManyConnectionsTest extends NetTests {
  private static final int COUNT = 10_000;

  /** Whoever finds the line full tries again after a second. */
  private static final ServerOptions LONG_LINE = ServerOptions.DEFAULT.withBacklog(4_096);

  /** A buffer of 64 KiB for each would be 640 MB. */
  private static final long MOST_BYTES_EACH = 4 * 1024;

  @Test
  @Timeout(120)
  void NET_57_tenThousandConnectionsAtOnceEachSendAndReceiveAndNothingIsLeft() throws Exception {
    assumeTrue(mostDescriptors() > COUNT + 1_000, "needs 11,000 open files: see ulimit -n");
    long descriptors = SystemSockets.descriptors();
    run(
        () -> {
          long before = used();
          Server server = await(Net.startServer(Echo::new, "127.0.0.1", 0, LONG_LINE));
          try (server) {
            int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
            CountDownLatch open = new CountDownLatch(1);
            CountDownLatch measured = new CountDownLatch(1);
            Promise<Ended> clients = peer(() -> runClients(port, open, measured));
            while (!clients.isDone()
                && (server.connections().size() < COUNT || open.getCount() > 0)) {
              await(sleep(ms(5)));
            }
            long each = (used() - before) / COUNT;
            measured.countDown();
            assertEquals(List.of("open", "right " + COUNT), result(clients).output());
            assertTrue(each < MOST_BYTES_EACH, each + " bytes for each that waits");
            while (!server.connections().isEmpty()) {
              await(sleep(ms(5)));
            }
          }
        });
    loop.close();
    assertEquals(descriptors, SystemSockets.descriptors());
    assertEquals(List.of(), reports);
  }

  private static Ended runClients(int port, CountDownLatch open, CountDownLatch measured)
      throws Exception {
    return new JavaProcess("-Xmx256m")
        .run(
            TenThousandClients.class,
            (process, line) -> {
              if (line.equals("open")) {
                open.countDown();
                goOn(process, measured);
              }
            },
            Integer.toString(port),
            Integer.toString(COUNT));
  }

  private static void goOn(Process process, CountDownLatch measured) {
    try {
      measured.await();
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long mostDescriptors() throws Exception {
    ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    return (Long) beans.getAttribute(system, "MaxFileDescriptorCount");
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Answers one message. Its body has no thread, as those of {@code Co} have. */
  private static final class Echo extends Continuation<Void, IOException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT,
            "io.fermata.net.ManyConnectionsTest",
            "echo",
            "ManyConnectionsTest.java",
            "",
            "");
    private static final int READ = 2;

    private final StreamReader reader;
    private final StreamWriter writer;

    Echo(StreamReader reader, StreamWriter writer) {
      this.reader = reader;
      this.writer = writer;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Object message = sent;
      if (state != READ) {
        message = await(task, reader.readExactly(Integer.BYTES), depth);
        if (message == SUSPENDED) {
          state = READ;
          return SUSPENDED;
        }
      }
      writer.write((byte[]) message);
      return null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
