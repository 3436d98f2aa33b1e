package io.fermata.net;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Both ends of an echo on one loop. Prints how many bytes that loop's thread allocates for a
 * message, which each end reads and writes once: the least of several times, since on a busy
 * machine messages come in pieces now and then.
 *
 * <p>Arguments: {@code arrays} or {@code buffers}, and the size of the message.
 */
final class EchoAllocation {
  private static final int WARM_UP = 500;
  private static final int MEASURED = 1_500;
  private static final int TIMES = 3;

  private EchoAllocation() {}

  public static void main(String[] args) throws IOException {
    boolean arrays = args[0].equals("arrays");
    ByteBuffer message = ByteBuffer.allocateDirect(Integer.parseInt(args[1]));
    Async.run(new Main(arrays, message));
  }

  private static long allocated() {
    try {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      ObjectName threads = new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME);
      return (Long) beans.getAttribute(threads, "CurrentThreadAllocatedBytes");
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  /** Its body has no thread, as those of {@code Co} have. */
  private abstract static class Body extends Continuation<Void, IOException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.net.EchoAllocation", "body", "EchoAllocation.java", "", "");

    private int point;

    /** Awaited next, or null at the end. */
    abstract Awaitable<?> next(int at, Object given) throws IOException;

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Object given = received(sent);
      for (; ; ) {
        Awaitable<?> awaited = next(point, given);
        point++;
        if (awaited == null) {
          return null;
        }
        given = await(task, awaited, depth);
        if (given == SUSPENDED) {
          state = -2;
          return SUSPENDED;
        }
      }
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class Main extends Body {
    private final boolean arrays;
    private final ByteBuffer message;
    private Server server;

    Main(boolean arrays, ByteBuffer message) {
      this.arrays = arrays;
      this.message = message;
    }

    @Override
    Awaitable<?> next(int at, Object given) throws IOException {
      switch (at) {
        case 0 -> {
          InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
          return Net.startServer((reader, writer) -> echo(reader, writer), any);
        }
        case 1 -> {
          server = (Server) given;
          return Net.openConnection(server.addresses().get(0));
        }
        case 2 -> {
          Connection c = (Connection) given;
          c.writer().write(message);
          Echo asking = echo(c.reader(), c.writer());
          asking.ends = true;
          return asking;
        }
        default -> {
          server.closeClients();
          server.close();
          return null;
        }
      }
    }

    private Echo echo(StreamReader reader, StreamWriter writer) {
      return new Echo(reader, writer, arrays ? null : ByteBuffer.allocateDirect(64 * 1024));
    }
  }

  /** Reads and writes in turn, up to the end, or for so long as is measured. */
  private static final class Echo extends Body {
    private final StreamReader reader;
    private final StreamWriter writer;
    private final ByteBuffer buffer;
    private boolean ends;
    private long before;
    private long least = Long.MAX_VALUE;

    Echo(StreamReader reader, StreamWriter writer, ByteBuffer buffer) {
      this.reader = reader;
      this.writer = writer;
      this.buffer = buffer;
    }

    @Override
    Awaitable<?> next(int at, Object given) {
      if (at % 2 == 0) {
        int measured = at / 2 - WARM_UP;
        if (ends && measured >= 0 && measured % MEASURED == 0) {
          least = measured == 0 ? least : Math.min(least, allocated() - before);
          before = allocated();
        }
        if (ends && measured == TIMES * MEASURED) {
          System.out.println((double) least / MEASURED);
          reader.connection().abort();
          return null;
        }
        return buffer == null ? reader.read(64 * 1024) : reader.readInto(buffer.clear());
      }
      if (buffer != null) {
        return (Integer) given < 0 ? null : writer.send(buffer.flip());
      }
      byte[] message = (byte[]) given;
      if (message.length == 0) {
        return null;
      }
      writer.write(message);
      return writer.drain();
    }
  }
}
