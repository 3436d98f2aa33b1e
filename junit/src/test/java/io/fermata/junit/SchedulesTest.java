package io.fermata.junit;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.junit.Finding.TASK_LEFT_RUNNING;
import static java.time.Duration.ofSeconds;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.TaskGroup;
import io.fermata.sync.AsyncLock;
import io.fermata.testing.VirtualTimeLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** Tests that run in many orders: what they find, and what each run has of its own. */
@SuppressWarnings("fermata:dropped-task") // what is left running is a point
class SchedulesTest {

  /** Two tasks read, let the other go on, and write. */
  static class LostUpdate {
    int balance;

    @Coroutine
    void deposit(int turnsBefore) {
      for (int i = 0; i < turnsBefore; i++) {
        await(sleep(Duration.ZERO));
      }
      int before = balance;
      await(sleep(Duration.ZERO));
      balance = before + 1;
    }

    @Coroutine
    void both() {
      try (TaskGroup group = TaskGroup.open()) {
        group.createTask(SchedulesTest_LostUpdateAsync.deposit(this, 0));
        group.createTask(SchedulesTest_LostUpdateAsync.deposit(this, 1));
      }
      assertEquals(2, balance);
    }

    @CoroutineTest
    void inTheNaturalOrder() {
      await(SchedulesTest_LostUpdateAsync.both(this));
    }

    @CoroutineTest
    @Schedules(50)
    void atRandom() {
      await(SchedulesTest_LostUpdateAsync.both(this));
    }

    @CoroutineTest
    @Schedules(exhaustive = true)
    void inAllOrders() {
      await(SchedulesTest_LostUpdateAsync.both(this));
    }
  }

  @Test
  void aLostUpdateIsFoundAtRandom() {
    Launched launched = Launched.of(LostUpdate.class, "atRandom");
    assertEquals(
        """
        fails in order 2 of 50: expected: <2> but was: <1>
        Replay it alone with @Schedules(seed = 525588302).""",
        launched.message());
    AssertionFailedError failure = assertInstanceOf(AssertionFailedError.class, launched.failure());
    assertEquals(2, failure.getExpected().getValue());
    assertEquals(1, failure.getActual().getValue());
    assertEquals("both", userFrame(failure.getCause()).getMethodName());
  }

