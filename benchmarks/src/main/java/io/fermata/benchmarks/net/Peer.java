package io.fermata.benchmarks.net;

import io.fermata.benchmarks.Tool;
import io.fermata.benchmarks.VirtualThreads;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server that is measured. */
enum Peer {
  FLOOR("hand-written NIO", FloorEcho.class, ""),
  BUFFERS("Fermata, `readInto`/`send`", FermataEcho.class, "buffers"),
  ARRAYS("Fermata, `byte[]`", FermataEcho.class, "arrays"),
  NETTY_NIO("Netty, NIO", NettyEcho.class, "nio"),
  NETTY_EPOLL("Netty, native epoll", NettyEcho.class, "epoll"),
  VIRTUAL_THREADS("virtual threads, blocking sockets", VirtualThreadEcho.class, ""),
  ASYNCIO("asyncio, streams", null, ""),
  NETTY_HTTP("Netty's HTTP codec, NIO", NettyHttp.class, "nio"),
  FERMATA_HTTP("Fermata, the example app's server", FermataHttp.class, ""),
  JDK_HTTP("the JDK's HttpServer, virtual threads", JdkHttp.class, "");

  /** The floor first. */
  static final List<Peer> ECHO =
      List.of(FLOOR, BUFFERS, ARRAYS, NETTY_NIO, NETTY_EPOLL, VIRTUAL_THREADS, ASYNCIO);

  /** What ours is to be compared with first. */
  static final List<Peer> HTTP = List.of(NETTY_HTTP, FERMATA_HTTP, JDK_HTTP);

  private static final String PYTHON = "python3";

  private final String title;
  private final @Nullable Class<?> program;
  private final String argument;

  Peer(String title, @Nullable Class<?> program, String argument) {
    this.title = title;
    this.program = program;
    this.argument = argument;
  }

  String title() {
    return title;
  }

  boolean isOnJvm() {
    return program != null;
  }

  /** Those of them that this machine can run; says of the others why not. */
  static List<Peer> present(List<Peer> peers) {
    List<Peer> present = new ArrayList<>();
    for (Peer peer : peers) {
      String absence = peer.absence();
      if (absence == null) {
        present.add(peer);
      } else {
        System.out.println("(without " + peer.title + ": " + absence + ")");
      }
    }
    return present;
  }

  /** Why it can't run here, or null. */
  private @Nullable String absence() {
    return switch (this) {
      case VIRTUAL_THREADS, JDK_HTTP ->
          VirtualThreads.AVAILABLE
              ? null
              : "JDK " + Runtime.version().feature() + " has no virtual threads";
      case NETTY_EPOLL -> Epoll.isAvailable() ? null : "this system has no epoll for it";
      case ASYNCIO -> Tool.isThere(PYTHON) ? null : "there is no " + PYTHON;
      default -> null;
    };
  }

  /** The command that runs it. */
  List<String> command() throws IOException {
    if (program == null) {
      return List.of(PYTHON, script().toString());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    if (!argument.isEmpty()) {
      command.add(argument);
    }
    return command;
  }

  /** The same heap and collector for all, one carrier, and each library as it is fastest. */
  private static List<String> jvmOptions() {
    List<String> options =
        new ArrayList<>(
            Arrays.asList(
                "-Xms512m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dio.netty.leakDetection.level=disabled",
                "-Dsun.net.httpserver.nodelay=true"));
    if (VirtualThreads.AVAILABLE) {
      options.add("-Djdk.virtualThreadScheduler.parallelism=1");
      options.add("-Djdk.virtualThreadScheduler.maxPoolSize=1");
    }
    if (Runtime.version().feature() >= 24) {
      options.add("--sun-misc-unsafe-memory-access=allow"); // for Netty
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    return options;
  }

  private static Path script() throws IOException {
    Path script = Files.createTempFile("echo", ".py");
    script.toFile().deleteOnExit();
    try (InputStream text = Objects.requireNonNull(Peer.class.getResourceAsStream("echo.py"))) {
      Files.copy(text, script, StandardCopyOption.REPLACE_EXISTING);
    }
    return script;
  }
}
