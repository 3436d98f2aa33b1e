package io.fermata;

import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fermata.codegen.Continuation;
import io.fermata.internal.Unchecked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The JVM throws one and the same OutOfMemoryError again and again. */
class SuppressionTest extends LoopTests {
  private final OutOfMemoryError full = new OutOfMemoryError("Java heap space");

  private void allocate() {
    throw full;
  }

  @Test
  void runThrowsTheErrorThatACleanupThrowsAgain() {
    Coro<Void> main =
        coroVoid(
            "main",
            () -> {
              Async.createTask(coroVoid("background", this::sleepAndAllocate));
              await(Async.sleep(ms(5)));
              allocate();
            });
    RunOptions options = RunOptions.DEFAULT.withLoopFactory(() -> loop);
    assertSame(full, assertThrows(OutOfMemoryError.class, () -> Async.run(main, options)));
  }

  private void sleepAndAllocate() {
    try {
      await(Async.sleep(Duration.ofHours(1)));
    } finally {
      allocate();
    }
  }

  @Test
  void runSuppressesAnotherErrorOfACleanup() {
    OutOfMemoryError other = new OutOfMemoryError("Metaspace");
    Coro<Void> main =
        coroVoid(
            "main",
            () -> {
              Async.createTask(coroVoid("background", this::sleepAndAllocate));
              await(Async.sleep(ms(5)));
              throw other;
            });
    RunOptions options = RunOptions.DEFAULT.withLoopFactory(() -> loop);
    assertSame(other, assertThrows(OutOfMemoryError.class, () -> Async.run(main, options)));
    assertEquals(List.of(full), List.of(other.getSuppressed()));
  }

  /** As generated code does it. */
  private abstract static class Generated extends Continuation<Object, RuntimeException> {
    static void close(AutoCloseable resource, Throwable thrown) throws Throwable {
      closeResource(resource, thrown);
    }

    static Throwable exit(Throwable exitFailure, Throwable thrown) {
      return exitFailed(exitFailure, thrown);
    }
  }

  @Test
  void aResourceMayFailWithWhatItsBlockHasThrown() throws Throwable {
    Throwable failure = new ArithmeticException();
    AutoCloseable resource =
        () -> {
          throw Unchecked.<RuntimeException>sneak(failure);
        };
    Generated.close(resource, failure);
    assertEquals(0, failure.getSuppressed().length);
    Throwable other = new IllegalStateException();
    Generated.close(resource, other);
    assertEquals(List.of(failure), List.of(other.getSuppressed()));
  }

  @Test
  void aScopeMayFailWithWhatItsBlockHasThrown() {
    assertSame(full, Generated.exit(full, full));
    CancelledError cancelled = new CancelledError();
    assertSame(cancelled, Generated.exit(cancelled, cancelled));
    assertEquals(0, full.getSuppressed().length + cancelled.getSuppressed().length);
  }

  @Test
  void aGroupMayHoldOneFailureTwice() {
    ArithmeticException failure = new ArithmeticException();
    ExceptionGroup group = new ExceptionGroup("twice", List.of(failure, failure));
    assertEquals(List.of(failure, failure), group.exceptions());
    ExceptionGroup outer = new ExceptionGroup("outer", List.of(group, group));
    assertEquals(List.of(failure, failure, failure, failure), outer.leaves());
  }

  @Test
  void aThreadLocalMayFailTwiceWithOneObject() {
    ArithmeticException failure = new ArithmeticException();
    boolean[] fails = {false};
    loop.setThreadLocals(
        List.of(
            new ThreadLocalAccessor<Integer>() {
              @Override
              public Integer get() {
                return failIfAsked(1);
              }

              @Override
              public void set(Integer value) {
                failIfAsked(value);
              }

              private Integer failIfAsked(Integer value) {
                if (fails[0]) {
                  throw failure;
                }
                return value;
              }
            }));
    Context context = new Context();
    runVoid(
        () -> {
          assertSame(
              failure,
              assertThrows(ArithmeticException.class, () -> context.run(() -> fails[0] = true)));
          fails[0] = false;
        });
    assertEquals(0, failure.getSuppressed().length);
  }

  /** What wraps a stage's failure, and may be wrapped in it in turn. */
  private static final class Wrapping extends CompletionException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void causesThatRunInACircleEnd() {
    Wrapping one = new Wrapping();
    Wrapping other = new Wrapping();
    one.initCause(other);
    other.initCause(one);
    one.addSuppressed(other);
    other.addSuppressed(one);
    Throwable failure =
        assertThrows(
            Wrapping.class,
            () -> run(() -> await(Async.toPromise(CompletableFuture.failedFuture(one)))));
    assertSame(one, failure);
    loop.setExceptionHandler(null);
    loop.createTask(coro("failing", () -> failWith(one)));
    settle();
    loop.close();
  }

  private static Object failWith(Throwable failure) throws Throwable {
    throw failure;
  }

  @Test
  void everythingIsSuppressedInOnePlace() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src", "main"))) {
      List<String> others =
          sources
              .filter(file -> file.toString().endsWith(".java"))
              .filter(SuppressionTest::suppressesItself)
              .map(file -> file.getFileName().toString())
              .toList();
      assertEquals(List.of("Suppression.java"), others);
    }
  }

  private static boolean suppressesItself(Path file) {
    try {
      String source = Files.readString(file);
      return source.contains("addSuppressed") || source.contains("initCause");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
