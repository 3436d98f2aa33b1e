package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fermata.Co;
import io.fermata.EventLoop;
import io.fermata.SelectorLoop;
import io.fermata.internal.net.Acceptor;
import io.fermata.internal.net.DatagramTransport;
import io.fermata.internal.net.Network;
import io.fermata.internal.net.ReadyListener;
import io.fermata.internal.net.SystemNetwork;
import io.fermata.internal.net.Transport;
import io.fermata.testing.Host;
import io.fermata.testing.SimulatedNetwork;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What sockets of the simulated network do and throw, against those of Linux: every sequence of
 * what the peer may have done and what is done then.
 */
@Timeout(120)
class SimulatedSocketsTest {

  private static final ReadyListener NOBODY =
      new ReadyListener() {
        @Override
        public void ready(int operations) {}

        @Override
        public void loopCloses() {}
      };

  private enum Step {
    SEND,
    READ,
    SHUT_DOWN,
    CLOSE,
    RESET;

    private String take(Transport end) {
      return outcome(
          () ->
              switch (this) {
                case SEND -> end.write(ByteBuffer.allocate(5));
                case READ -> end.read(ByteBuffer.allocate(100));
                case SHUT_DOWN -> {
                  end.shutdownOutput();
                  yield "shut down";
                }
                case CLOSE -> {
                  end.close();
                  yield "closed";
                }
                case RESET -> {
                  end.reset();
                  yield "reset";
                }
              });
    }
  }

  private interface Action {
    Object go() throws Throwable;
  }

  private static String outcome(Action action) {
    try {
      return String.valueOf(action.go());
    } catch (Throwable t) {
      return t.getClass().getName() + ": " + t.getMessage();
    }
  }

  /** What is done on a network, told line by line. */
  private interface Script {
    void run(Network network, List<String> told) throws Throwable;
  }

