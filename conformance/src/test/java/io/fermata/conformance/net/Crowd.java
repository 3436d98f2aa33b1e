package io.fermata.conformance.net;

import static io.fermata.Async.await;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Async.sleep;
import static io.fermata.net.Net.openConnection;
import static io.fermata.net.Net.startServer;

import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.net.Connection;
import io.fermata.net.Server;
import io.fermata.net.ServerOptions;
import io.fermata.net.StreamReader;
import io.fermata.net.StreamWriter;
import io.fermata.testing.Host;
import io.fermata.testing.SimulatedNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A server whose clients come all at once, and of whom a third misbehaves. */
final class Crowd {
  static final int PORT = 7;
  static final Duration READ_LIMIT = Duration.ofSeconds(30);
  static final int LINE_LIMIT = 200;
  static final int QUESTIONS = 3;

  /** What a client does. */
  enum Manner {
    WELL,
    /** Asks at a port where nobody listens. */
    AT_A_WRONG_DOOR,
    /** Resets the connection in the middle of a message. */
    RESETS,
    /** Closes in the middle of a message. */
    SENDS_HALF,
    SENDS_A_LONG_LINE,
    /** Sends a byte a second, until it is thrown out. */
    TRICKLES,
    /** Closes without waiting for the answer. */
    LEAVES_EARLY,
    /** Sends what the handler fails at. */
    BREAKS_THE_HANDLER,
    /** Sends what has the handler cancelled. */
    CANCELS_THE_HANDLER,
    /** Is itself cancelled. */
    IS_CANCELLED
  }

  final Random random;
  final Map<Manner, Integer> clients = new EnumMap<>(Manner.class);

  /** How many were answered in full, and correctly. */
  int answered;

  int mostAtOnce;

  /** What went to the exception handler. */
  final Map<String, Integer> reported = new TreeMap<>();

  Crowd(long seed) {
    random = new Random(seed);
  }

  Manner nextManner() {
    Manner[] all = Manner.values();
    return random.nextInt(3) > 0 ? Manner.WELL : all[1 + random.nextInt(all.length - 1)];
  }

  /** On the server's host. */
  @Coroutine
  void serve() throws IOException {
    ServerOptions options =
        ServerOptions.DEFAULT
            .withBacklog(1000)
            .withReadLimit(READ_LIMIT)
            .withWriteLimit(READ_LIMIT)
            .withLimit(LINE_LIMIT);
    try (Server server =
        await(
            startServer(
                (reader, writer) -> CrowdAsync.answer(this, reader, writer), "", PORT, options))) {
      while (true) {
        await(sleep(Duration.ofSeconds(1)));
        mostAtOnce = Math.max(mostAtOnce, server.connections().size());
      }
    }
  }

  @Coroutine
  void answer(StreamReader reader, StreamWriter writer) throws IOException {
    for (String line : reader.lines()) {
      if (line.equals("break")) {
        throw new IllegalStateException("broken");
      }
      if (line.equals("cancel")) {
        Objects.requireNonNull(currentTask()).cancel();
      }
      await(sleep(Duration.ofMillis(5)));
      writer.write("answer to " + line + "\n");
      await(writer.drain());
    }
  }

  /** On the clients' host. */
  @Coroutine
  void come(int number) throws IOException {
    Manner manner = nextManner();
    clients.merge(manner, 1, Integer::sum);
    await(sleep(Duration.ofMillis(random.nextInt(10_000))));
    if (manner == Manner.IS_CANCELLED) {
      Task<Void> task = EventLoop.running().createTask(CrowdAsync.ask(this, number));
      await(sleep(Duration.ofMillis(random.nextInt(20_000))));
      await(CrowdAsync.end(task));
    } else if (manner == Manner.WELL) {
      await(CrowdAsync.ask(this, number));
      answered++;
    } else {
      await(CrowdAsync.misbehave(this, manner));
    }
  }

  @Coroutine
  static void end(Task<Void> task) {
    task.cancel();
    await(gatherOutcomes(task));
  }

  @Coroutine
  void ask(int number) throws IOException {
    try (Connection c = await(openConnection("server", PORT))) {
      for (int i = 0; i < QUESTIONS; i++) {
        String question = "question " + i + " of client " + number + " ".repeat(random.nextInt(50));
        c.writer().write(question + "\n");
        await(c.writer().drain());
        check("answer to " + question, await(c.reader().readLine()));
        await(sleep(Duration.ofMillis(random.nextInt(8_000))));
      }
    }
  }

  static void check(String expected, @Nullable String line) {
    if (!expected.equals(line)) {
      throw new AssertionError("expected \"" + expected + "\", not \"" + line + "\"");
    }
  }

  @Coroutine
  void misbehave(Manner manner) {
    try {
      int port = manner == Manner.AT_A_WRONG_DOOR ? PORT + 1 : PORT;
      try (Connection c = await(openConnection("server", port), IOException.class)) {
        await(CrowdAsync.misbehaveAt(this, manner, c), IOException.class);
      }
    } catch (IOException e) {
      // as it deserves
    }
  }

  @Coroutine
  void misbehaveAt(Manner manner, Connection c) throws IOException {
    StreamWriter writer = c.writer();
    switch (manner) {
      case RESETS -> {
        writer.write("half a mess");
        await(writer.drain());
        await(sleep(Duration.ofMillis(random.nextInt(5_000))));
        c.abort();
      }
      case SENDS_HALF -> writer.write("half a mess");
      case SENDS_A_LONG_LINE -> writer.write("long ".repeat(LINE_LIMIT));
      case TRICKLES -> {
        while (!writer.isClosing()) {
          writer.write("x");
          await(writer.drain());
          await(sleep(Duration.ofSeconds(1)));
        }
      }
      case LEAVES_EARLY -> writer.write("a question\nanother\n");
      case BREAKS_THE_HANDLER -> writer.write("break\n");
      case CANCELS_THE_HANDLER -> writer.write("cancel\n");
      default -> throw new AssertionError(manner);
    }
    if (manner == Manner.SENDS_A_LONG_LINE
        || manner == Manner.BREAKS_THE_HANDLER
        || manner == Manner.CANCELS_THE_HANDLER) {
      await(c.reader().readAll());
    }
  }

  @Coroutine
  void main(SimulatedNetwork net, Host server, Host outside, int size) {
    EventLoop.running()
        .setExceptionHandler(
            (loop, context) -> {
              Throwable failure = context.exception();
              reported.merge(
                  failure == null ? context.message() : failure.getClass().getSimpleName(),
                  1,
                  Integer::sum);
            });
    try (TaskGroup group = TaskGroup.open()) {
      Task<Void> serving = server.createTask(group, CrowdAsync.serve(this));
      await(sleep(Duration.ofSeconds(1)));
      try (TaskGroup all = TaskGroup.open()) {
        for (int i = 0; i < size; i++) {
          outside.createTask(all, CrowdAsync.come(this, i));
        }
      }
      await(sleep(Duration.ofMinutes(2)));
      serving.cancel();
    }
  }
}
