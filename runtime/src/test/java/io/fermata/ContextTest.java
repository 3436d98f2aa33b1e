package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ContextTest extends LoopTests {
  private final ContextVar<String> variable = ContextVar.withDefault("variable", "nope");

  @Test
  void CTX_01_aTaskRunsInACopyOfItsCreatorsContext() {
    runVoid(
        () -> {
          variable.set("creator");
          Task<Void> task =
              createTask(
                  coroVoid(
                      () -> {
                        assertEquals("creator", variable.get());
                        variable.set("task");
                        await(sleep(ms(10)));
                        assertEquals("task", variable.get());
                      }));
          variable.set("later");
          await(sleep(ms(5)));
          assertEquals("later", variable.get());
          await(task);
          assertEquals("later", variable.get());
        });
  }

  @Test
  void CTX_02_aHundredTasksNeverSeeEachOthersValues() {
    runVoid(
        () -> {
          List<Coro<Void>> all = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            String own = "task " + i;
            all.add(
                coroVoid(
                    () -> {
                      for (int j = 0; j < 10; j++) {
                        variable.set(own + j);
                        await(sleep(ms(1)));
                        assertEquals(own + j, variable.get());
                      }
                    }));
          }
          await(gather(all));
          assertEquals("nope", variable.get());
        });
    assertEquals("nope", variable.get());
  }

  @Test
  void CTX_03_aContextPassedAtCreationIsUsedItself() {
    Context context = new Context();
    TaskOptions in = TaskOptions.DEFAULT.withContext(context);
    Coro<Void> first =
        coroVoid(
            () -> {
              assertEquals("nope", variable.get());
              variable.set("one");
            });
    Task<Void> byLoop = loop.createTask(first, in);
    assertSame(context, byLoop.getContext());
    loop.runUntilComplete(byLoop);
    assertEquals("one", context.get(variable));
    runVoid(
        () -> {
          await(
              createTask(
                  coroVoid(
                      () -> {
                        assertEquals("one", variable.get());
                        variable.set("two");
                      }),
                  in));
          TaskGroup group = TaskGroup.open();
          with(
              group,
              () ->
                  group.createTask(
                      coroVoid(
                          () -> {
                            assertSame(context, currentTask().getContext());
                            assertEquals("two", variable.get());
                            variable.set("three");
                          }),
                      in));
          assertEquals("nope", variable.get());
        });
    assertEquals("three", context.get(variable));
  }

  @Test
  void CTX_04_theRunsOfARunnerShareAContext() {
    try (Runner runner = new Runner()) {
      runner.run(coroVoid(() -> variable.set("first run")));
      assertEquals("first run", runner.run(coro(variable::get)));
      assertEquals("nope", variable.get());
    }
  }

  @Test
  void CTX_05_aScopedSettingStaysThatOfItsTask() {
    ContextVar<MathContext> precision = ContextVar.withDefault("precision", MathContext.DECIMAL32);
    runVoid(
        () -> {
          List<Coro<String>> divisions = new ArrayList<>();
          for (int digits : new int[] {3, 6}) {
            divisions.add(
                coro(
                    () -> {
                      ContextVar.Token<MathContext> token = precision.set(new MathContext(digits));
                      try {
                        await(sleep(ms(10)));
                        return BigDecimal.ONE
                            .divide(BigDecimal.valueOf(3), precision.get())
                            .toString();
                      } finally {
                        precision.reset(token);
                        assertSame(MathContext.DECIMAL32, precision.get());
                      }
                    }));
          }
          assertEquals(List.of("0.333", "0.333333"), await(gather(divisions)));
        });
  }

  @Test
  void callbacksRunInACopyOfTheContextOfTheirRegistration() {
    runVoid(
        () -> {
          variable.set("registered");
          loop.callSoon(
              () -> {
                log.add(variable.get());
                variable.set("callback's own");
              });
          Promise<Void> promise = loop.createPromise();
          promise.addDoneCallback(ignored -> log.add(variable.get()));
          variable.set("later");
          promise.complete(null);
          await(sleep(Duration.ZERO));
          assertEquals("later", variable.get());
        });
    assertEquals(List.of("registered", "registered"), log);
  }

  @Test
  void runEntersAContextInsideAndOutsideOfALoop() {
    Context context = new Context();
    context.run(() -> variable.set("inside"));
    assertEquals("nope", variable.get());
    assertEquals("inside", context.get(variable::get));
    runVoid(
        () -> {
          context.run(() -> log.add(variable.get()));
          assertEquals("nope", variable.get());
        });
    assertEquals(List.of("inside"), log);
  }

  private void logContextsOfFailures() {
    loop.setExceptionHandler((ignored, context) -> log.add(variable.get()));
  }

  @Test
  void theExceptionHandlerRunsInTheContextOfTheCallbackThatFailed() {
    logContextsOfFailures();
    runVoid(
        () -> {
          Promise<Integer> promise = loop.createPromise();
          Task<Void> task = createTask(coroVoid("task", () -> variable.set("task")));
          variable.set("callback");
          loop.callSoon(ContextTest::fail);
          variable.set("timer");
          loop.callLater(ms(1), ContextTest::fail);
          variable.set("done callback");
          promise.addDoneCallback(done -> fail());
          promise.complete(1);
          variable.set("done callback of a task");
          task.addDoneCallback(done -> fail());
          variable.set("main");
          await(sleep(ms(2)));
        });
    assertEquals(List.of("callback", "done callback", "done callback of a task", "timer"), log);
  }

  private static void fail() {
    throw new ArithmeticException();
  }

  @Test
  void theExceptionHandlerRunsInTheContextOfTheTaskThatNobodyHasLookedAt() {
    logContextsOfFailures();
    runVoid(
        () -> {
          createTask(
              coroVoid(
                  "failing",
                  () -> {
                    variable.set("failing task");
                    fail();
                  }));
          createTask(
              coroVoid(
                  "pending",
                  () -> {
                    variable.set("pending task");
                    await(loop.<Void>createPromise());
                  }));
          variable.set("main");
          await(sleep(ms(1)));
        });
    loop.close();
    assertEquals(List.of("pending task", "failing task"), log);
  }

  @Test
  void theExceptionHandlerRunsWhereItIsCalledIfNoTaskIsNamed() {
    logContextsOfFailures();
    runVoid(
        () -> {
          variable.set("main");
          loop.callExceptionHandler(new ExceptionContext("by hand", null));
          Task<Void> other =
              createTask(
                  coroVoid(
                      "other",
                      () -> {
                        variable.set("other task");
                        await(sleep(ms(1)));
                      }));
          await(sleep(Duration.ZERO));
          loop.callExceptionHandler(
              new ExceptionContext("of another", null, null, other, null, null));
          assertEquals("main", variable.get());
          await(other);
        });
    assertEquals(List.of("main", "other task"), log);
  }

  @Test
  void theThreadLocalsOfTheTaskThatFailedAreSeenByTheExceptionHandler() {
    ThreadLocal<String> local = ThreadLocal.withInitial(() -> "outside");
    loop.setThreadLocals(List.of(ThreadLocalAccessor.of(local)));
    loop.setExceptionHandler((ignored, context) -> log.add(local.get()));
    runVoid(
        () -> {
          local.set("callback's");
          loop.callSoon(ContextTest::fail);
          local.set("main's");
          await(sleep(ms(1)));
        });
    assertEquals(List.of("callback's"), log);
    assertEquals("outside", local.get());
  }

  @Test
  void aVariableThatIsSetOutsideOfALoopIsOfThatThread() throws InterruptedException {
    ContextVar.Token<String> token = variable.set("first");
    ContextVar<String> empty = ContextVar.named("empty");
    ContextVar.Token<String> ofEmpty = empty.set(null);
    assertSame(Context.current(), Context.current());
    Context copy = Context.copyOfCurrent();
    Thread other =
        new Thread(
            () -> {
              log.add(variable.get());
              variable.set("other thread");
              log.add(Context.copyOfCurrent().get(variable));
            });
    other.start();
    other.join();
    assertEquals(List.of("nope", "other thread"), log);
    assertEquals("first", variable.get());
    variable.set("second");
    assertEquals("first", copy.get(variable));
    assertTrue(copy.contains(empty));
    assertEquals("second", run(variable::get));
    runVoid(() -> variable.set("in the loop"));
    assertEquals("second", variable.get());
    variable.reset(token);
    assertEquals("nope", variable.get());
    assertTrue(Context.current().contains(empty));
    empty.reset(ofEmpty);
    assertEquals("Context{}", Context.current().toString());
  }

  @Test
  void aVariableWithoutAValueOrDefaultSaysSo() {
    ContextVar<String> bare = ContextVar.named("bare");
    NoSuchElementException e = assertThrows(NoSuchElementException.class, bare::get);
    assertEquals(
        "ContextVar bare has no value in the current context, and no default: set it, or use"
            + " orElse.",
        e.getMessage());
    assertEquals("other", bare.orElse("other"));
  }
}
