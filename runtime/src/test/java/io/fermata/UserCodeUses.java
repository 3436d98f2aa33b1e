package io.fermata;

import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.queue.AsyncPriorityQueue;
import io.fermata.sync.AsyncCondition;
import io.fermata.testing.VirtualTimeLoop;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Uses of the runtime in a task, in each of which a user's code makes {@link Trouble}. */
final class UserCodeUses {

  /** Where what the user's code throws comes out. */
  enum ComesOut {
    /** Of the task: thrown where it called or awaited. */
    IN_TASK,
    /** At the loop's exception handler. */
    AT_HANDLER,
    /** In a text at most, since a description was asked for. */
    IN_TEXT
  }

  interface Body {
    void run(Trouble trouble) throws Throwable;
  }

  interface Setup {
    void of(VirtualTimeLoop loop, Trouble trouble);
  }

  record Use(String name, ComesOut comesOut, Setup setup, Body body) {}

  private final List<Use> uses = new ArrayList<>();

  private UserCodeUses() {}

  static List<Use> all() {
    UserCodeUses all = new UserCodeUses();
    all.describing();
    all.failing();
    all.logging();
    all.callingBack();
    all.combining();
    all.collecting();
    all.calling();
    all.otherThreads();
    all.threadLocals();
    all.makingTasks();
    return all.uses;
  }

  private void use(String name, ComesOut comesOut, Body body) {
    use(name, comesOut, (loop, trouble) -> {}, body);
  }

  private void use(String name, ComesOut comesOut, Setup setup, Body body) {
    uses.add(new Use(name, comesOut, setup, body));
  }

  private static EventLoop loop() {
    return EventLoop.running();
  }

  private static Trouble none() {
    return new Trouble(Trouble.Kind.NULL).make(false);
  }

  private static void pause() {
    await(Async.sleep(Duration.ofMillis(2)));
  }

