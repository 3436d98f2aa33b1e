package io.fermata.internal.net;

import io.fermata.ChannelWatch;
import io.fermata.EventLoop;
import io.fermata.ReadyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A listening socket of the system's. */
public final class SystemAcceptor implements Acceptor, ReadyHandler {
  private final ServerSocketChannel channel;
  private final Map<SocketOption<?>, Object> ofConnections;
  private final ReadyListener listener;
  private final ChannelWatch watch;
  private final SocketAddress local;

  /**
   * Takes a channel over that is bound, and not in blocking mode.
   *
   * @throws IOException if it can't be watched; it is then left as it was
   */
  public SystemAcceptor(
      ServerSocketChannel channel,
      Map<SocketOption<?>, Object> ofConnections,
      ReadyListener listener)
      throws IOException {
    this.channel = channel;
    this.ofConnections = ofConnections;
    this.listener = listener;
    this.local = channel.getLocalAddress();
    this.watch = EventLoop.running().watch(channel, 0, this);
  }

  @Override
  public void ready(ChannelWatch ready, int operations) {
    listener.ready(operations);
  }

  @Override
  public void loopCloses(ChannelWatch ended) {
    listener.loopCloses();
  }

  @Override
  public @Nullable Transport accept() throws IOException {
    SocketChannel accepted = channel.accept();
    if (accepted == null) {
      return null;
    }
    try {
      accepted.configureBlocking(false);
      SystemNetwork.setAll(accepted, ofConnections);
      return new SystemTransport(accepted, accepted.getRemoteAddress());
    } catch (Throwable t) {
      accepted.close();
      throw t;
    }
  }

  @Override
  public void interest(int operations) {
    watch.interest(operations);
  }

  @Override
  public void close() {
    watch.close();
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public String toString() {
    return listener.toString();
  }
}
