package io.fermata.trace;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Co;
import io.fermata.EventLoop;
import io.fermata.InterruptedRunException;
import io.fermata.RunOptions;
import io.fermata.Runner;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where recordings go, and what becomes of a run whose recording can't. */
@Timeout(60)
class TraceFilesTest {
  private static final RunOptions VIRTUAL =
      RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new);

  @TempDir Path folder;

  @AfterEach
  void forgetSettings() {
    System.clearProperty("fermata.trace");
    System.clearProperty("fermata.trace.events");
  }

  private static Co<Void> main(String mark) {
    return coroVoid("main", () -> io.fermata.Trace.mark(mark));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return List.copyOf(new TreeSet<>(files.map(file -> file.getFileName().toString()).toList()));
    }
  }

  @Test
  void theEndingOfTheNameTellsTheFormat() throws IOException {
    Async.run(main("a"), VIRTUAL.withTrace(folder.resolve("t.html")));
    Async.run(main("a"), VIRTUAL.withTrace(folder.resolve("t.json")));
    Async.run(main("a"), VIRTUAL.withTrace(folder));
    assertEquals(List.of("t.html", "t.json", "trace.html", "trace.json"), names());
    for (String name : names()) {
      String text = Files.readString(folder.resolve(name));
      assertTrue(text.startsWith(name.endsWith("html") ? "<!DOCTYPE html>" : "{"), name);
      assertTrue(text.contains("\"a\""), name);
    }
    assertFalse(
        Files.readString(folder.resolve("t.html")).matches("(?s).*(src|href)=\"?https?:.*"));
  }

  @Test
  void anotherEndingIsAnErrorThatTellsTheTwo() {
    Path file = folder.resolve("trace.txt");
    String text =
        assertThrows(IllegalArgumentException.class, () -> RunOptions.DEFAULT.withTrace(file))
            .getMessage();
    assertEquals(
        "a trace is a page (.html) or a file of trace events for Perfetto (.json), and the name of "
            + file
            + " ends in neither: name a file that does, or a directory that exists for both.",
        text);
    System.setProperty("fermata.trace", file.toString());
    Co<Void> main = main("never");
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Async.run(main, VIRTUAL));
    assertEquals(text, thrown.getMessage());
    main.close();
  }

  @Test
  void severalRunsOfAProcessWriteToFilesOfTheirOwn() throws IOException {
    RunOptions options = VIRTUAL.withTrace(folder.resolve("t.html"));
    for (String mark : List.of("first", "second", "third")) {
      Async.run(main(mark), options);
    }
    assertEquals(List.of("t-2.html", "t-3.html", "t.html"), names());
    assertEquals("first", mark("t.html"));
    assertEquals("second", mark("t-2.html"));
    assertEquals("third", mark("t-3.html"));
    Async.run(main("fourth"), VIRTUAL.withTrace(folder.resolve("t-2.html")));
    Async.run(main("fifth"), VIRTUAL.withTrace(folder.resolve("t-failure.html")));
    assertEquals("second", mark("t-2.html"));
    assertEquals("fourth", mark("t-2-2.html"));
    assertEquals("fifth", mark("t-failure-2.html")); // the other is kept for a failure of the first
  }

  @Test
  void runsOfOneRunnerGoIntoOneFile() throws IOException {
    try (Runner runner = new Runner(VIRTUAL.withTrace(folder.resolve("t.html")))) {
      runner.run(main("first"));
      runner.run(main("second"));
    }
    assertEquals(List.of("t.html"), names());
    assertEquals(2, page("t.html").moments("marks").size());
  }

  @Test
  void thePropertyHoldsForEveryRunAndAnOptionBeforeIt() throws IOException {
    System.setProperty("fermata.trace", folder.resolve("all-%p.html").toString());
    Async.run(main("a"), VIRTUAL);
    Async.run(main("b"), VIRTUAL.withTrace(folder.resolve("own.html")));
    Async.run(main("c"), VIRTUAL);
    String name = "all-" + ProcessHandle.current().pid();
    assertEquals(List.of(name + "-2.html", name + ".html", "own.html"), names());
    System.setProperty("fermata.trace", "");
    Async.run(main("d"), VIRTUAL);
    assertEquals(3, names().size());
  }

  private TracePage page(String name) throws IOException {
    return TracePage.of(folder.resolve(name));
  }

  private String mark(String name) throws IOException {
    return page(name).moments("marks").get(0).text();
  }

  @Test
  void directoriesAreMade() throws IOException {
    Async.run(main("a"), VIRTUAL.withTrace(folder.resolve("new/newer/t.html")));
    assertEquals("a", mark("new/newer/t.html"));
  }

  @Test
  void aPathThatCantBeWrittenIsAnErrorBeforeTheRunBegins() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "").resolve("t.html");
    List<String> ran = new ArrayList<>();
    Co<Void> main = coroVoid("main", () -> ran.add("main"));
    List<VirtualTimeLoop> loops = new ArrayList<>();
    UncheckedIOException thrown =
        assertThrows(
            UncheckedIOException.class,
            () ->
                Async.run(
                    main,
                    RunOptions.DEFAULT
                        .withLoopFactory(
                            () -> {
                              loops.add(new VirtualTimeLoop());
                              return loops.get(0);
                            })
                        .withTrace(blocked)));
    assertTrue(thrown.getMessage().startsWith("the trace can't be written to " + blocked));
    assertEquals(List.of(), ran);
    assertTrue(loops.isEmpty() || loops.get(0).isClosed(), "a loop was left open");
    main.close();
  }

  @Test
  void aFailureToWriteAtTheEndIsLoggedAndTakesNothingFromTheRun() throws IOException {
    Path file = folder.resolve("gone/t.html");
    List<String> logged = new ArrayList<>();
    Logger logger = Logger.getLogger("io.fermata");
    Handler handler = new Noting(logged);
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      int value =
          Async.run(
              Co.coro(
                  "main",
                  () -> {
                    Files.delete(file);
                    Files.delete(file.getParent());
                    return 42;
                  }),
              VIRTUAL.withTrace(file));
      assertEquals(42, value);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    assertEquals(List.of("the trace can't be written to [" + file + "]"), logged);
  }

  private static final class Noting extends Handler {
    private final List<String> logged;

    Noting(List<String> logged) {
      this.logged = logged;
    }

    @Override
    public void publish(LogRecord logRecord) {
      logged.add(logRecord.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void aRunThatIsInterruptedIsWrittenWhole() throws IOException {
    Co<Void> main =
        coroVoid(
            "main",
            () -> {
              EventLoop.running().callSoon(() -> Thread.currentThread().interrupt());
              await(sleep(Duration.ofDays(1)));
            });
    assertThrows(
        InterruptedRunException.class,
        () -> Async.run(main, VIRTUAL.withTrace(folder.resolve("t.html"))));
    assertTrue(Thread.interrupted(), "the flag is set again");
    assertEquals(1, page("t.html").task("Task-1").outcome());
  }

  @Test
  void theLastEventsAreKeptAndHowTheirTasksCameToBe() throws IOException {
    System.setProperty("fermata.trace.events", "200");
    Async.run(
        coroVoid(
            "main",
            () -> {
              EventLoop.running()
                  .createTask(
                      coroVoid("server", () -> await(sleep(Duration.ofDays(1)))), "long-lived");
              for (int i = 0; i < 1000; i++) {
                await(Async.createTask(coroVoid("short", () -> {}), "short " + i));
              }
            }),
        VIRTUAL.withTrace(folder.resolve("t.html")));
    TracePage page = page("t.html");
    assertEquals(200, page.times.size());
    assertTrue((double) page.data.get("lost") > 3000, () -> "" + page.data.get("lost"));
    TracePage.TaskRow old = page.task("long-lived");
    assertEquals("io.fermata.trace.TraceFilesTest.server", old.coroutine());
    assertEquals("Task-1", old.by());
    assertEquals("io.fermata.trace.TraceFilesTest.main", page.task("Task-1").coroutine());
    assertEquals("Task-1", page.task("short 999").by());
    assertTrue(page.tasks.size() < 60, "as many as have events: " + page.tasks.size());
  }

  @Test
  void aNumberOfEventsThatIsNoneIsAnErrorAtOnce() {
    for (String wrong : List.of("many", "0", "-5", "99999999999")) {
      System.setProperty("fermata.trace.events", wrong);
      Co<Void> main = main("never");
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class,
              () -> Async.run(main, VIRTUAL.withTrace(folder.resolve("t.html"))));
      assertEquals(
          "fermata.trace.events is "
              + wrong
              + ": it is the number of events that a trace keeps, from 1 to 20000000.",
          thrown.getMessage());
      main.close();
    }
  }

  @Test
  void aFailureThatTheEndDoesNotHoldAnyMoreIsKeptBeside() throws IOException {
    System.setProperty("fermata.trace.events", "100");
    Async.run(failingThen(500), VIRTUAL.withTrace(folder.resolve("long.html")));
    Async.run(failingThen(1), VIRTUAL.withTrace(folder.resolve("short.html")));
    assertEquals(List.of("long-failure.html", "long.html", "short.html"), names());
    assertEquals(2, page("long-failure.html").task("early").outcome());
    assertTrue(page("long.html").tasks.stream().noneMatch(task -> task.name().equals("early")));
    assertEquals(2, page("short.html").task("early").outcome());
  }

  private static Co<Void> failingThen(int steps) {
    return coroVoid(
        "main",
        () -> {
          for (int i = 0; i < 20; i++) { // each of which could be written
            await(
                Async.gatherOutcomes(
                    Async.createTask(
                        coroVoid(
                            () -> {
                              throw new ArithmeticException();
                            }),
                        i == 0 ? "early" : "late")));
            if (steps == 1) {
              return;
            }
          }
          for (int i = 0; i < steps; i++) {
            await(sleep(Duration.ofMillis(1)));
          }
        });
  }
}
