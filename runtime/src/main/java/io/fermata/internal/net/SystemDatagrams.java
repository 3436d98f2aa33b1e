package io.fermata.internal.net;

import io.fermata.ChannelWatch;
import io.fermata.EventLoop;
import io.fermata.ReadyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A datagram socket of the system's. */
final class SystemDatagrams implements DatagramTransport, ReadyHandler {
  private final DatagramChannel channel;
  private final boolean connected;
  private final Map<SocketOption<?>, Object> options;
  private final ReadyListener listener;
  private final ChannelWatch watch;
  private final SocketAddress local;

  SystemDatagrams(
      DatagramChannel channel,
      boolean connected,
      Map<SocketOption<?>, Object> options,
      ReadyListener listener)
      throws IOException {
    this.channel = channel;
    this.connected = connected;
    this.options = options;
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
  public @Nullable SocketAddress receive(ByteBuffer target) throws IOException {
    return channel.receive(target);
  }

  @Override
  public boolean send(ByteBuffer source, @Nullable SocketAddress target) throws IOException {
    boolean empty = !source.hasRemaining();
    int sent;
    if (!connected) {
      sent = channel.send(source, target);
    } else if (empty) {
      sent = sendBeside(source);
    } else {
      sent = channel.write(source);
    }
    // Of an empty datagram 0 bytes are sent, and it can't be told from one that is not.
    return sent > 0 || empty;
  }

  /**
   * Sends from a second socket at the same address: of a connected channel, write and send alike
   * make no system call for an empty buffer. What comes meanwhile from the peer, and word that it
   * is gone, the system gives to the socket that is connected.
   */
  private int sendBeside(ByteBuffer source) throws IOException {
    boolean shared = channel.getOption(StandardSocketOptions.SO_REUSEADDR);
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    try (DatagramChannel beside = SystemNetwork.datagramChannel(local)) {
      SystemNetwork.setAll(beside, options);
      beside.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      beside.configureBlocking(false);
      beside.bind(local);
      return beside.send(source, channel.getRemoteAddress());
    } finally {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
    }
  }

  @Override
  public Runnable join(InetAddress group, NetworkInterface through) throws IOException {
    return channel.join(group, through)::drop;
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