  @BeforeEach
  void onLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "the messages are those of Linux");
  }

  private static void sameOnBoth(Script script) {
    List<String> real = new ArrayList<>();
    try (Run run = new Run(new SelectorLoop())) {
      run.on(() -> script.run(SystemNetwork.INSTANCE, real));
    }
    List<String> simulated = new ArrayList<>();
    Host here = SimulatedNetwork.seeded(1).host("here");
    try (Run run = new Run(new VirtualTimeLoop())) {
      run.on(
          () ->
              await(here.createTask(coroVoid(() -> script.run(Network.CURRENT.get(), simulated)))));
    }
    assertTrue(real.size() > 10, real.toString());
    assertEquals(real.size(), simulated.size());
    List<String> different = new ArrayList<>();
    for (int i = 0; i < real.size(); i++) {
      if (!real.get(i).equals(simulated.get(i))) {
        different.add("\n" + real.get(i) + "\n    simulated: " + simulated.get(i));
      }
    }
    assertEquals(List.of(), different);
  }

  private record Run(EventLoop loop) implements AutoCloseable {
    void on(Co.VoidBody body) {
      loop.runUntilComplete(coroVoid(body));
    }

    @Override
    public void close() {
      loop.close();
    }
  }

  /** Sequences of at most so many steps. */
  private static List<List<Step>> sequences(int max, List<Step> steps) {
    List<List<Step>> all = new ArrayList<>();
    all.add(List.of());
    for (int i = 0; i < all.size(); i++) {
      List<Step> begin = all.get(i);
      boolean open = !begin.contains(Step.CLOSE) && !begin.contains(Step.RESET);
      if (begin.size() < max && open) {
        for (Step step : steps) {
          List<Step> longer = new ArrayList<>(begin);
          longer.add(step);
          all.add(longer);
        }
      }
    }
    return all;
  }

  private static void allSequences(SocketAddress address, Network network, List<String> told)
      throws IOException {
    List<List<Step>> ofPeer = sequences(2, List.of(Step.values()));
    List<List<Step>> ours = sequences(3, List.of(Step.SEND, Step.READ, Step.SHUT_DOWN));
    Acceptor acceptor = network.listen(address, 0, Map.of(), Map.of(), NOBODY);
    for (boolean sent : new boolean[] {false, true}) {
      for (List<Step> before : ofPeer) {
        for (List<Step> then : ours) {
          if (then.size() < 3) {
            continue; // it begins a longer one
          }
          StringBuilder text = new StringBuilder(sent + " " + before + " " + then + ":");
          Transport end = network.connect(acceptor.localAddress(), null, Map.of());
          while (!end.finishConnect()) {
            await(sleep(Duration.ofMillis(1)));
          }
          Transport peer = acceptor.accept();
          if (sent) {
            Step.SEND.take(end);
          }
          before.forEach(step -> text.append(' ').append(step.take(peer)));
          if (before.contains(Step.CLOSE) || before.contains(Step.RESET)) {
            await(sleep(Duration.ofMillis(1))); // a channel is closed when its selector has looked
          }
          then.forEach(step -> text.append(' ').append(step.take(end)));
          told.add(text.toString());
          end.reset();
          peer.reset();
        }
      }
    }
    acceptor.close();
  }

  @Test
  void SIM_05_whatAPeerHasDoneIsToldAsByTcpSockets() {
    sameOnBoth((network, told) -> allSequences(NetTests.loopback(0), network, told));
  }

  @Test
  void SIM_05_whatAPeerHasDoneIsToldAsByUnixSockets(@TempDir Path folder) {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    sameOnBoth((network, told) -> allSequences(address, network, told));
  }

  private static Acceptor listen(Network network, SocketAddress address) throws IOException {
    return network.listen(address, 0, Map.of(), Map.of(), NOBODY);
  }

  private static String connect(Network network, SocketAddress remote, SocketAddress local) {
    return outcome(
        () -> {
          Transport transport = network.connect(remote, local, Map.of());
          while (!transport.finishConnect()) {
            await(sleep(Duration.ofMillis(1)));
          }
          transport.reset();
          return "connected";
        });
  }

  @Test
  void SIM_05_whatCantBeOpenedIsToldAsBySockets(@TempDir Path folder) {
    sameOnBoth(
        (network, told) -> {
          Acceptor acceptor = listen(network, NetTests.loopback(0));
          InetSocketAddress taken = (InetSocketAddress) acceptor.localAddress();
          InetSocketAddress foreign = new InetSocketAddress("192.0.2.1", 0);
          told.add(connect(network, taken, null));
          told.add(connect(network, new InetSocketAddress("0.0.0.0", taken.getPort()), null));
          told.add(connect(network, taken, NetTests.loopback(0)));
          told.add(connect(network, taken, taken));
          told.add(connect(network, taken, foreign));
          told.add(connect(network, NetTests.loopback(1), null));
          told.add(connect(network, InetSocketAddress.createUnresolved("no.invalid", 1), null));
          told.add(outcome(() -> listen(network, taken)));
          told.add(
              outcome(() -> listen(network, new InetSocketAddress("0.0.0.0", taken.getPort()))));
          told.add(outcome(() -> listen(network, foreign)));
          for (var option :
              List.of(
                  StandardSocketOptions.IP_MULTICAST_TTL,
                  StandardSocketOptions.SO_SNDBUF,
                  StandardSocketOptions.SO_RCVBUF)) {
            told.add(
                outcome(() -> network.connect(taken, null, Map.of(option, -1)).getClass() == null));
          }
          told.add(
              outcome(
                  () ->
                      network.listen(
                          NetTests.loopback(0),
                          0,
                          Map.of(StandardSocketOptions.TCP_NODELAY, true),
                          Map.of(),
                          NOBODY)));
          acceptor.close();
          await(sleep(Duration.ofMillis(1)));
          told.add(connect(network, taken, null));
          Path path = folder.resolve(network instanceof SystemNetwork ? "real" : "simulated");
          told.add(connect(network, UnixDomainSocketAddress.of(path), null));
          Acceptor unix = listen(network, UnixDomainSocketAddress.of(path));
          told.add(outcome(() -> listen(network, UnixDomainSocketAddress.of(path))));
          told.add(connect(network, UnixDomainSocketAddress.of(path), null));
          told.add(
              outcome(
                  () ->
                      network.connect(
                          UnixDomainSocketAddress.of(path),
                          null,
                          Map.of(StandardSocketOptions.TCP_NODELAY, true))));
          unix.close();
        });
  }

  private static DatagramTransport datagrams(
      Network network, SocketAddress local, SocketAddress remote) throws IOException {
    return network.openDatagrams(local, remote, Map.of(), NOBODY);
  }

  private static String send(DatagramTransport from, int size, SocketAddress to) {
    return outcome(() -> from.send(ByteBuffer.allocate(size), to));
  }

  @Test
  void SIM_05_whatDatagramsAreRefusedIsToldAsBySockets() {
    sameOnBoth(
        (network, told) -> {
          DatagramTransport a = datagrams(network, NetTests.loopback(0), null);
          DatagramTransport b = datagrams(network, NetTests.loopback(0), null);
          SocketAddress ofB = b.localAddress();
          told.add(outcome(() -> datagrams(network, ofB, null)));
          told.add(outcome(() -> datagrams(network, new InetSocketAddress("192.0.2.1", 0), null)));
          told.add(send(a, 65_507, ofB));
          told.add(send(a, 65_508, ofB));
          told.add(send(a, 5, NetTests.loopback(0)));
          told.add(send(a, 5, new InetSocketAddress("0:0:0:0:0:0:0:1", 99)));
          told.add(send(a, 5, new InetSocketAddress("255.255.255.255", 99)));
          ByteBuffer small = ByteBuffer.allocate(4);
          told.add(outcome(() -> b.receive(small).equals(a.localAddress()) + " " + small));
          told.add(outcome(() -> b.receive(small.clear())));
          DatagramTransport connected = datagrams(network, null, ofB);
          told.add(outcome(() -> ((InetSocketAddress) connected.localAddress()).getAddress()));
          told.add(send(connected, 5, null));
          b.close();
          await(sleep(Duration.ofMillis(1)));
          for (int i = 0; i < 4; i++) {
            told.add(send(connected, 5, null));
          }
          told.add(outcome(() -> connected.receive(small)));
          told.add(outcome(() -> connected.receive(small)));
          told.add(send(a, 5, ofB));
          told.add(send(a, 5, ofB));
          told.add(outcome(() -> a.receive(small)));
          a.close();
          connected.close();
          DatagramTransport any = datagrams(network, null, null);
          told.add(outcome(() -> ((InetSocketAddress) any.localAddress()).getAddress()));
          any.close();
        });
  }
}
