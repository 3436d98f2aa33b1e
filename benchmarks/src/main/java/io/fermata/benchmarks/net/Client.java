package io.fermata.benchmarks.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The client of all servers: one thread, and on each connection a question, its answer, the next
 * question. At the end of a window it waits for the answers that are due, so that what the server
 * has used belongs to what was answered.
 */
final class Client implements AutoCloseable {
  /** So many connections are opened at a time, and asked something, before more are. */
  private static final int CONNECTED_AT_A_TIME = 64;

  private static final int PATIENCE_MILLIS = 30_000;

  private final InetSocketAddress server;
  private final ByteBuffer question;
  private final int lengthOfAnswer;
  private final Selector selector = Selector.open();
  private final ByteBuffer sink = ByteBuffer.allocateDirect(64 * 1024);
  private final List<Exchange> connections = new ArrayList<>();

  private long answered;
  private int due;
  private boolean goesOn;

  Client(InetSocketAddress server, Question question) throws IOException {
    this.server = server;
    this.question = question.direct();
    this.lengthOfAnswer = question.lengthOfAnswer(server);
  }

  /** Opens so many more connections, and asks once on each. */
  void open(int count) throws IOException {
    for (int opened = 0; opened < count; ) {
      int before = connections.size();
      for (int i = 0; i < CONNECTED_AT_A_TIME && opened < count; i++, opened++) {
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        connections.add(new Exchange(channel));
      }
      for (Exchange exchange : connections.subList(before, connections.size())) {
        exchange.ask();
      }
      awaitAnswers();
    }
  }

  /** Asks on each connection, again and again; gives how many questions were answered. */
  long askFor(Duration time) throws IOException {
    long before = answered;
    long end = System.nanoTime() + time.toNanos();
    goesOn = true;
    for (Exchange exchange : connections) {
      exchange.ask();
    }
    while (System.nanoTime() < end) {
      select();
    }
    goesOn = false;
    awaitAnswers();
    return answered - before;
  }

  private void awaitAnswers() throws IOException {
    while (due > 0) {
      select();
    }
  }

  private void select() throws IOException {
    if (selector.select(this::ready, PATIENCE_MILLIS) == 0) {
      throw new IllegalStateException("the server leaves " + due + " questions without an answer.");
    }
  }

  private void ready(SelectionKey key) {
    try {
      ((Exchange) key.attachment()).ready();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends each connection, and waits until the server has done so too. */
  @Override
  public void close() throws IOException {
    for (Exchange exchange : connections) {
      exchange.end();
    }
    selector.selectNow(); // a channel with a key, even a cancelled one, can't be made blocking
    for (Exchange exchange : connections) {
      exchange.awaitEnd();
    }
    connections.clear();
    selector.close();
  }

  private final class Exchange {
    final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer unsent = question.duplicate();
    private int missing;

    Exchange(SocketChannel channel) throws IOException {
      this.channel = channel;
      this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    void ask() throws IOException {
      due++;
      missing = lengthOfAnswer;
      unsent.rewind();
      send();
    }

    private void send() throws IOException {
      channel.write(unsent);
      int wanted =
          unsent.hasRemaining()
              ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
              : SelectionKey.OP_READ;
      if (wanted != key.interestOps()) {
        key.interestOps(wanted);
      }
    }

    void ready() throws IOException {
      if (unsent.hasRemaining()) {
        send();
      }
      int count = channel.read(sink.clear());
      if (count < 0) {
        throw new EOFException("the server has closed a connection.");
      }
      missing -= count;
      if (missing < 0) {
        throw new IllegalStateException("the server sends more than it is asked for.");
      }
      if (missing == 0 && count > 0) {
        due--;
        answered++;
        if (goesOn) {
          ask();
        }
      }
    }

    void end() throws IOException {
      channel.shutdownOutput();
      key.cancel();
    }

    void awaitEnd() throws IOException {
      channel.configureBlocking(true);
      try (channel) {
        while (channel.read(sink.clear()) >= 0) {}
      }
    }
  }
}