  private static void assertTold(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  private static Coro<Integer> one() {
    return coro("one", () -> 1);
  }

  private static Awaitable<Integer> awaitable(Trouble trouble) {
    return () -> trouble.in("toPromise", null);
  }

  private void describing() {
    use(
        "the text of a value",
        ComesOut.IN_TEXT,
        t -> assertTold("result=", Async.completed(new Hostile.Thing(t)).toString()));
    use(
        "the text of a failure",
        ComesOut.IN_TEXT,
        t -> {
          Promise<Object> promise = Async.failed(new Hostile.Failure(t));
          assertTold("exception=", promise.toString());
          assertTrue(promise.exception() instanceof Hostile.Failure);
        });
    use(
        "the text of a reason",
        ComesOut.IN_TEXT,
        t -> {
          Promise<Object> promise = loop().createPromise();
          promise.cancel(new Hostile.Thing(t));
          assertTold("reason=", promise.toString());
          try {
            await(promise);
          } catch (CancelledError e) {
            assertTrue(e.reason() instanceof Hostile.Thing);
          }
        });
    use(
        "the reason of a task's cancellation",
        ComesOut.IN_TEXT,
        t -> {
          Coro<Object> sleep = Async.sleep(Duration.ofHours(1), 1);
          Task<Object> asleep = Async.createTask(coro("asleep", () -> await(sleep)));
          Task<Object> notStarted = Async.createTask(coro("not started", () -> await(one())));
          pause();
          asleep.cancel(new Hostile.Thing(t));
          notStarted.cancel(new Hostile.Thing(t));
          Async.createTask(one()).cancel(new Hostile.Thing(t));
          pause();
          assertTrue(asleep.isCancelled());
        });
    use(
        "the text of a callback",
        ComesOut.IN_TEXT,
        t -> {
          t.make(true);
          Promise<Integer> promise = loop().createPromise();
          Consumer<Promise<Integer>> callback =
              new Consumer<>() {
                @Override
                public void accept(Promise<Integer> done) {}

                @Override
                public String toString() {
                  return t.in("toString", null);
                }
              };
          promise.addDoneCallback(callback);
          assertTold("callbacks=[", promise.toString());
        });
    use(
        "the text of a handle",
        ComesOut.IN_TEXT,
        t -> {
          loop().setDebug(true);
          Handle handle = loop().callSoon(new Hostile.Thing(t));
          assertTold("Handle[", handle.toString());
          handle.cancel();
          assertTold("Handle[cancelled", handle.toString());
        });
    use(
        "the text of a user's list in one of the JDK",
        ComesOut.IN_TEXT,
        t -> {
          List<Integer> list = new Hostile.Elements<>(t, "iterator", 1);
          assertTold("result=", Async.completed(Collections.unmodifiableList(list)).toString());
        });
    use(
        "the text of a user's map in one of the JDK",
        ComesOut.IN_TEXT,
        t -> {
          assertTold("result=", Async.completed(Hostile.map(t, none(), none())).toString());
          assertTold("result=", Async.completed(Hostile.map(none(), t, none())).toString());
          assertTold("result=", Async.completed(Hostile.map(none(), none(), t)).toString());
        });
    use(
        "the text of a user's entry in one of the JDK",
        ComesOut.IN_TEXT,
        t -> {
          for (Map.Entry<Object, Object> entry : Hostile.map(none(), none(), t).entrySet()) {
            assertTold("result=", Async.completed(entry).toString());
          }
        });
    use(
        "the text of a set whose elements have none",
        ComesOut.IN_TEXT,
        t -> assertTold("result=[", Async.completed(List.of(new Hostile.Thing(t))).toString()));
    for (String state : List.of("waiting", "done")) {
      use(
          "the printed stack of a task that is " + state,
          ComesOut.IN_TASK,
          t -> {
            PrintStream out = Hostile.stream(t, line -> {});
            Task<Object> task =
                Async.createTask(coro("task", () -> await(loop().<Object>createPromise())));
            pause();
            if (state.equals("done")) {
              task.cancel();
              pause();
            }
            task.printStack(out);
          });
    }
  }

  private void failing() {
    use(
        "a failure that tells nothing",
        ComesOut.IN_TEXT,
        t -> {
          Throwable failure = new Hostile.Failure(t);
          Task<Integer> failing = Async.createTask(fail(failure, () -> {}));
          await(Async.waitUntil(List.of(failing), ReturnWhen.ALL_COMPLETED));
          assertEquals(List.of(), failing.getStack());
          assertSame(failure, failing.exception());
        });
    use(
        "a failure that takes no trace",
        ComesOut.IN_TEXT,
        t -> {
          Throwable failure = new Hostile.Failure(t, "setStackTrace");
          Task<Integer> failing = Async.createTask(fail(failure, () -> {}));
          await(Async.waitUntil(List.of(failing), ReturnWhen.ALL_COMPLETED));
          assertSame(failure, failing.exception());
        });
    use(
        "a stage that fails with what tells no cause",
        ComesOut.IN_TEXT,
        t -> {
          Throwable failure = new Hostile.Wrapping(t);
          assertSame(failure, Async.toPromise(CompletableFuture.failedFuture(failure)).exception());
        });
    use(
        "a stage that is cancelled with what tells no message",
        ComesOut.IN_TEXT,
        t -> {
          Promise<Integer> promise = Async.toPromise(new Hostile.Stage(new Hostile.Cancelling(t)));
          pause();
          assertTrue(promise.isCancelled());
        });
  }

  /** Fails as generated code does, whose frames are rewritten. */
  private static Coro<Integer> fail(Throwable failure, Runnable before) {
    return new Continuation<Integer, RuntimeException>() {
      private static final LineTable LINES =
          LineTable.of(CONTRACT, "io.fermata.UserCodeTest", "fail", "UserCodeTest.java", "", "");

      @Override
      protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
        before.run();
        throw failure;
      }

      @Override
      protected LineTable lines() {
        return LINES;
      }
    };
  }

  private void logging() {
    use(
        "a failure in the log",
        ComesOut.IN_TEXT,
        (loop, t) -> loop.setExceptionHandler(null),
        t -> {
          List<LogRecord> records = new ArrayList<>();
          log(records::add, () -> failInCallback(new Hostile.Failure(t)));
          assertEquals(1, records.size());
          Throwable told = records.get(0).getThrown();
          told.printStackTrace(Hostile.stream(none(), line -> {}));
          assertTold("Hostile$Failure", told.toString());
        });
    use(
        "a logger, and the stream for its errors",
        ComesOut.IN_TEXT,
        (loop, t) -> loop.setExceptionHandler(null),
        t -> {
          PrintStream err = System.err;
          List<String> lines = new ArrayList<>();
          System.setErr(Hostile.stream(t, lines::add));
          try {
            log(record -> t.in("log"), () -> failInCallback(new ArithmeticException()));
          } finally {
            System.setErr(err);
          }
          assertEquals(t.kind == Trouble.Kind.NULL ? 0 : 1, lines.size());
          for (String line : lines) {
            assertTold("java.lang.ArithmeticException (the logger failed with java.lang.", line);
          }
        });
    use(
        "an exception handler",
        ComesOut.IN_TEXT,
        (loop, t) -> loop.setExceptionHandler((own, context) -> t.in("handle")),
        t -> {
          List<LogRecord> records = new ArrayList<>();
          log(records::add, () -> failInCallback(new ArithmeticException()));
          List<Throwable> told = new ArrayList<>();
          records.forEach(record -> told.add(record.getThrown()));
          if (t.kind != Trouble.Kind.NULL) {
            assertEquals(t.thrown, told.subList(0, 1));
            assertTrue(told.get(1) instanceof ArithmeticException);
          }
        });
  }

