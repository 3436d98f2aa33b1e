package io.fermata.benchmarks.net;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The server's side of {@link ServerProcess}: tells the port, answers questions on the standard
 * input, and ends the process with it.
 */
final class ServerControl {
  /** How many clients may wait to be accepted, with each peer. */
  static final int BACKLOG = 1024;

  /** How much a server reads at most from a connection that has a buffer of its own. */
  static final int READ_SIZE = 16 * 1024;

  /** The question of how many bytes all threads have allocated. */
  static final String ALLOCATED = "allocated";

  /** The question of how much of the heap is used behind a collection. */
  static final String HEAP = "heap";

  private static final int COLLECTIONS = 4;

  private ServerControl() {}

  static SocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Says that the server listens. */
  static void listens(SocketAddress address) {
    Thread answering = new Thread(ServerControl::answer, "control");
    answering.setDaemon(true);
    answering.start();
    System.out.println(((InetSocketAddress) address).getPort());
  }

  private static void answer() {
    try (BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String question; (question = questions.readLine()) != null; ) {
        System.out.println(answerTo(question));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static long answerTo(String question) {
    return switch (question) {
      case ALLOCATED -> allocatedByOthers();
      case HEAP -> usedHeap();
      default -> throw new IllegalArgumentException("'" + question + "' is no question.");
    };
  }

  /** Virtual threads allocate in the name of their carriers. */
  private static long allocatedByOthers() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids = threads.getAllThreadIds();
    long[] allocated = threads.getThreadAllocatedBytes(ids);
    long sum = 0;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != Thread.currentThread().getId()) {
        sum += Math.max(0, allocated[i]);
      }
    }
    return sum;
  }

  private static long usedHeap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
