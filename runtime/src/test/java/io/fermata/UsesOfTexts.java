package io.fermata;

import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.Unchecked;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Uses in which the runtime makes a text, a trace or a log entry of what a user has made. */
final class UsesOfTexts extends UserCodeUses {
  UsesOfTexts() {
    describing();
    failing();
    logging();
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
}
