package io.fermata.trace;

import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.EventLoop;
import io.fermata.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that ends leaves what was recorded, however it ends. */
@Timeout(300)
class TraceProcessTest {
  @TempDir Path folder;

  /** Sleeps for a day, and ends as its argument says. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      if (args[0].equals("thread")) {
        Thread thread = new Thread(() -> Async.run(coroVoid("main", () -> work(args[0]))));
        thread.setDaemon(true);
        thread.start();
        Thread.sleep(1000); // of real time, in which the other gets to its sleep
      } else {
        Async.run(coroVoid("main", () -> work(args[0])));
      }
    }

    private static void work(String how) throws Exception {
      createTask(coroVoid("sleeper", () -> await(sleep(Duration.ofDays(1)))), "sleeper");
      await(sleep(Duration.ofMillis(1)));
      if (how.equals("exit")) {
        EventLoop.running().callSoon(() -> System.exit(3));
      }
      if (how.equals("failure")) {
        createTask(
            coroVoid(
                () -> {
                  throw new ArithmeticException("dropped a plate");
                }),
            "failing");
        Path file = Path.of(System.getProperty("fermata.trace"));
        while (!Files.readString(file).contains("</html>")) {
          await(sleep(Duration.ofMillis(5)));
        }
      }
      System.out.println("ready");
      await(sleep(Duration.ofDays(1)));
    }
  }

  private TracePage run(String how, boolean kill, boolean forcibly) throws Exception {
    Path file = folder.resolve(how + ".html");
    JavaProcess.Ended ended =
        new JavaProcess("-Dfermata.trace=" + file)
            .run(
                Program.class,
                (process, line) -> {
                  if (line.equals("ready") && kill) {
                    if (forcibly) { // by its handle, which leaves the streams open
                      process.toHandle().destroyForcibly();
                    } else {
                      process.toHandle().destroy();
                    }
                  }
                },
                how);
    assertEquals("ready", ended.output().get(0));
    return TracePage.of(file);
  }

  @Test
  void sigterm_theRunIsCancelledAndItsEndRecorded() throws Exception {
    TracePage page = run("term", true, false);
    assertEquals(1, page.task("sleeper").outcome());
    assertEquals(1, page.task("Task-1").outcome());
  }

  @Test
  void exitOnTheLoopsThread_whatIsThereIsWritten() throws Exception {
    TracePage page = run("exit", false, false);
    assertEquals(List.of("Async.sleep, still"), page.waits("sleeper"));
    assertEquals(-1, page.task("Task-1").outcome());
  }

  @Test
  void theEndOfAJvmWhoseLoopRunsInAnotherThread_whatIsThereIsWritten() throws Exception {
    TracePage page = run("thread", false, false);
    assertEquals(List.of("Async.sleep, still"), page.waits("sleeper"));
  }

  @Test
  void aTaskThatFails_whatIsThereIsWrittenAtOnce() throws Exception {
    TracePage page = run("failure", true, true);
    assertEquals("java.lang.ArithmeticException: dropped a plate", page.task("failing").failure());
    assertTrue(page.task("failing").ended() >= 0);
  }
}
