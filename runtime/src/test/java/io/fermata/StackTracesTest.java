package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.Unchecked;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How traces are told, with continuations written by hand as the processor writes them. */
@Timeout(60)
class StackTracesTest {
  private final VirtualTimeLoop loop = new VirtualTimeLoop();

  @AfterEach
  void close() {
    loop.close();
  }

  /** {@code static Object client() { return await(awaited); }}. */
  private static final class Client extends Awaiting {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Client", "client", "Client.java", "2:8", "1:8");

    Client(Supplier<? extends Awaitable<?>> awaited) {
      super(awaited);
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      return run(task, sent, depth);
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /** {@code static Object middle() { return await(awaited); }}. */
  private static final class Middle extends Awaiting {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Middle", "middle", "Middle.java", "2:7", "1:7");

    Middle(Supplier<? extends Awaitable<?>> awaited) {
      super(awaited);
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      return run(task, sent, depth);
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private abstract static class Awaiting extends Continuation<Object, RuntimeException> {

    private final Supplier<? extends Awaitable<?>> awaited;

    Awaiting(Supplier<? extends Awaitable<?>> awaited) {
      this.awaited = awaited;
    }

    final Object run(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == 2) {
        return sent;
      }
      Object value = await(task, awaited.get(), depth);
      if (value == SUSPENDED) {
        state = 2;
      }
      return value;
    }
  }

  /**
   * {@code static Object service() { try { return await(awaited); } catch (Throwable t) { … } }}.
   */
  private static final class Service extends Continuation<Object, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Service", "service", "Service.java", "-2:9", "1:9");

    private final Awaitable<?> awaited;
    private final Consumer<Throwable> log;

    Service(Awaitable<?> awaited) {
      this(awaited, caught -> {});
    }

    Service(Awaitable<?> awaited, Consumer<Throwable> log) {
      this.awaited = awaited;
      this.log = log;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) {
      try {
        Object value = state == -2 ? received(sent) : await(task, awaited, depth);
        if (value == SUSPENDED) {
          state = -2;
        }
        return value;
      } catch (Throwable t) {
        log.accept(told(t));
        return t;
      }
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static Client throwing(Supplier<Throwable> failure) {
    return new Client(
        () -> {
          throw Unchecked.<RuntimeException>sneak(failure.get());
        });
  }

  /** What the service catches, once it has slept or at once. */
  private Throwable caught(Supplier<Throwable> failure) {
    return (Throwable)
        loop.runUntilComplete(new Service(new Middle(() -> createTask(throwing(failure)))));
  }

  private static List<String> appFrames(Throwable failure) {
    return Stream.of(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("app."))
        .map(StackTraceElement::toString)
        .toList();
  }

  private static final String MIDDLE = "app.Middle.middle(Middle.java:7)";
  private static final String CLIENT = "app.Client.client(Client.java:8)";
  private static final String SERVICE = "app.Service.service(Service.java:9)";

  // Throwables that do what they like.

  private static class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void comesThrough(Throwable failure) {
    assertSame(failure, caught(() -> failure));
    Promise<Object> promise = loop.createPromise();
    promise.fail(failure);
    assertSame(failure, loop.runUntilComplete(new Service(new Client(() -> promise))));
    assertSame(failure, loop.runUntilComplete(new Service(throwing(() -> failure))));
  }

  @Test
  void getStackTrace_givesNull_theFailureComesThrough() {
    comesThrough(
        new Hostile() {
          @Override
          public StackTraceElement[] getStackTrace() {
            return null;
          }
        });
  }

  @Test
  void getStackTrace_givesNullElements_theFailureComesThrough() {
    comesThrough(
        new Hostile() {
          @Override
          public StackTraceElement[] getStackTrace() {
            return new StackTraceElement[3];
          }
        });
  }

  @Test
  void getStackTrace_throws_theFailureComesThrough() {
    comesThrough(
        new Hostile() {
          @Override
          public StackTraceElement[] getStackTrace() {
            throw new IllegalArgumentException();
          }
        });
  }

  @Test
  void setStackTrace_throws_theFailureComesThrough() {
    comesThrough(
        new Hostile() {
          @Override
          public void setStackTrace(StackTraceElement[] trace) {
            throw new IllegalArgumentException();
          }
        });
  }

  @Test
  void getCause_throws_theFailureComesThrough() {
    comesThrough(
        new Hostile() {
          @Override
          public synchronized Throwable getCause() {
            throw new IllegalArgumentException();
          }
        });
  }

  @Test
  void aThrowableWithoutATrace_staysWithoutOne() {
    Throwable failure = new Throwable("no trace", null, true, false) {};
    comesThrough(failure);
    assertEquals(0, failure.getStackTrace().length);
  }

  @Test
  void causesInACircle_areToldOnce() {
    Throwable cause = new IllegalStateException();
    Throwable failure = new IllegalStateException(cause);
    cause.initCause(failure);
    failure.addSuppressed(cause);
    cause.addSuppressed(failure);
    comesThrough(failure);
  }

  @Test
  void aMillionCauses_holdNobodyUp() {
    Throwable failure = new Throwable("the first", null, true, false) {};
    for (int i = 0; i < 1_000_000; i++) {
      failure = new Throwable("the next", failure, true, false) {};
    }
    Throwable last = failure;
    assertTimeout(Duration.ofSeconds(20), () -> assertSame(last, caught(() -> last)));
  }

  // Once, and bounded.

  @Test
  void aFailureThroughTasks_tellsEachPlaceOnce() {
    Throwable failure = caught(IllegalStateException::new);
    assertEquals(List.of(CLIENT, MIDDLE, SERVICE), appFrames(failure));
  }

  @Test
  void theSameFailureOfManyPromises_doesNotGrow() {
    Throwable shared = new IllegalStateException();
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Promise<Object> promise = loop.createPromise();
      promise.fail(shared);
      assertSame(shared, loop.runUntilComplete(new Service(new Client(() -> promise))));
      lengths.add(shared.getStackTrace().length);
    }
    assertEquals(List.of(CLIENT, SERVICE), appFrames(shared));
    assertEquals(1, lengths.stream().distinct().count(), lengths::toString);
  }

  @Test
  void manyWhoAwait_eachSeesItself() {
    Task<Object> failing = loop.createTask(throwing(IllegalStateException::new));
    List<List<String>> seen = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Awaitable<?> awaited = i % 2 == 0 ? failing : new Middle(() -> failing);
      loop.createTask(new Service(awaited, caught -> seen.add(appFrames(caught))));
    }
    loop.runUntilComplete(sleep(Duration.ofSeconds(1)));
    for (int i = 0; i < 100; i++) {
      assertEquals(
          i % 2 == 0 ? List.of(CLIENT, SERVICE) : List.of(CLIENT, MIDDLE, SERVICE), seen.get(i));
    }
  }

  @Test
  void whoAsksOutsideOfTheLoop_seesTheTaskAlone() {
    Task<Object> failing = loop.createTask(throwing(IllegalStateException::new));
    loop.runUntilComplete(new Service(failing));
    Throwable asked = assertThrows(IllegalStateException.class, failing::result);
    assertEquals(List.of(CLIENT), appFrames(asked));
  }

  @Test
  void whoAsksAnOutcome_isTold() {
    Task<Object> failing = loop.createTask(throwing(IllegalStateException::new));
    Promise<List<Outcome<Object>>> outcomes = loop.createPromise();
    loop.createTask(
        new Client(
            () -> {
              outcomes.complete(List.of(new Outcome.Failure<>(failing.exception())));
              return outcomes;
            }));
    loop.runUntilComplete(sleep(Duration.ofSeconds(1)));
    Service asking =
        new Service(
            new Client(
                () -> {
                  outcomes.result().get(0).get();
                  return sleep(Duration.ZERO);
                }));
    Throwable asked = (Throwable) loop.runUntilComplete(asking);
    assertEquals(List.of(CLIENT, CLIENT, SERVICE), appFrames(asked));
  }

  @Test
  void aDeepChain_isToldUpToALimit_andSaysSo() {
    Coro<?> deep = throwing(IllegalStateException::new);
    for (int i = 0; i < 100_000; i++) {
      Coro<?> inner = deep;
      deep = new Client(() -> inner);
    }
    Throwable failure = (Throwable) loop.runUntilComplete(new Service(deep));
    StackTraceElement[] trace = failure.getStackTrace();
    assertTrue(trace.length < 1_000, () -> trace.length + " frames");
    assertTrue(
        Arrays.stream(trace)
            .anyMatch(
                frame ->
                    frame
                        .toString()
                        .equals("io.fermata.Async.await(more coroutines, left out here)")));
  }

  @Test
  void aDirectRecursion_isToldAtEachLevel() {
    Coro<?> deep = throwing(IllegalStateException::new);
    for (int i = 0; i < 3; i++) {
      Coro<?> inner = deep;
      deep = new Client(() -> inner);
    }
    Throwable failure = (Throwable) loop.runUntilComplete(new Service(deep));
    assertEquals(List.of(CLIENT, CLIENT, CLIENT, CLIENT, SERVICE), appFrames(failure));
  }

  @Test
  void aStackOverflow_tellsWhoAwaited() {
    Client recursing =
        new Client(
            () -> {
              recurse(0);
              return sleep(Duration.ZERO);
            });
    Throwable failure = (Throwable) loop.runUntilComplete(new Service(recursing));
    assertTrue(failure instanceof StackOverflowError);
    assertTrue(appFrames(failure).contains(SERVICE), () -> appFrames(failure).toString());
  }

  private static int recurse(int n) {
    return n < 0 ? n : recurse(n + 1) + 1;
  }

  @Test
  void whoRunsTheLoop_standsBelow() {
    Throwable failure = caught(IllegalStateException::new);
    List<String> methods =
        Stream.of(failure.getStackTrace())
            .filter(frame -> frame.getClassName().equals(StackTracesTest.class.getName()))
            .map(StackTraceElement::getMethodName)
            .toList();
    assertEquals("whoRunsTheLoop_standsBelow", methods.get(methods.size() - 1));
  }

  @Test
  void whatTheLoopRefuses_isToldFromTheUsersFrameOn() {
    List<Supplier<Awaitable<?>>> refused =
        List.of(
            () -> run(loop::runForever),
            () -> run(loop::close),
            () -> run(() -> loop.runUntilComplete(sleep(Duration.ofSeconds(1)))),
            () -> run(() -> loop.callSoonThreadsafe(null)),
            () -> run(() -> loop.callAtPassEnd(null)),
            () -> run(() -> loop.select(1)));
    for (Supplier<Awaitable<?>> call : refused) {
      Throwable failure = (Throwable) loop.runUntilComplete(new Service(new Client(call)));
      StackTraceElement top =
          Stream.of(failure.getStackTrace())
              .filter(frame -> !frame.getClassName().startsWith("java."))
              .findFirst()
              .orElseThrow();
      assertEquals(StackTracesTest.class.getName(), top.getClassName(), failure::toString);
    }
  }

  private static Awaitable<?> run(Runnable call) {
    call.run();
    throw new AssertionError("not refused");
  }

  @Test
  void aFailureOfARunBefore_goesOnWithWhoRunsTheLoopNow() {
    Task<Object> failing = loop.createTask(throwing(IllegalStateException::new));
    assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(failing));
    Throwable failure = (Throwable) loop.runUntilComplete(new Service(failing));
    assertEquals(List.of(CLIENT, SERVICE), appFrames(failure));
  }

  @Test
  void theStackOfATask_isBoundedToo() {
    Promise<Object> never = loop.createPromise();
    Coro<?> deep = new Client(() -> never);
    for (int i = 0; i < 100_000; i++) {
      Coro<?> inner = deep;
      deep = new Client(() -> inner);
    }
    Task<?> task = loop.createTask(deep);
    loop.runUntilComplete(sleep(Duration.ofSeconds(1)));
    assertTrue(task.getStack().size() < 1_000, () -> task.getStack().size() + " frames");
    task.cancel();
    loop.runUntilComplete(sleep(Duration.ofSeconds(1)));
  }
}
