package io.fermata.benchmarks.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The floor: about the least that an echo server can cost on the JDK's channels, written by hand.
 * One thread, one selector, one direct buffer for all connections; a connection has memory of its
 * own only while its client does not read.
 */
final class FloorEcho {
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

  private FloorEcho() throws IOException {
    selector = Selector.open();
    listener = ServerSocketChannel.open().bind(ServerControl.anyPort(), ServerControl.BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  public static void main(String[] args) throws IOException {
    FloorEcho server = new FloorEcho();
    ServerControl.listens(server.listener.getLocalAddress());
    server.serve();
  }

  private void serve() throws IOException {
    for (; ; ) {
      selector.select(this::ready);
    }
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof Echo echo) {
      echo.ready(key);
    } else {
      accept();
    }
  }

  private void accept() {
    try {
      for (SocketChannel channel; (channel = listener.accept()) != null; ) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new Echo(channel));
      }
    } catch (IOException e) {
      System.err.println("accept failed: " + e);
    }
  }

  private final class Echo {
    private final SocketChannel channel;

    /** What the client did not take, to be sent before anything is read. */
    private @Nullable ByteBuffer rest;

    Echo(SocketChannel channel) {
      this.channel = channel;
    }

    void ready(SelectionKey key) {
      try {
        if (rest == null) {
          read(key);
        } else {
          write(key, rest);
        }
      } catch (IOException e) {
        close();
      }
    }

    private void read(SelectionKey key) throws IOException {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        close();
        return;
      }
      buffer.flip();
      channel.write(buffer);
      if (buffer.hasRemaining()) {
        rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        key.interestOps(SelectionKey.OP_WRITE);
      }
    }

    private void write(SelectionKey key, ByteBuffer left) throws IOException {
      channel.write(left);
      if (!left.hasRemaining()) {
        rest = null;
        key.interestOps(SelectionKey.OP_READ);
      }
    }

    private void close() {
      try {
        channel.close();
      } catch (IOException e) {
        System.err.println("close failed: " + e);
      }
    }
  }
}
