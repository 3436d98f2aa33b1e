package io.fermata;

import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.Unchecked;
import io.fermata.queue.AsyncQueue;
import io.fermata.sync.AsyncBarrier;
import io.fermata.sync.AsyncCondition;
import io.fermata.sync.AsyncEvent;
import io.fermata.sync.AsyncLock;
import io.fermata.sync.AsyncSemaphore;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The runtime's own coroutines hold nothing of their users' when they have ended. */
class FinishedFramesTest extends LoopTests {

  /** What a frame may hold besides the object that it belongs to: what is the runtime's own. */
  private static final Set<String> OWN =
      Set.of("lines", "line", "timeout", "scope", "turns", "place", "inLine");

  /** Those that hold nothing, or are no frames of their own. */
  private static final Set<String> EXEMPT =
      Set.of(
          "Continuation",
          "GeneratorBody",
          "RuntimeCoro",
          "SharedCoro",
          "SharedCoro$1",
          "SharedCoro$2",
          "SharedCoro$DoneCoro",
          "Suspension", // may be awaited again and again
          "Suspension$Waiting",
          "ThrowingCoro",
          "UnawaitedCoroutines$Origin",
          "AsyncGenerator$BodyStep",
          "AsyncGenerator$MoveNext",
          "AsyncGenerators$EndAll",
          "AsyncGenerators$EndOne", // of a task that nobody holds
          "AsyncQueue$InLine",
          "AsyncQueue$Join",
          "LoopExecutor$Shutdown",
          "Simulated"); // made by its host alone; holds the network that it runs in

  /** Theirs are in {@code FinishedStreamsTest}. */
  private static final String STREAMS = "io/fermata/net/";

  private Map<String, Callable<Awaitable<?>>> coroutines() {
    Map<String, Callable<Awaitable<?>>> made = new LinkedHashMap<>();
    Object value = new Object();
    made.put("Done", () -> new Done<>(value));
    made.put("Sleep", () -> Async.sleep(ms(1), value));
    made.put("Awaitables$AwaitOne", () -> awaitOne(after(1, value)));
    made.put("ToThread", () -> Async.toThread(() -> value));
    made.put("WaitFor", () -> Async.waitFor(after(1, value), ms(100)));
    made.put(
        "WaitUntil",
        () -> Async.waitUntil(List.of(loop.createTask(after(1, value))), ReturnWhen.ALL_COMPLETED));
    made.put(
        "AsCompleted$Iteration$MoveNext",
        () -> Async.asCompleted(List.of(after(1, value))).asyncIterator().moveNext());
    made.put("AsyncGenerator$Close", () -> GeneratorTest.countingAsync(log).aclose());
    made.put("TaskGroup$Exit", this::exitOfAGroup);
    made.put("Start", () -> entered().start(status -> startsLater(status, value)));
    made.put("Turn", this::turnInAGroup);
    made.put("CancelAndWait", () -> loop.createTask(endsSlowly(value)).cancelAndWait());
    made.put("Race", () -> Async.race(after(1, value), endsSlowly(value)));
    made.put("AsyncQueue$Get", () -> puttingLater(new AsyncQueue<>(), value).get());
    made.put("AsyncQueue$Put", () -> new AsyncQueue<>().put(value));
    made.put(
        "QueueItems$MoveNext",
        () -> puttingLater(new AsyncQueue<>(), value).asyncIterator().moveNext());
    made.put("ScopeExit", () -> heldLock().exit(new ArithmeticException()));
    made.put("AsyncLock$Acquire", () -> releasedLater(heldLock()).acquire());
    made.put(
        "AsyncSemaphore$Acquire",
        () -> {
          AsyncSemaphore semaphore = new AsyncSemaphore(0);
          loop.callLater(ms(1), semaphore::release);
          return semaphore.acquire();
        });
    made.put(
        "AsyncEvent$WhenSet",
        () -> {
          AsyncEvent event = new AsyncEvent();
          loop.callLater(ms(1), event::set);
          return event.whenSet();
        });
    made.put(
        "AsyncBarrier$Arrive",
        () -> {
          AsyncBarrier barrier = new AsyncBarrier(2);
          loop.callLater(ms(1), () -> loop.createTask(barrier.arrive()));
          return barrier.arrive();
        });
    made.put("AsyncCondition$WhenSignalled", () -> signalled().whenSignalled());
    made.put(
        "AsyncCondition$WhenTrue",
        () -> signalled().whenTrue(() -> log.add(value) && log.size() % 2 == 0));
    return made;
  }

