package io.fermata.net;

import static io.fermata.Co.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.Co;
import io.fermata.ExceptionContext;
import io.fermata.SelectorLoop;
import io.fermata.Task;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the tests of {@code io.fermata.net} share: a loop in real time, plain blocking sockets as
 * peers, and the count of descriptors, which is the same in the end.
 */
@Timeout(30)
abstract class NetTests {
  protected static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  protected final SelectorLoop loop = new SelectorLoop();
  protected final List<ExceptionContext> reports = new ArrayList<>();
  private long socketsBefore;

  @BeforeEach
  void prepare() throws IOException {
    socketsBefore = sockets();
    loop.setExceptionHandler((ignored, context) -> reports.add(context));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    loop.close();
    assertEquals(socketsBefore, sockets(), "sockets and selectors that are open");
  }

  /** How many descriptors of sockets, pipes and selectors this process has; 0 if nobody tells. */
  static long sockets() throws IOException {
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

  protected void run(Co.VoidBody body) {
    loop.runUntilComplete(Co.coroVoid("main", body));
  }

  protected <T> Task<T> task(Co.Body<T> body) {
    return loop.createTask(Co.coro("task", body));
  }

  protected Task<Void> taskVoid(Co.VoidBody body) {
    return loop.createTask(Co.coroVoid("task", body));
  }

  /** Runs a blocking peer in a thread of its own. */
  protected static <T> CompletableFuture<T> peer(Callable<T> work) {
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

  protected static <T> T result(CompletableFuture<T> peer) {
    return await(io.fermata.Async.toPromise(peer));
  }

  /** Our side of a connection, and a blocking socket at the other. */
  protected record Pair(Connection ours, Socket peer) implements AutoCloseable {
    StreamReader reader() {
      return ours.reader();
    }

    StreamWriter writer() {
      return ours.writer();
    }

    void send(String text) throws IOException {
      send(bytes(text));
    }

    void send(byte[] bytes) throws IOException {
      peer.getOutputStream().write(bytes);
      peer.getOutputStream().flush();
    }

    /** The peer sends a reset. */
    void reset() throws IOException {
      peer.setSoLinger(true, 0);
      peer.close();
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
    try (ServerSocket listener = listener()) {
      Connection ours =
          await(
              Net.openConnection(
                  new InetSocketAddress(LOOPBACK, listener.getLocalPort()), options));
      Socket peer = listener.accept();
      peer.setTcpNoDelay(true);
      peer.setSoTimeout(20_000);
      return new Pair(ours, peer);
    }
  }

  protected static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 50, LOOPBACK);
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  protected static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  /** What a peer reads until it has so many bytes, or the end. */
  protected static String read(Socket socket, int count) throws IOException {
    return text(socket.getInputStream().readNBytes(count));
  }

  protected static byte[] readAll(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return in.readAllBytes();
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
    await(io.fermata.Async.sleep(ms(20)));
  }
}
