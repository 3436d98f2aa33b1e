package io.fermata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs that are ended from outside, each in a JVM of its own. */
@Timeout(60)
class ShutdownHookTest {

  /** {@code print("started"); try { await(sleep(1 day)); } finally { print("cleaned up"); }}. */
  static final class Main extends Continuation<Void, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Main", "main", "Main.java", "-2:2", "1:1");

    private static final List<Object> HELD = new ArrayList<>();

    private final String mode;

    Main(String mode) {
      this.mode = mode;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == START) {
        EventLoop.running().callSoon(() -> System.out.println("started"));
        if (mode.equals("leftovers")) {
          EventLoop.running().createTask(new Leftover());
          AsyncGenerator<Integer> generator =
              ScopedGenerator.endingWith(() -> System.out.println("generator cleaned up"));
          HELD.add(generator);
          await(task, generator.asyncIterator().moveNext(), depth);
        }
        if (mode.equals("exit")) {
          EventLoop.running().callSoon(() -> System.exit(3));
        }
        await(task, Async.sleep(Duration.ofDays(1)), depth);
        state = -2;
        return SUSPENDED;
      }
      System.out.println("cleaned up");
      if (mode.equals("stubborn")) {
        for (; ; ) {
          Thread.onSpinWait();
        }
      }
      return (Void) received(sent);
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }

    public static void main(String[] args) {
      Async.run(
          new Main(args[0]),
          RunOptions.DEFAULT.withShutdownGrace(
              Duration.ofSeconds(args[0].equals("stubborn") ? 1 : 30)));
    }
  }

  /** {@code try { await(sleep(1 day)); } finally { await(sleep(100 ms)); print(…); }}. */
  private static final class Leftover extends Continuation<Void, RuntimeException> {
    private Object cancelled;

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == START) {
        await(task, Async.sleep(Duration.ofDays(1)), depth);
        state = -2;
        return SUSPENDED;
      }
      if (state == -2) {
        cancelled = sent;
        await(task, Async.sleep(Duration.ofMillis(100)), depth);
        state = -3;
        return SUSPENDED;
      }
      System.out.println("leftover cleaned up");
      return (Void) received(cancelled);
    }

    @Override
    protected LineTable lines() {
      return Main.LINES;
    }
  }

  private static JavaProcess.Ended run(String mode) throws IOException, InterruptedException {
    return new JavaProcess()
        .run(
            Main.class,
            (process, line) -> {
              if (line.equals("started") && !mode.equals("exit")) {
                process.toHandle().destroy(); // SIGTERM, and leaves the output open
              }
            },
            mode);
  }

  @Test
  void terminatedItsMainTaskRunsItsFinallyBlocks() throws Exception {
    JavaProcess.Ended ended = run("finally");
    assertEquals(List.of("started", "cleaned up"), ended.output().subList(0, 2));
    assertNotEquals(0, ended.exitCode());
  }

  @Test
  void whatTheMainTaskLeavesRunsItsFinallyBlocksToo() throws Exception {
    JavaProcess.Ended ended = run("leftovers");
    assertEquals(
        List.of("started", "cleaned up", "leftover cleaned up", "generator cleaned up"),
        ended.output().subList(0, 4));
    assertNotEquals(0, ended.exitCode());
  }

  @Test
  void aMainTaskThatDoesNotEndIsGivenUpAfterTheGrace() throws Exception {
    JavaProcess.Ended ended = run("stubborn");
    assertEquals(List.of("started", "cleaned up"), ended.output().subList(0, 2));
  }

  @Test
  void systemExitInACoroutineEndsTheProgramAtOnce() throws Exception {
    long start = System.nanoTime();
    JavaProcess.Ended ended = run("exit");
    assertEquals(3, ended.exitCode());
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(20).toNanos());
  }
}