  private static Awaitable<?> awaitOne(Awaitable<?> awaitable) throws ReflectiveOperationException {
    Constructor<?> constructor =
        Class.forName("io.fermata.Awaitables$AwaitOne").getDeclaredConstructor(Awaitable.class);
    constructor.setAccessible(true);
    return (Awaitable<?>) constructor.newInstance(awaitable);
  }

  private static TaskGroup entered() {
    TaskGroup group = TaskGroup.open(GroupOptions.DEFAULT.withLimit(1));
    await(group.enter());
    return group;
  }

  private static Coro<Object> startsLater(TaskStatus<Object> status, Object value) {
    return coro(
        () -> {
          await(Async.sleep(ms(1)));
          status.started(value);
          return value;
        });
  }

  private static Coro<Object> endsSlowly(Object value) {
    return coro(
        () -> {
          try {
            return await(after(100, value));
          } finally {
            await(Async.sleep(ms(1)));
          }
        });
  }

  /** A factory gets it, and would hand it on. */
  private Awaitable<?> turnInAGroup() {
    TaskGroup group = entered();
    group.createTask(after(1, "first"));
    List<Coro<?>> made = new ArrayList<>();
    loop.setTaskFactory(
        new TaskFactory() {
          @Override
          public <T> Task<T> newTask(EventLoop on, Coro<T> coro, TaskOptions options) {
            made.add(coro);
            return Task.create(on, Unchecked.cast(after(1, "in its place")), options);
          }
        });
    group.createTask(after(1, "second"));
    loop.setTaskFactory(null);
    return made.get(0);
  }

  private Awaitable<?> exitOfAGroup() {
    TaskGroup group = TaskGroup.open();
    await(group.enter());
    group.createTask(after(1, "child"));
    return group.exit(new ArithmeticException());
  }

  private <T> AsyncQueue<T> puttingLater(AsyncQueue<T> queue, T item) {
    loop.callLater(ms(1), () -> queue.putNow(item));
    return queue;
  }

  private AsyncLock heldLock() {
    AsyncLock lock = new AsyncLock();
    await(lock.acquire());
    return lock;
  }

  private AsyncLock releasedLater(AsyncLock lock) {
    loop.callLater(ms(1), lock::release);
    return lock;
  }

  private AsyncCondition signalled() {
    AsyncCondition condition = new AsyncCondition();
    await(condition.acquire());
    loop.callLater(
        ms(1),
        () ->
            loop.createTask(
                coro(
                    () -> {
                      await(condition.acquire());
                      condition.signalAll();
                      condition.release();
                      return null;
                    })));
    return condition;
  }

  private enum End {
    VALUE,
    CANCELLATION,
    CLOSED
  }

  @Test
  void whatHasEndedHoldsNothing() {
    coroutines()
        .forEach(
            (name, made) -> {
              for (End end : End.values()) {
                runVoid(
                    () -> {
                      Coro<?> coroutine = (Coro<?>) made.call();
                      assertTrue(coroutine.getClass().getName().endsWith("." + name), name);
                      end(coroutine, end);
                      assertEquals(List.of(), HeldFields.of(coroutine, OWN), name + ", " + end);
                    });
              }
            });
  }

  private void end(Coro<?> coroutine, End end) {
    if (end == End.CLOSED) {
      coroutine.close();
      return;
    }
    Task<?> task = loop.createTask(coroutine);
    if (end == End.CANCELLATION) {
      await(Async.sleep(Duration.ZERO));
      task.cancel("reason");
    }
    await(Async.waitUntil(List.of(task), ReturnWhen.ALL_COMPLETED));
  }

  @Test
  void noCoroutineOfTheRuntimeIsForgotten() throws IOException, URISyntaxException {
    Set<String> found = HeldFields.coroutines(name -> !name.startsWith(STREAMS));
    Set<String> expected = new TreeSet<>(EXEMPT);
    expected.addAll(coroutines().keySet());
    assertEquals(expected, found);
  }
}
