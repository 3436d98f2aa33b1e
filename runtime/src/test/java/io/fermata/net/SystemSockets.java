package io.fermata.net;

import io.fermata.Async;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.SelectorLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The loopback of the system, in real time; peers are blocking channels in threads. */
final class SystemSockets implements TestNetwork {
  static {
    try {
      SocketChannel.open().close(); // the JDK keeps a descriptor from its first channel on
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private final SelectorLoop loop = new SelectorLoop();

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void enter() {}

  @Override
  public Listener listen(SocketAddress address) throws IOException {
    ServerSocketChannel channel =
        address instanceof InetSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.INET)
            : ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(address);
    SocketAddress bound = channel.getLocalAddress();
    return new Listener() {
      @Override
      public Peer accept() throws IOException {
        return new ChannelPeer(channel.accept());
      }

      @Override
      public SocketAddress address() {
        return bound;
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public Peer connect(SocketAddress address) throws IOException {
    return new ChannelPeer(SocketChannel.open(address));
  }

  @Override
  public <T> Promise<T> inBackground(Callable<T> work) {
    return Async.toPromise(inThread(work));
  }

  /** Runs something that blocks in a thread of its own. */
  static <T> CompletableFuture<T> inThread(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(work.call());
              } catch (Throwable t) {
                result.completeExceptionally(t);
              }
            },
            "peer");
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  @Override
  public long open() throws IOException {
    return descriptors();
  }

  /** How many descriptors of sockets, pipes and selectors this process has; 0 if nobody tells. */
  static long descriptors() throws IOException {
    Path own = Path.of("/proc/self/fd");
    if (!Files.isDirectory(own)) {
      return 0;
    }
    long count = 0;
    try (Stream<Path> links = Files.list(own)) {
      for (Path link : links.toList()) {
        try {
          String target = Files.readSymbolicLink(link).toString();
          if (target.startsWith("socket:") || target.startsWith("anon_inode:")) {
            count++;
          }
        } catch (IOException e) {
          // that of the listing itself
        }
      }
    }
    return count;
  }

  private record ChannelPeer(SocketChannel channel) implements Peer {
    private ChannelPeer {
      if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
        setNoDelay(channel);
      }
    }

    private static void setNoDelay(SocketChannel channel) {
      try {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void send(byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    @Override
    public byte[] readSome(int max) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(max);
      channel.read(buffer);
      return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Override
    public void shutdownOutput() throws IOException {
      channel.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }

    @Override
    public void sendBufferSize(int bytes) throws IOException {
      channel.setOption(StandardSocketOptions.SO_SNDBUF, bytes);
    }

    @Override
    public SocketAddress localAddress() throws IOException {
      return channel.getLocalAddress();
    }

    @Override
    public SocketAddress remoteAddress() throws IOException {
      return channel.getRemoteAddress();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
