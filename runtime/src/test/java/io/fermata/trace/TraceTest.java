package io.fermata.trace;

import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Co;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.RunOptions;
import io.fermata.SelectorLoop;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.TaskOptions;
import io.fermata.Trace;
import io.fermata.queue.AsyncQueue;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recording tells of tasks and their loop. */
@Timeout(60)
class TraceTest {
  @TempDir Path folder;
  private int traces;

  private TracePage trace(Co.VoidBody body) throws IOException {
    return trace(VirtualTimeLoop::new, body);
  }

  private TracePage trace(Supplier<? extends EventLoop> loops, Co.VoidBody body)
      throws IOException {
    Path file = folder.resolve("trace" + ++traces + ".html");
    try {
      Async.run(coroVoid("main", body), RunOptions.DEFAULT.withLoopFactory(loops).withTrace(file));
    } catch (ArithmeticException e) {
      assertEquals("main fails", e.getMessage());
    }
    return TracePage.of(file);
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  /** The line of the caller, and so many lines below it. */
  private static String line(int below) {
    StackTraceElement caller =
        StackWalker.getInstance()
            .walk(frames -> frames.skip(1).findFirst())
            .orElseThrow()
            .toStackTraceElement();
    return caller.getFileName() + ":" + (caller.getLineNumber() + below);
  }

  @Test
  void aSleepIsAWaitOfItsLengthThatATimerEnds() throws Exception {
    List<String> lines = new ArrayList<>();
    TracePage page =
        trace(
            () -> {
              lines.add(line(1));
              await(sleep(ms(30)));
            });
    assertEquals(List.of("Async.sleep, by timer"), page.waits("Task-1"));
    TracePage.Cycle cycle = page.cycles("Task-1").get(1);
    assertEquals(lines.get(0), cycle.place());
    assertEquals(30, page.millis(cycle.ready()) - page.millis(cycle.waits()));
    assertEquals(true, page.data.get("virtual"));
  }

  @Test
  void tasksTellWhoMadeThemAndWhereAndWhatTheyRun() throws Exception {
    List<String> lines = new ArrayList<>();
    TracePage page =
        trace(
            () -> {
              lines.add(line(1));
              Task<Void> one = createTask(coroVoid("first", TraceTest::makeOne), "one");
              await(one);
            });
    TracePage.TaskRow one = page.task("one");
    assertEquals("Task-1", one.by());
    assertEquals(lines.get(0), one.site());
    assertEquals("io.fermata.trace.TraceTest.first", one.coroutine());
    assertEquals("one", page.task("inner").by());
    assertEquals("outside", page.task("Task-1").by());
    assertEquals(List.of("one, by one"), page.waits("Task-1"));
  }

  private static void makeOne() {
    await(createTask(coroVoid(() -> await(sleep(ms(1)))), "inner"));
  }

  @Test
  void aWakeUpTellsWhoseCodeHasBroughtItAbout() throws Exception {
    TracePage page =
        trace(
            () -> {
              EventLoop loop = EventLoop.running();
              Promise<Integer> byTask = loop.createPromise();
              Promise<Integer> byCallback = loop.createPromise();
              AsyncQueue<Integer> queue = new AsyncQueue<>(1);
              createTask(
                  coroVoid(
                      () -> {
                        byTask.complete(1);
                        loop.callSoon(() -> byCallback.complete(2));
                        await(sleep(ms(1)));
                        await(queue.put(3));
                        await(sleep(Duration.ZERO));
                      }),
                  "other");
              await(byTask);
              await(byCallback);
              await(queue.get());
              await(Async.toThread(() -> 4));
              Promise<Integer> late = loop.createPromise();
              loop.callLater(ms(1), () -> late.complete(5));
              await(late);
              Task<Void> inGroup = createTask(coroVoid(() -> await(sleep(ms(1)))), "first");
              await(Async.gather(inGroup, createTask(coroVoid(() -> {}), "second")));
            });
    assertEquals(
        List.of(
            "null, by other",
            "null, by callback",
            "AsyncQueue.get, by other",
            "Async.toThread, by thread",
            "null, by timer",
            "Async.gather, by first"),
        page.waits("Task-1"));
    assertEquals(List.of("Async.sleep, by timer", "Async.sleep, by other"), page.waits("other"));
  }

  @Test
  void theEndOfATaskIsToldAsItWas() throws Exception {
    TracePage page =
        trace(
            () -> {
              Task<Void> cancelled = createTask(coroVoid(() -> await(sleep(ms(9)))), "cancelled");
              Task<Void> failed =
                  createTask(
                      coroVoid(
                          () -> {
                            throw new IllegalStateException("no bread");
                          }),
                      "failed");
              createTask(coroVoid(() -> await(sleep(Duration.ofDays(1)))), "left");
              Task<Void> renamed = createTask(coroVoid(() -> {}), "before");
              renamed.setName("after");
              await(sleep(ms(1)));
              cancelled.cancel();
              assertThrows(IllegalStateException.class, () -> await(failed));
            });
    assertEquals(1, page.task("cancelled").outcome());
    assertEquals(List.of("Async.sleep, by Task-1"), page.waits("cancelled"));
    assertEquals(2, page.task("failed").outcome());
    assertEquals("java.lang.IllegalStateException: no bread", page.task("failed").failure());
    assertEquals(1, page.task("left").outcome(), "the end of the run cancels it");
    assertEquals(0, page.task("after").outcome());
    assertNull(page.task("after").failure());
  }

  @Test
  void anEagerTaskRunsWithinTheStepOfItsMaker() throws Exception {
    TracePage page =
        trace(
            () -> {
              Task<Void> eager =
                  EventLoop.running()
                      .createTask(
                          coroVoid(() -> createTask(coroVoid(() -> {}), "inner")),
                          TaskOptions.named("eager").eager());
              assertTrue(eager.isDone());
              createTask(coroVoid(() -> {}), "later");
            });
    TracePage.Cycle outer = page.cycles("Task-1").get(0);
    TracePage.Cycle inner = page.cycles("eager").get(0);
    assertTrue(outer.begins() < inner.begins() && inner.ends() < outer.ends(), "not within");
    assertEquals("Task-1", page.task("eager").by());
    assertEquals("eager", page.task("inner").by());
    assertEquals("Task-1", page.task("later").by(), "what the maker does behind it is its own");
  }

  @Test
  void aTaskThatWaitsForItsTurnInAGroupBeginsWhenAnotherEnds() throws Exception {
    TracePage page =
        trace(
            () -> {
              TaskGroup group = TaskGroup.open(io.fermata.GroupOptions.DEFAULT.withLimit(1));
              Co.with(
                  group,
                  () -> {
                    group.createTask(sleep(ms(3)), "a");
                    group.createTask(sleep(ms(3)), "b");
                  });
            });
    TracePage.Cycle first = page.cycles("b").get(0);
    assertEquals("a", first.by());
    assertTrue(first.ready() > page.task("a").ended() - 3, "it was ready before");
  }

  @Test
  void marksAndSpansStandAtTheTaskThatSetsThem() throws Exception {
    Trace.mark("outside of a loop");
    Trace.span("outside of a loop").close();
    TracePage page =
        trace(
            () -> {
              Trace.mark("miss");
              try (Trace.Span span = Trace.span("load")) {
                await(sleep(ms(5)));
                span.close();
              }
              Trace.span("never closed");
            });
    List<TracePage.Moment> marks = page.moments("marks");
    assertEquals(1, marks.size());
    assertEquals("miss", marks.get(0).text());
    assertEquals("Task-1", marks.get(0).by());
    TracePage.Moment load = page.moments("spans").get(0);
    assertEquals("load", load.text());
    assertEquals(5, page.millis((int) load.until()) - page.millis((int) load.at()));
    assertEquals("never closed", page.moments("spans").get(1).text());
  }

  @Test
  void aSpanThatAnotherThreadClosesEndsWhenTheLoopGetsToIt() throws Exception {
    TracePage page =
        trace(
            () -> {
              Trace.Span span = Trace.span("closed elsewhere");
              await(
                  toThread(
                      () -> {
                        span.close();
                        return null;
                      }));
              await(sleep(ms(5)));
            });
    TracePage.Moment span = page.moments("spans").get(0);
    assertEquals(0, page.millis((int) span.until()) - page.millis((int) span.at()), 4);
    assertTrue(span.until() > span.at(), "it has no end");
  }

  @Test
  void theLoopTellsItsPassesItsSleepsAndHowLateItIs() throws Exception {
    TracePage page =
        trace(
            () -> {
              for (int i = 0; i < 5; i++) {
                createTask(coroVoid(() -> await(sleep(ms(10)))));
              }
              await(sleep(Duration.ZERO));
              ((VirtualTimeLoop) EventLoop.running()).advance(ms(25)); // holds the thread
              await(sleep(ms(20)));
            });
    long most = 0;
    for (int i = 0; i < page.moments("passes").size(); i++) {
      most = Math.max(most, page.value("passes", i));
    }
    assertEquals(6, most, "the five, and main");
    assertEquals(15_000_000, page.value("lags", 0));
    TracePage.Moment sleep = page.moments("sleeps").get(0);
    assertEquals(20, page.millis((int) sleep.until()) - page.millis((int) sleep.at()));
  }

  @Test
  void aRealLoopTellsItsChannelsAndCallbacks() throws Exception {
    TracePage page =
        trace(
            SelectorLoop::new,
            () -> {
              EventLoop loop = EventLoop.running();
              Pipe pipe = Pipe.open();
              try (Pipe.SinkChannel sink = pipe.sink();
                  Pipe.SourceChannel source = pipe.source()) {
                source.configureBlocking(false);
                Promise<Integer> arrival = loop.createPromise();
                loop.watch(
                    source,
                    SelectionKey.OP_READ,
                    (watch, ready) -> {
                      watch.close();
                      arrival.complete(ready);
                    });
                loop.callSoon(() -> write(sink));
                await(arrival);
              }
            });
    assertEquals(List.of("null, by channel"), page.waits("Task-1"));
    List<String> kinds = page.moments("callbacks").stream().map(TracePage.Moment::by).toList();
    assertTrue(kinds.containsAll(List.of("callback", "channel")), kinds::toString);
    assertEquals(false, page.data.get("virtual"));
  }

  private static void write(Pipe.SinkChannel sink) {
    try {
      sink.write(java.nio.ByteBuffer.wrap(new byte[] {1}));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSeededLoopThatShufflesTellsTheSameWakers() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      int chosen = seed;
      TracePage page =
          trace(
              () -> new VirtualTimeLoop(chosen),
              () -> {
                Task<Void> a = createTask(coroVoid(() -> await(sleep(ms(1)))), "a");
                Task<Void> b = createTask(coroVoid(() -> await(a)), "b");
                await(b);
              });
      assertEquals(List.of("Async.sleep, by timer"), page.waits("a"));
      assertEquals(List.of("b, by b"), page.waits("Task-1"));
      assertTrue(List.of(List.of(), List.of("a, by a")).contains(page.waits("b")));
    }
  }

  @Test
  void aTaskThatStillWaitsWhenTheRecordingEndsIsShownWaiting() throws Exception {
    Path file = folder.resolve("hung.html");
    VirtualTimeLoop loop = new VirtualTimeLoop();
    RunOptions options = RunOptions.DEFAULT.withLoopFactory(() -> loop).withTrace(file);
    loop.setExceptionHandler((own, context) -> {});
    assertThrows(
        io.fermata.testing.DeadlockException.class,
        () -> Async.run(coroVoid("main", () -> await(loop.createPromise())), options));
    List<TracePage.Cycle> cycles = TracePage.of(file).cycles("Task-1");
    assertTrue(cycles.get(1).waits() > 0);
  }

  @Test
  void namesWithAnyCharactersComeThroughWhole() throws Exception {
    String odd = "</script><!-- \"'\\ \u0000\u001f\u2028\ud83d\ude00 \ud800 & ü";
    TracePage page =
        trace(
            () -> {
              Trace.mark(odd);
              await(createTask(coroVoid(() -> {}), odd));
            });
    assertEquals("Task-1", page.task(odd).by());
    assertEquals(odd, page.moments("marks").get(0).text());
    assertFalse(page.html.contains("<!-- \""));
  }

  @Test
  void aMainThatFailsIsTold() throws Exception {
    TracePage page =
        trace(
            () -> {
              throw new ArithmeticException("main fails");
            });
    assertEquals("java.lang.ArithmeticException: main fails", page.task("Task-1").failure());
  }

  @Test
  void nothingOfTheUsersIsHeldWhileItIsRecorded() throws Exception {
    trace(
        () -> {
          List<WeakReference<Object>> dropped = new ArrayList<>();
          makeAndEnd(dropped);
          await(sleep(ms(1)));
          for (int i = 0; i < 200 && dropped.stream().anyMatch(each -> each.get() != null); i++) {
            System.gc();
            Thread.sleep(5); // of real time, for the collector
          }
          assertEquals(
              List.of(), dropped.stream().map(WeakReference::get).filter(o -> o != null).toList());
        });
  }

  private static void makeAndEnd(List<WeakReference<Object>> dropped) {
    Object value = new Object();
    Co<Object> coro = Co.coro(() -> value);
    Task<Object> task = createTask(coro);
    assertEquals(value, await(task));
    RuntimeException failure = new IllegalStateException("dropped");
    Task<Void> failing =
        createTask(
            coroVoid(
                () -> {
                  throw failure;
                }));
    assertThrows(IllegalStateException.class, () -> await(failing));
    for (Object each : List.of(value, coro, task, failure, failing)) {
      dropped.add(new WeakReference<>(each));
    }
  }
}