  private static StackTraceElement userFrame(Throwable thrown) {
    return List.of(thrown.getStackTrace()).stream()
        .filter(each -> "SchedulesTest.java".equals(each.getFileName()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aLostUpdateIsFoundAmongAllOrders() {
    assertEquals(
        """
        fails in order 3 of all: expected: <2> but was: <1>
        Replay it alone with @Schedules(order = {0, 1}).""",
        Launched.of(LostUpdate.class, "inAllOrders").message());
  }

  @Test
  void aLostUpdateIsNotFoundInTheNaturalOrder() {
    assertEquals(Map.of(), Launched.of(LostUpdate.class, "inTheNaturalOrder").failures());
  }

  static class ReplayedUpdate extends LostUpdate {
    static int runs;

    @BeforeEach
    void count() {
      runs++;
    }

    @CoroutineTest
    @Schedules(seed = 525588302)
    void bySeed() {
      await(SchedulesTest_LostUpdateAsync.both(this));
    }

    @CoroutineTest
    @Schedules(order = {0, 1})
    void byOrder() {
      await(SchedulesTest_LostUpdateAsync.both(this));
    }
  }

  @Test
  void aFailureIsReplayedAlone() {
    for (String name : List.of("bySeed", "byOrder")) {
      ReplayedUpdate.runs = 0;
      String message = Launched.of(ReplayedUpdate.class, name).message();
      assertTrue(message.contains("order 1 of ") && message.contains("expected: <2>"), message);
      assertEquals(1, ReplayedUpdate.runs);
    }
  }

  /** The same with a lock. */
  static class Guarded {
    final AsyncLock lock = new AsyncLock();
    int balance;

    @Coroutine
    void deposit(int turnsBefore) {
      for (int i = 0; i < turnsBefore; i++) {
        await(sleep(Duration.ZERO));
      }
      try (lock) {
        int before = balance;
        await(sleep(Duration.ZERO));
        balance = before + 1;
      }
    }

    @CoroutineTest
    @Schedules(value = 10_000, exhaustive = true)
    void inAllOrders() {
      try (TaskGroup group = TaskGroup.open()) {
        group.createTask(SchedulesTest_GuardedAsync.deposit(this, 0));
        group.createTask(SchedulesTest_GuardedAsync.deposit(this, 1));
      }
      assertEquals(2, balance);
    }

    @CoroutineTest
    @Schedules(value = 3, exhaustive = true)
    void inThreeOrders() {
      await(sleep(Duration.ZERO));
      try (TaskGroup group = TaskGroup.open()) {
        group.createTask(SchedulesTest_GuardedAsync.deposit(this, 0));
        group.createTask(SchedulesTest_GuardedAsync.deposit(this, 1));
      }
    }
  }

  @Test
  void allOrdersAreCounted() {
    Launched all = Launched.of(Guarded.class, "inAllOrders");
    assertEquals(Map.of(), all.failures());
    assertEquals(List.of("8, which are all there are"), all.reported("orders"));
    Launched some = Launched.of(Guarded.class, "inThreeOrders");
    assertEquals(List.of("3, and there are more"), some.reported("orders"));
  }

  /** All of its tests, but for those that say so themselves or are no coroutines. */
  @Schedules(3)
  static class OfClass {
    static int runs;

    @CoroutineTest
    void asTheClassSays() {
      runs++;
    }

    @CoroutineTest
    @Schedules(2)
    void asTheTestSays() {
      runs++;
    }

    @CoroutineTest
    @InjectFaults
    void withFaults() {
      runs++;
    }

    @Test
    void plain() {
      runs++;
    }

    @Nested
    class Inner {
      @CoroutineTest
      void nested() {
        runs++;
      }
    }
  }

  static class Inheriting extends OfClass {}

  @Test
  void aClassSpeaksForItsTests() {
    for (Class<?> each : List.of(OfClass.class, Inheriting.class)) {
      for (String test :
          List.of("asTheClassSays 3", "asTheTestSays 2", "withFaults 1", "plain 1")) {
        String[] nameAndRuns = test.split(" ", -1);
        OfClass.runs = 0;
        assertEquals(Map.of(), Launched.of(each, nameAndRuns[0]).failures());
        assertEquals(Integer.parseInt(nameAndRuns[1]), OfClass.runs, test);
      }
    }
    OfClass.runs = 0;
    assertEquals(Map.of(), Launched.of(OfClass.class).failures());
    assertEquals(3 + 2 + 1 + 1 + 3, OfClass.runs);
  }

  static class Permutations {
    static final List<String> SEEN = new ArrayList<>();

    @Coroutine
    static void add(StringBuilder order, String name) {
      order.append(name);
    }

    @CoroutineTest
    @Schedules(exhaustive = true)
    void test() {
      StringBuilder order = new StringBuilder();
      try (TaskGroup group = TaskGroup.open()) {
        for (String each : List.of("a", "b", "c")) {
          group.createTask(SchedulesTest_PermutationsAsync.add(order, each));
        }
      }
      SEEN.add(order.toString());
    }
  }

  @Test
  void allOrdersAreTriedTheNaturalOneFirst() {
    Permutations.SEEN.clear();
    Launched launched = Launched.of(Permutations.class);
    // Three tasks start, and three callbacks tell the group of their ends.
    assertEquals(List.of("36, which are all there are"), launched.reported("orders"));
    assertEquals("abc", Permutations.SEEN.get(0));
    assertEquals(
        List.of("abc", "acb", "bac", "bca", "cab", "cba"),
        Permutations.SEEN.stream().sorted().distinct().toList());
  }

  /** One looks, lets the other go on, and only then waits to be woken. */
  static class LostWakeUp {
    boolean ready;
    @Nullable Promise<Void> waiter;

    @Coroutine
    void consume() {
      if (!ready) {
        await(sleep(Duration.ZERO));
        Promise<Void> own = EventLoop.running().createPromise();
        waiter = own;
        await(own);
      }
    }

    @Coroutine
    void produce() {
      await(sleep(Duration.ZERO));
      ready = true;
      if (waiter != null) {
        waiter.complete(null);
      }
    }

    @Coroutine
    void both() {
      try (TaskGroup group = TaskGroup.open()) {
        group.createTask(SchedulesTest_LostWakeUpAsync.consume(this));
        group.createTask(SchedulesTest_LostWakeUpAsync.produce(this));
      }
    }

    @CoroutineTest
    void inTheNaturalOrder() {
      await(SchedulesTest_LostWakeUpAsync.both(this));
    }

    @CoroutineTest
    @Schedules(50)
    void atRandom() {
      await(SchedulesTest_LostWakeUpAsync.both(this));
    }

    @CoroutineTest
    @Schedules(exhaustive = true)
    void inAllOrders() {
      await(SchedulesTest_LostWakeUpAsync.both(this));
    }
  }

  /** Two locks, taken in two orders. */
  static class LockOrder {
    final AsyncLock first = new AsyncLock();
    final AsyncLock second = new AsyncLock();

    @Coroutine
    static void take(AsyncLock one, AsyncLock other, int turnsBefore) {
      for (int i = 0; i < turnsBefore; i++) {
        await(sleep(Duration.ZERO));
      }
      try (one) {
        await(sleep(Duration.ZERO));
        try (other) {
          await(sleep(Duration.ZERO));
        }
      }
    }

    @Coroutine
    void both() {
      try (TaskGroup group = TaskGroup.open()) {
        group.createTask(SchedulesTest_LockOrderAsync.take(first, second, 0));
        group.createTask(SchedulesTest_LockOrderAsync.take(second, first, 1));
      }
    }

    @CoroutineTest
    void inTheNaturalOrder() {
      await(SchedulesTest_LockOrderAsync.both(this));
    }

    @CoroutineTest
    @Schedules(50)
    void atRandom() {
      await(SchedulesTest_LockOrderAsync.both(this));
    }

    @CoroutineTest
    @Schedules(exhaustive = true)
    void inAllOrders() {
      await(SchedulesTest_LockOrderAsync.both(this));
    }
  }

  @Test
  void lostWakeUpsAndLockOrdersAreFoundAmongAllOrders() {
    for (Class<?> each : List.of(LostWakeUp.class, LockOrder.class)) {
      assertEquals(Map.of(), Launched.of(each, "inTheNaturalOrder").failures());
      String message = Launched.of(each, "inAllOrders").message();
      assertTrue(
          message.startsWith(
              "fails in order 3 of all: io.fermata.testing.DeadlockException: no task can ever run"
                  + " again: nothing is ready, no timer is set\nTask["),
          message);
      assertTrue(message.contains("\n    at " + each.getName() + "."), message);
      assertTrue(message.endsWith("\nReplay it alone with @Schedules(order = {0, 1})."), message);
    }
  }

  @Test
  void lostWakeUpsAndLockOrdersAreFoundAtRandom() {
    for (Class<?> each : List.of(LostWakeUp.class, LockOrder.class)) {
      String message = Launched.of(each, "atRandom").message();
      assertTrue(
          message.startsWith(
              "fails in order 2 of 50: io.fermata.testing.DeadlockException: no task can ever run"),
          message);
      assertTrue(message.endsWith("\nReplay it alone with @Schedules(seed = 525588302)."), message);
    }
  }

  /** Each run is a test. */
  static class Lifecycle {
    static final List<String> EVENTS = new ArrayList<>();
    static final TreeSet<Long> TIMES = new TreeSet<>();

    final List<String> own = new ArrayList<>();
    @TempDir Path folder;

    @BeforeEach
    @Coroutine
    void before(VirtualTimeLoop loop, TestInfo info) {
      await(sleep(ofSeconds(1)));
      own.add("before " + info.getTestMethod().orElseThrow().getName());
      TIMES.add(loop.time());
    }

    @BeforeEach
    void plain() {
      own.add("plain");
    }

    @CoroutineTest
    @Schedules(3)
    void test(VirtualTimeLoop loop) {
      own.add("test " + folder.toFile().isDirectory() + " " + (EventLoop.running() == loop));
      await(sleep(ofSeconds(1)));
      TIMES.add(loop.time());
    }

    @AfterEach
    @Coroutine
    void after() {
      await(sleep(ofSeconds(1)));
      own.add("after");
    }

    @AfterEach
    void plainAfter(TestInfo info) {
      own.add("plain");
      EVENTS.add(String.join(", ", own.stream().sorted().toList()));
    }
  }

  @Test
  void eachRunHasItsOwnInstanceLoopAndWhatRunsBeforeAndAfter() {
    Lifecycle.EVENTS.clear();
    Launched launched = Launched.of(Lifecycle.class);
    assertEquals(Map.of(), launched.failures());
    assertEquals(List.of("test(VirtualTimeLoop)"), launched.passed());
    assertEquals(3, Lifecycle.EVENTS.size());
    assertTrue(
        Lifecycle.EVENTS.stream()
            .allMatch(
                each -> each.contains("before test, plain, ") && each.endsWith("test true true")),
        Lifecycle.EVENTS::toString);
    assertEquals(
        List.of(ofSeconds(1).toNanos(), ofSeconds(2).toNanos()), List.copyOf(Lifecycle.TIMES));
  }

  static class Outer {
    final List<String> events = new ArrayList<>();

    @BeforeEach
    @Coroutine
    void first() {
      events.add("outer");
    }

    @Nested
    class Inner {
      final Outer outer() {
        return Outer.this;
      }

      @BeforeEach
      void second() {
        events.add("inner");
      }

      @CoroutineTest
      @Schedules(3)
      void nested() {
        await(sleep(ofSeconds(1)));
        assertEquals(List.of("outer", "inner"), events);
      }
    }
  }

  @Test
  void eachRunOfANestedTestHasNewInstancesOfAllClasses() {
    Launched launched = Launched.of(Outer.class);
    assertEquals(Map.of(), launched.failures());
    assertEquals(List.of("nested()"), launched.passed());
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClass {
    int runs;

    @CoroutineTest
    @Schedules(3)
    void test() {
      await(sleep(ofSeconds(1)));
      runs++;
      assertTrue(runs < 3, "third run");
    }
  }

  @Test
  void theInstanceOfAClassServesAllRuns() {
    assertEquals(
        "fails in order 3 of 3: third run ==> expected: <true> but was: <false>",
        Launched.of(PerClass.class).message().lines().findFirst().orElseThrow());
  }

  static class Leaves {
    @CoroutineTest
    @Schedules(5)
    void leavesTask() {
      createTask(FindingsTest_WorkAsync.sleepsLong());
      await(sleep(ofSeconds(1)));
    }

    @CoroutineTest
    @Schedules(5)
    @Tolerate(TASK_LEFT_RUNNING)
    void tolerated() {
      createTask(FindingsTest_WorkAsync.sleepsLong());
      await(sleep(ofSeconds(1)));
    }
  }

  @Test
  void whatARunLeavesUndoneFailsIt() {
    Launched launched = Launched.of(Leaves.class);
    assertEquals(List.of("tolerated()"), launched.passed());
    assertTrue(
        launched.message().startsWith("fails in order 1 of 5: a task is left running:\n  Task["),
        launched.message());
  }

  static class Erratic {
    static int runs;

    @CoroutineTest
    @Schedules(exhaustive = true)
    void test() {
      int tasks = runs++ == 0 ? 3 : 2;
      try (TaskGroup group = TaskGroup.open()) {
        for (int i = 0; i < tasks; i++) {
          group.createTask(sleep(Duration.ZERO));
        }
      }
    }
  }

  @Test
  void aTestThatIsNotTheSameEachTimeHasNoCountableOrders() {
    Erratic.runs = 0;
    String message = Launched.of(Erratic.class).message();
    assertTrue(message.contains("the test does not do the same in each run"), message);
  }

  static class Misused {
    @Test
    @Schedules
    void noCoroutineTest() {}

    @CoroutineTest
    @Schedules
    @InjectFaults
    void both() {}

    @CoroutineTest
    @Schedules
    @RealTime
    void inRealTime() {}

    @CoroutineTest
    @Schedules(0)
    void noOrder() {}

    @RepeatedTest(1)
    @Coroutine
    @InjectFaults
    void repeated() {}
  }

  @Test
  void whatCanNotBeIsToldWithWhatToWrite() {
    Map<String, Throwable> failures = Launched.of(Misused.class).failures();
    failures
        .values()
        .forEach(each -> assertInstanceOf(ExtensionConfigurationException.class, each));
    assertEquals(
        Map.of(
            "noCoroutineTest()",
            "@Schedules stands at noCoroutineTest, which is no @CoroutineTest: make it one.",
            "repetition 1 of 1",
            "@InjectFaults stands at repeated, which is no @CoroutineTest: make it one.",
            "both()",
            "@Schedules and @InjectFaults stand at both: give each a test of its own.",
            "inRealTime()",
            "@Schedules needs virtual time: take @RealTime away from inRealTime.",
            "noOrder()",
            "@Schedules(0) tries no order: give it 1 or more."),
        failures.entrySet().stream()
            .collect(toMap(Map.Entry::getKey, each -> each.getValue().getMessage())));
  }
}
