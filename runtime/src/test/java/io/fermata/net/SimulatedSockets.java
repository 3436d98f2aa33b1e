package io.fermata.net;

import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;

import io.fermata.Async;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.Suspension;
import io.fermata.internal.net.Acceptor;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.Transport;
import io.fermata.testing.Host;
import io.fermata.testing.SimulatedNetwork;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The loopback of a simulated host, in virtual time; peers are coroutines over its transports. */
final class SimulatedSockets implements TestNetwork {
  private final VirtualTimeLoop loop = new VirtualTimeLoop();
  private final SimulatedNetwork net = SimulatedNetwork.seeded(1);
  private final Network host;

  SimulatedSockets() {
    Network[] found = new Network[1];
    Host here = net.host("here");
    loop.runUntilComplete(
        coroVoid(() -> await(here.createTask(coroVoid(() -> found[0] = Network.CURRENT.get())))));
    host = found[0];
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void enter() {
    Network.CURRENT.set(host);
  }

  @Override
  public Listener listen(SocketAddress address) throws IOException {
    Waiting waiting = new Waiting("a client");
    Acceptor acceptor = host.listen(address, 0, Map.of(), Map.of(), waiting);
    return new Listener() {
      @Override
      public Peer accept() throws IOException {
        for (Transport transport; ; waiting.await()) {
          transport = acceptor.accept();
          if (transport != null) {
            return new TransportPeer(transport);
          }
          acceptor.interest(Transport.ACCEPT);
        }
      }

      @Override
      public SocketAddress address() {
        return acceptor.localAddress();
      }

      @Override
      public void close() {
        acceptor.close();
      }
    };
  }

  @Override
  public Peer connect(SocketAddress address) throws IOException {
    Transport transport = host.connect(address, null, Map.of());
    TransportPeer peer = new TransportPeer(transport);
    while (!transport.finishConnect()) {
      peer.waiting.await();
    }
    return peer;
  }

  @Override
  public <T> Promise<T> inBackground(Callable<T> work) {
    return loop.createTask(coro("peer", work::call), "peer");
  }

  @Override
  public void pause(Duration time) {
    await(Async.sleep(time));
  }

  @Override
  public long open() {
    return net.openSockets().size();
  }

  /** Those who wait for a socket. */
  private static final class Waiting implements ReadyListener {
    private final String purpose;
    private final List<Suspension> places = new ArrayList<>();

    Waiting(String purpose) {
      this.purpose = purpose;
    }

    void await() {
      Suspension place = new Suspension(purpose);
      places.add(place);
      io.fermata.Co.await(place);
    }

    @Override
    public void ready(int operations) {
      List<Suspension> all = List.copyOf(places);
      places.clear();
      all.stream().filter(Suspension::isWaiting).forEach(Suspension::resume);
    }

    @Override
    public void loopCloses() {}
  }

  private static final class TransportPeer implements Peer {
    private final Transport transport;
    final Waiting waiting = new Waiting("a peer of the test");
    private boolean closed;

    TransportPeer(Transport transport) {
      this.transport = transport;
      transport.listener(waiting);
    }

    private void waitFor(int operation) throws IOException {
      transport.interest(operation);
      waiting.await();
      if (closed) {
        throw new SocketException("Socket closed");
      }
      transport.interest(0);
    }

    @Override
    public void send(byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        if (transport.write(buffer) == 0) {
          waitFor(Transport.WRITE);
        }
      }
    }

    @Override
    public byte[] readSome(int max) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(max);
      while (transport.read(buffer) == 0) {
        waitFor(Transport.READ);
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Override
    public void shutdownOutput() throws IOException {
      transport.shutdownOutput();
    }

    @Override
    public void reset() {
      closed = true;
      transport.reset();
      waiting.ready(0);
    }

    @Override
    public void sendBufferSize(int bytes) {}

    @Override
    public SocketAddress localAddress() {
      return transport.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
      return transport.remoteAddress();
    }

    @Override
    public void close() {
      closed = true;
      transport.close();
      waiting.ready(0);
    }
  }
}
