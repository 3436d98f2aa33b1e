package io.fermata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.Unchecked;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** In a loop that is never idle, what nobody looks at is told and freed all the same. */
@Timeout(60)
class BusyLoopTest {
  private static final int MANY = 500;

  private final List<String> reports = new ArrayList<>();

  private interface Check {
    void of(EventLoop loop);
  }

  private Stream<DynamicTest> onEachLoop(Check check) {
    return Stream.of(new SelectorLoop(), new VirtualTimeLoop())
        .map(
            loop ->
                DynamicTest.dynamicTest(
                    loop.getClass().getSimpleName(),
                    () -> {
                      reports.clear();
                      loop.setExceptionHandler((own, context) -> reports.add(context.message()));
                      check.of(loop);
                      loop.close();
                    }));
  }

  /** Keeps a loop busy from one callback to the next, and has garbage collected now and then. */
  private static void stayBusy(EventLoop loop, Runnable first, BooleanSupplier end) {
    loop.callSoon(first);
    loop.callSoon(
        new Runnable() {
          private int passes;

          @Override
          public void run() {
            if (end.getAsBoolean()) {
              loop.stop();
              return;
            }
            if (++passes % 1_000 == 0) {
              System.gc();
            }
            loop.callSoon(this);
          }
        });
    loop.runForever();
  }

  @TestFactory
  Stream<DynamicTest> failuresThatNobodyRetrievesAreReportedAndFreed() {
    return onEachLoop(
        loop -> {
          List<WeakReference<Throwable>> failures = new ArrayList<>();
          stayBusy(
              loop,
              () -> {
                for (int i = 0; i < MANY; i++) {
                  Throwable failure = new IllegalStateException("nobody looks");
                  failures.add(new WeakReference<>(failure));
                  fail(loop, failure);
                }
              },
              () -> reports.size() == MANY && failures.stream().allMatch(f -> f.get() == null));
          assertEquals(List.of("Task exception was never retrieved"), distinctReports());
        });
  }

  private static void fail(EventLoop loop, Throwable failure) {
    Awaitable<Object> failing =
        () -> {
          throw Unchecked.<RuntimeException>sneak(failure);
        };
    Awaitables.ensurePromise(loop, failing);
  }

  @TestFactory
  Stream<DynamicTest> coroutinesThatAreNeverAwaitedAreReported() {
    return onEachLoop(
        loop -> {
          loop.setDebug(true);
          stayBusy(
              loop,
              () -> {
                for (int i = 0; i < MANY; i++) {
                  assertTrue(Async.toThread(() -> 1).toString().endsWith("(created)"));
                }
              },
              () -> reports.size() == MANY);
          assertEquals(
              List.of("coroutine Async.toThread was never awaited"),
              distinctReports().stream().map(BusyLoopTest::named).toList());
        });
  }

  private List<String> distinctReports() {
    return reports.stream().distinct().toList();
  }

  /** A coroutine of the runtime's own is told by its class. */
  private static String named(String report) {
    return report.replace("ToThread", "Async.toThread");
  }
}