  private static void failInCallback(Throwable failure) {
    loop()
        .callSoon(
            () -> {
              throw Unchecked.<RuntimeException>sneak(failure);
            });
    pause();
  }

  private static void log(Consumer<LogRecord> publish, Co.VoidBody body) throws Throwable {
    Logger logger = Logger.getLogger("io.fermata");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            publish.accept(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    boolean parents = logger.getUseParentHandlers();
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      body.run();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(parents);
    }
  }

  private void callingBack() {
    use(
        "callbacks",
        ComesOut.AT_HANDLER,
        t -> {
          loop().callSoon(new Hostile.Thing(t));
          loop().callLater(Duration.ofMillis(1), new Hostile.Thing(t));
          pause();
        });
    use(
        "a done callback of a promise whose value has no text",
        ComesOut.AT_HANDLER,
        t -> {
          Promise<Hostile.Thing> promise = loop().createPromise();
          promise.addDoneCallback(done -> t.in("accept"));
          promise.complete(new Hostile.Thing(new Trouble(t.kind)));
          pause();
        });
    use(
        "a done callback without a text",
        ComesOut.AT_HANDLER,
        t -> {
          Promise<Integer> promise = loop().createPromise();
          promise.addDoneCallback(new Hostile.Thing(t));
          promise.complete(1);
          pause();
        });
    use(
        "a callback that is taken back",
        ComesOut.IN_TASK,
        t -> {
          Promise<Integer> promise = loop().createPromise();
          promise.addDoneCallback(new Hostile.Thing(t));
          promise.removeDoneCallback(done -> {});
        });
    use(
        "timers that are compared",
        ComesOut.IN_TASK,
        t -> {
          Handle handle = loop().callAt(Long.MAX_VALUE, new Hostile.Thing(t));
          Handle other = loop().callAt(Long.MAX_VALUE, new Hostile.Thing(none()));
          try {
            assertTrue(handle.equals(other));
          } finally {
            handle.cancel();
            other.cancel();
          }
        });
  }

  private void combining() {
    use(
        "a combiner of two",
        ComesOut.IN_TASK,
        t -> await(Async.gather(one(), one(), (a, b) -> t.in("apply", 1))));
    use(
        "a combiner of three",
        ComesOut.IN_TASK,
        t -> await(Async.gather(one(), one(), one(), (a, b, c) -> t.in("combine", 1))));
    use(
        "a combiner of four",
        ComesOut.IN_TASK,
        t -> await(Async.gather(one(), one(), one(), one(), (a, b, c, d) -> t.in("combine", 1))));
    use(
        "a combiner of five",
        ComesOut.IN_TASK,
        t ->
            await(
                Async.gather(
                    one(), one(), one(), one(), one(), (a, b, c, d, e) -> t.in("combine", 1))));
  }

  private void collecting() {
    use(
        "a collection that gather goes through",
        ComesOut.IN_TASK,
        t -> await(Async.gather(new Hostile.Elements<>(t, "iterator", one()))));
    use(
        "a collection that gather copies",
        ComesOut.IN_TASK,
        t -> await(Async.gather(new Hostile.Elements<>(t, "toArray", Async.completed(1)))));
    use(
        "a collection for waitUntil",
        ComesOut.IN_TASK,
        t -> {
          List<Promise<Integer>> promises =
              new Hostile.Elements<>(t, "iterator", Async.completed(1));
          await(Async.waitUntil(promises, ReturnWhen.ALL_COMPLETED));
        });
    use(
        "a collection for asCompleted",
        ComesOut.IN_TASK,
        t -> Async.asCompleted(new Hostile.Elements<>(t, "toArray", one())));
    for (String method : List.of("isEmpty", "get", "toArray")) {
      use(
          "a list for a group, by " + method,
          ComesOut.IN_TASK,
          t -> {
            List<Throwable> members = new Hostile.Elements<>(t, method, new Error());
            assertEquals(1, new ExceptionGroup("one", members).exceptions().size());
          });
    }
    use(
        "the thread-locals of options",
        ComesOut.IN_TASK,
        t -> {
          List<ThreadLocalAccessor<?>> accessors =
              new Hostile.Elements<>(t, "toArray", Hostile.accessor(none(), ""));
          assertEquals(
              1, new RunOptions(null, null, Duration.ZERO, accessors).threadLocals().size());
        });
    for (String method : List.of("isEmpty", "forEach")) {
      use(
          "the thread-locals of a loop, by " + method,
          ComesOut.IN_TASK,
          t -> {
            List<ThreadLocalAccessor<?>> accessors =
                new Hostile.Elements<>(t, method, Hostile.accessor(none(), ""));
            new VirtualTimeLoop().setThreadLocals(accessors);
          });
    }
  }

