package io.fermata.net;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.SelectorLoop;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@link SystemNetworkTest} runs in a JVM that may have few descriptors: uses up all of them
 * under a server, and prints what its clients get.
 */
final class FewDescriptors {
  private static final long LOOP_THREAD = Thread.currentThread().getId();

  private FewDescriptors() {}

  public static void main(String[] args) throws Exception {
    loadAllClasses();
    cpuTimeOfLoop(); // has a library that is to be opened, too
    SelectorLoop loop = new SelectorLoop();
    List<Throwable> reports = new ArrayList<>();
    loop.setExceptionHandler((ignored, context) -> reports.add(context.exception()));
    loop.runUntilComplete(
        coroVoid(
            () -> {
              Server server =
                  await(
                      Net.startServer(
                          FewDescriptors::echo,
                          InetAddress.getLoopbackAddress().getHostAddress(),
                          0));
              with(server, () -> useUp(server.addresses().get(0)));
            }));
    loop.close();
    System.out.println(reports);
  }

  /** Each takes a descriptor, for a moment. */
  private static void loadAllClasses() throws Exception {
    for (String folder : List.of("classes", "test-classes")) {
      Path root = Path.of("target", folder).toRealPath();
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.toList()) {
          String name = root.relativize(file).toString();
          if (name.startsWith("io")
              && name.endsWith(".class")
              && (folder.equals("classes")
                  || name.matches(".*\\b(FewDescriptors|Co|SystemSockets)\\b.*"))) {
            Class.forName(name.substring(0, name.length() - 6).replace('/', '.'));
          }
        }
      }
    }
  }

  private static Coro<?> echo(StreamReader reader, StreamWriter writer) {
    return coroVoid(
        () -> {
          for (String line; (line = await(reader.readLine())) != null; ) {
            writer.write(line + "\n");
            await(writer.drain());
          }
        });
  }

  private static void useUp(SocketAddress server) throws IOException {
    try (SocketChannel open = SocketChannel.open(server);
        SocketChannel late = SocketChannel.open()) {
      send(open, "before\n");
      System.out.println(answer(open));
      List<FileInputStream> hogs = hogAll();
      late.connect(server);
      send(late, "late\n");
      long before = cpuTimeOfLoop();
      await(sleep(Duration.ofMillis(1500)));
      System.out.println(cpuTimeOfLoop() - before < 500_000_000 ? "at rest" : "spinning");
      send(open, "meanwhile\n");
      System.out.println(answer(open));
      for (FileInputStream hog : hogs) {
        hog.close();
      }
      System.out.println(answer(late));
    }
  }

  private static List<FileInputStream> hogAll() {
    List<FileInputStream> hogs = new ArrayList<>();
    try {
      while (true) {
        hogs.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      return hogs;
    }
  }

  private static void send(SocketChannel client, String text) throws IOException {
    client.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static String answer(SocketChannel client) {
    return await(
        Async.toPromise(
            SystemSockets.inThread(
                () -> {
                  ByteBuffer buffer = ByteBuffer.allocate(100);
                  while (buffer.position() == 0 || buffer.get(buffer.position() - 1) != '\n') {
                    if (client.read(buffer) < 0) {
                      return "the end";
                    }
                  }
                  return UTF_8.decode(buffer.flip()).toString().trim();
                })));
  }

  private static long cpuTimeOfLoop() {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(LOOP_THREAD);
  }
}
