package io.fermata.net;

import static io.fermata.Co.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.Async;
import io.fermata.Co;
import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.net.TestNetwork.Listener;
import io.fermata.net.TestNetwork.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the tests of {@code io.fermata.net} share: a network with plain sockets as peers, and the
 * count of what is open, which is the same in the end. Each of these tests runs on the system's
 * network in real time, and once more on the simulated one.
 */
@Timeout(30)
abstract class NetTests {
  protected static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  protected final TestNetwork network = newNetwork();
  protected final EventLoop loop = network.loop();
  protected final List<ExceptionContext> reports = new ArrayList<>();
  private long openBefore;

  /** What the tests run on. */
  protected TestNetwork newNetwork() {
    return new SystemSockets();
  }

  @BeforeEach
  void prepare() throws IOException {
    openBefore = network.open();
    loop.setExceptionHandler((ignored, context) -> reports.add(context));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    loop.close();
    assertEquals(openBefore, network.open(), "sockets and selectors that are open");
  }

  protected static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(LOOPBACK, port);
  }

  protected void run(Co.VoidBody body) {
    loop.runUntilComplete(
        Co.coroVoid(
            "main",
            () -> {
              network.enter();
              body.run();
            }));
  }

  protected <T> Task<T> task(Co.Body<T> body) {
    return loop.createTask(Co.coro("task", body));
  }

  protected Task<Void> taskVoid(Co.VoidBody body) {
    return loop.createTask(Co.coroVoid("task", body));
  }

  /** Runs what a peer does beside the test. */
  protected <T> Promise<T> peer(Callable<T> work) {
    return network.inBackground(work);
  }

  protected static <T> T result(Promise<T> peer) {
    return await(peer);
  }

  /** Our side of a connection, and a plain socket at the other. */
  protected record Pair(Connection ours, Peer peer) implements AutoCloseable {
    StreamReader reader() {
      return ours.reader();
    }

    StreamWriter writer() {
      return ours.writer();
    }

    void send(String text) throws IOException {
      peer.send(bytes(text));
    }

    void send(byte[] bytes) throws IOException {
      peer.send(bytes);
    }

    /** The peer sends a reset. */
    void reset() throws IOException {
      peer.reset();
    }

    @Override
    public void close() throws IOException {
      ours.abort();
      peer.close();
    }
  }

  protected Pair pair() throws IOException {
    return pair(ConnectOptions.DEFAULT);
  }

  protected Pair pair(ConnectOptions options) throws IOException {
    try (Listener listener = network.listen()) {
      Connection ours = await(Net.openConnection(listener.address(), options));
      return new Pair(ours, listener.accept());
    }
  }

  protected static int port(Listener listener) {
    return ((InetSocketAddress) listener.address()).getPort();
  }

  protected static int localPort(Peer peer) throws IOException {
    return ((InetSocketAddress) peer.localAddress()).getPort();
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  protected static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  /** What a peer reads until it has so many bytes, or the end. */
  protected static String read(Peer peer, int count) throws IOException {
    return text(readBytes(peer, count));
  }

  protected static byte[] readBytes(Peer peer, int count) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (all.size() < count) {
      byte[] some = peer.readSome(Math.min(64 * 1024, count - all.size()));
      if (some.length == 0) {
        break;
      }
      all.writeBytes(some);
    }
    return all.toByteArray();
  }

  protected static byte[] readAll(Peer peer) throws IOException {
    return readBytes(peer, Integer.MAX_VALUE);
  }

  protected static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  protected static void assertBytes(byte[] expected, byte[] actual) {
    assertEquals(-1, Arrays.mismatch(expected, actual), "the first byte that differs");
  }

  protected static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Lets the loop see what the peers did. */
  protected static void settle() {
    await(Async.sleep(ms(20)));
  }
}
