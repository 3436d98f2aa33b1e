package io.fermata.internal.net;

import io.fermata.ChannelWatch;
import io.fermata.EventLoop;
import io.fermata.ReadyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** A datagram socket of the system's. */
final class SystemDatagrams implements DatagramTransport, ReadyHandler {
  private final DatagramChannel channel;
  private final boolean connected;
  private final ReadyListener listener;
  private final ChannelWatch watch;
  private final SocketAddress local;

  SystemDatagrams(DatagramChannel channel, boolean connected, ReadyListener listener)
      throws IOException {
    this.channel = channel;
    this.connected = connected;
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
    if (connected) {
      sent = channel.write(source);
    } else {
      sent = channel.send(source, target);
    }
    // Of an empty datagram 0 bytes are sent, and it can't be told from one that is not.
    return sent > 0 || empty;
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
