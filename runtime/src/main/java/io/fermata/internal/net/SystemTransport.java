package io.fermata.internal.net;

import io.fermata.ChannelWatch;
import io.fermata.EventLoop;
import io.fermata.ReadyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** A connection of the system's. */
public final class SystemTransport implements Transport, ReadyHandler {
  private final SocketChannel channel;
  private final ChannelWatch watch;
  private final SocketAddress remote;
  private SocketAddress local;

  /** Null until somebody is to be told. */
  private @Nullable ReadyListener listener;

  /**
   * Takes a channel over that is connected or connecting, and not in blocking mode.
   *
   * @throws IOException if it can't be watched; it is then left as it was
   */
  public SystemTransport(SocketChannel channel, SocketAddress remote) throws IOException {
    this.channel = channel;
    this.remote = remote;
    this.local = channel.getLocalAddress();
    this.watch =
        EventLoop.running().watch(channel, channel.isConnectionPending() ? CONNECT : 0, this);
  }

  @Override
  public void listener(ReadyListener newListener) {
    listener = newListener;
  }

  @Override
  public void ready(ChannelWatch ready, int operations) {
    if (listener != null) {
      listener.ready(operations);
    }
  }

  @Override
  public void loopCloses(ChannelWatch ended) {
    if (listener != null) {
      listener.loopCloses();
    }
  }

  @Override
  public boolean finishConnect() throws IOException {
    try {
      if (!channel.finishConnect()) {
        return false;
      }
      local = channel.getLocalAddress();
      return true;
    } catch (Throwable t) {
      close();
      throw t;
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return channel.read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return channel.write(source);
  }

  @Override
  public WritableByteChannel fileTarget() {
    return channel;
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
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
  public void reset() {
    if (channel.isOpen() && channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException e) {
        // The system holds the connection for gone: there is nothing to reset any more.
      }
    }
    close();
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public String toString() {
    return listener == null ? "a connection to " + remote : listener.toString();
  }
}