  @SuppressWarnings("UnusedVariable") // it does not get to compare
  private static Comparator<Integer> comparator(Trouble trouble) {
    return (a, b) -> trouble.in("compare", 0);
  }

  private void calling() {
    use("an awaitable", ComesOut.IN_TASK, t -> await(awaitable(t)));
    use("an awaitable in a gather", ComesOut.IN_TASK, t -> await(Async.gather(awaitable(t))));
    use("a context's code", ComesOut.IN_TASK, t -> new Context().run(new Hostile.Thing(t)));
    use("a context's call", ComesOut.IN_TASK, t -> new Context().call(() -> t.in("call", 1)));
    use("a context's supplier", ComesOut.IN_TASK, t -> new Context().get(() -> t.in("get", 1)));
    use("a resource", ComesOut.IN_TASK, t -> Closing.close(() -> t.in("close"), null));
    use(
        "a resource that is closed after a failure",
        ComesOut.IN_TEXT,
        t -> {
          Throwable failure = new ArithmeticException();
          Closing.close(() -> t.in("close"), failure);
          assertEquals(t.thrown, List.of(failure.getSuppressed()));
        });
    use(
        "a comparator",
        ComesOut.IN_TASK,
        t -> new AsyncPriorityQueue<Integer>(comparator(t)).putNow(1));
    use(
        "a comparator that is asked for the first item",
        ComesOut.IN_TASK,
        t -> {
          t.make(false);
          AsyncPriorityQueue<Integer> queue = new AsyncPriorityQueue<>(comparator(t));
          for (int i = 0; i < 3; i++) {
            queue.putNow(i);
          }
          t.make(true);
          try {
            await(queue.get());
          } finally {
            assertEquals(3, queue.size());
          }
        });
    use(
        "an item's order",
        ComesOut.IN_TASK,
        t -> new AsyncPriorityQueue<Hostile.Thing>().putNow(new Hostile.Thing(t)));
    use(
        "a predicate",
        ComesOut.IN_TASK,
        t -> {
          AsyncCondition condition = new AsyncCondition();
          Co.with(condition, () -> await(condition.whenTrue(() -> t.in("getAsBoolean", true))));
        });
  }

  /** Closes resources as generated code does. */
  private abstract static class Closing extends Continuation<Integer, RuntimeException> {
    static void close(AutoCloseable resource, Throwable thrown) throws Throwable {
      closeResource(resource, thrown);
    }
  }

  private void otherThreads() {
    use("work for a thread", ComesOut.IN_TASK, t -> await(Async.toThread(() -> t.in("run"))));
    use(
        "work with a value for a thread",
        ComesOut.IN_TASK,
        t -> await(Async.toThread(() -> t.in("call", 1))));
    use(
        "work for an executor",
        ComesOut.IN_TASK,
        t -> {
          Executor executor = Runnable::run;
          await(loop().runInExecutor(executor, () -> t.in("call", 1)));
        });
    use(
        "an executor",
        ComesOut.IN_TASK,
        t -> await(loop().runInExecutor(new Hostile.Workers(t, none()), () -> 1)));
    use(
        "the end of an executor",
        ComesOut.IN_TASK,
        t -> {
          loop().setDefaultExecutor(new Hostile.Workers(none(), t));
          try {
            await(loop().shutdownDefaultExecutor());
          } finally {
            loop().setDefaultExecutor(new Hostile.Workers(none(), none()));
          }
        });
    use(
        "a loop's executor",
        ComesOut.AT_HANDLER,
        t -> {
          VirtualTimeLoop other = new VirtualTimeLoop();
          other.setExceptionHandler(loop().getExceptionHandler());
          other.setDefaultExecutor(new Hostile.Workers(none(), t));
          other.close();
        });
    use(
        "a stage that is asked for its outcome",
        ComesOut.IN_TASK,
        t -> await(Async.toPromise(new Hostile.Stage(t, "isDone"))));
    use(
        "a stage that is to call",
        ComesOut.IN_TASK,
        t -> Async.toPromise(new Hostile.Stage(t, "whenComplete")));
    use(
        "a stage that is cancelled",
        ComesOut.AT_HANDLER,
        t -> {
          Async.toPromise(new Hostile.Stage(t, "cancel")).cancel();
          pause();
        });
  }

  private void threadLocals() {
    for (String method : List.of("get", "set")) {
      use(
          "a thread-local that fails before a step, in " + method,
          ComesOut.IN_TASK,
          (loop, t) -> carry(loop, Hostile.accessor(t.make(false), method)),
          UserCodeUses::failBeforeStep);
      use(
          "a user's ThreadLocal that fails before a step, in " + method,
          ComesOut.IN_TASK,
          (loop, t) ->
              carry(loop, ThreadLocalAccessor.of(Hostile.threadLocal(t.make(false), method))),
          UserCodeUses::failBeforeStep);
      use(
          "a thread-local that fails before a callback, in " + method,
          ComesOut.AT_HANDLER,
          (loop, t) -> carry(loop, Hostile.accessor(t.make(false), method)),
          t -> {
            loop().ready(new Arming(t));
            loop().callSoon(() -> t.in("never", null));
            pause();
            Promise<Integer> promise = loop().createPromise();
            promise.addDoneCallback(done -> t.in("never", null));
            loop().ready(new Arming(t));
            promise.complete(1);
            pause();
          });
      use(
          "a thread-local that fails behind a step, in " + method,
          ComesOut.AT_HANDLER,
          (loop, t) -> carry(loop, Hostile.accessor(t.make(false), method)),
          t -> {
            Async.createTask(coroVoid("last", t::makeOnce));
            pause();
          });
    }
    use(
        "work for a thread, with thread-locals",
        ComesOut.IN_TASK,
        (loop, t) -> carry(loop, Hostile.accessor(none(), "")),
        t -> await(Async.toThread(() -> t.in("call", 1))));
    use(
        "a thread-local that can't be read for a new task",
        ComesOut.IN_TASK,
        (loop, t) -> carry(loop, Hostile.accessor(t.make(false), "get")),
        t -> {
          t.makeOnce();
          Async.createTask(one());
        });
    use(
        "a thread-local that fails in a context's call",
        ComesOut.IN_TASK,
        (loop, t) -> carry(loop, Hostile.accessor(t.make(false), "set")),
        t -> {
          t.makeOnce();
          Context.copyOfCurrent().run(() -> {});
        });
  }

  private static void carry(VirtualTimeLoop loop, ThreadLocalAccessor<?> accessor) {
    loop.setThreadLocals(List.of(accessor));
  }

  /** The trouble begins when the loop is about to resume a task. */
  private static void failBeforeStep(Trouble trouble) {
    VirtualTimeLoop own = (VirtualTimeLoop) loop();
    Task<Integer> failing =
        Async.createTask(
            coro(
                "failing",
                () -> {
                  pause();
                  return 1;
                }),
            "failing");
    own.injectFaults(
        task -> {
          if (task == failing) {
            trouble.makeOnce();
          }
          return null;
        });
    await(failing);
  }

  /** Stands in the ready queue in front of what is to get trouble, and carries nothing itself. */
  private static final class Arming extends Ready {
    private final Trouble trouble;

    Arming(Trouble trouble) {
      this.trouble = trouble;
    }

    @Override
    void run(EventLoop running) {
      trouble.makeOnce();
    }

    @Override
    EventLoop loop() {
      return EventLoop.running();
    }
  }

  private void makingTasks() {
    use(
        "a task factory",
        ComesOut.IN_TASK,
        t -> {
          TaskGroup group = TaskGroup.open();
          await(group.enter());
          loop().setTaskFactory(Hostile.factory(t));
          try {
            group.createTask(one());
          } finally {
            loop().setTaskFactory(null);
            assertEquals(Set.of(), group.tasks());
          }
        });
    use(
        "a loop factory",
        ComesOut.IN_TASK,
        t -> {
          RunOptions options = RunOptions.DEFAULT.withLoopFactory(() -> t.in("get", null));
          try (Runner runner = new Runner(options)) {
            runner.getLoop();
          }
        });
    use(
        "a fault injector",
        ComesOut.IN_TASK,
        t -> {
          VirtualTimeLoop own = (VirtualTimeLoop) loop();
          own.injectFaults(task -> t.in("beforeResume", null));
          try {
            await(Async.sleep(Duration.ZERO));
          } finally {
            own.injectFaults(null);
          }
        });
  }
}
