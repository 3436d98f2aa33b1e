package io.fermata.junit;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.SelectorLoop;
import io.fermata.Task;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which methods of tests run as coroutines, on which loop, in which time. */
class CoroutineTestTest {

  private static void assertPasses(Class<?> tests, String... names) {
    Launched launched = Launched.of(tests);
    assertEquals(Map.of(), launched.failures());
    assertEquals(List.of(names), launched.passed());
  }

  static class Simple {
    @CoroutineTest
    void sleepsAnHourAtOnce(VirtualTimeLoop loop) {
      await(sleep(ofHours(1)));
      assertEquals(ofHours(1).toNanos(), loop.time());
      assertSame(loop, EventLoop.running());
    }

    @CoroutineTest
    void anyLoop(EventLoop loop, TestInfo info, @TempDir Path folder) {
      await(sleep(ofSeconds(1)));
      assertSame(loop, EventLoop.running());
      assertEquals("anyLoop", info.getTestMethod().orElseThrow().getName());
      assertTrue(Files.isDirectory(folder));
    }

    @CoroutineTest
    void declaresAnException() throws Exception {
      assertEquals(2, await(toThread(() -> 2)));
    }

    @Test
    void isNone() {}
  }

  @Test
  void timeIsVirtualAndParametersAreThoseOfAllExtensions() {
    assertPasses(
        Simple.class,
        "anyLoop(EventLoop, TestInfo, Path)",
        "declaresAnException()",
        "isNone()",
        "sleepsAnHourAtOnce(VirtualTimeLoop)");
  }

  static class Failing {
    @CoroutineTest
    void fails() {
      await(sleep(ofHours(1)));
      assertEquals(1, 2);
    }
  }

  @Test
  void theFailureIsTheTestsOwnWithItsLine() {
    Throwable failure = Launched.of(Failing.class).failure();
    assertEquals("expected: <1> but was: <2>", failure.getMessage());
    StackTraceElement line =
        List.of(failure.getStackTrace()).stream()
            .filter(each -> each.getClassName().startsWith("io.fermata."))
            .findFirst()
            .orElseThrow();
    assertEquals(
        Failing.class.getName() + ".fails", line.getClassName() + "." + line.getMethodName());
    assertEquals("CoroutineTestTest.java", line.getFileName());
    assertEquals(0, failure.getSuppressed().length);
  }

  static class Around {
    static final List<String> EVENTS = new ArrayList<>();
    Task<String> server;

    @BeforeEach
    @Coroutine
    void start(VirtualTimeLoop loop) {
      await(sleep(ofSeconds(1)));
      server = createTask(CoroutineTestTest_AroundAsync.serve());
      EVENTS.add("before at " + ofMillis(loop.time() / 1_000_000));
    }

    @BeforeEach
    void plain() {
      EVENTS.add("plain");
    }

    @Coroutine
    static String serve() {
      await(sleep(ofSeconds(10)));
      return "served";
    }

    @CoroutineTest
    void test(VirtualTimeLoop loop) {
      assertEquals("served", await(server));
      EVENTS.add("test at " + ofMillis(loop.time() / 1_000_000));
    }

    @AfterEach
    @Coroutine
    void stop(VirtualTimeLoop loop) {
      await(sleep(ofSeconds(1)));
      EVENTS.add("after at " + ofMillis(loop.time() / 1_000_000));
    }
  }

  @Test
  void whatRunsBeforeAndAfterSharesLoopAndTime() {
    Around.EVENTS.clear();
    assertPasses(Around.class, "test(VirtualTimeLoop)");
    List<String> events = new ArrayList<>(Around.EVENTS);
    assertTrue(events.remove("plain"));
    assertEquals(List.of("before at PT1S", "test at PT11S", "after at PT12S"), events);
  }

  @ExtendWith(CoroutineExtension.class)
  static class Others {
    static final List<String> EVENTS = new ArrayList<>();

    @BeforeAll
    @Coroutine
    static void beforeAll(VirtualTimeLoop loop) {
      await(sleep(ofSeconds(1)));
      EVENTS.add("before all at " + loop.time());
    }

    @AfterAll
    @Coroutine
    static void afterAll(VirtualTimeLoop loop) {
      await(sleep(ofSeconds(1)));
      EVENTS.add("after all at " + loop.time());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Coroutine
    void parameterized(int seconds, VirtualTimeLoop loop) {
      await(sleep(ofSeconds(seconds)));
      assertEquals(ofSeconds(seconds).toNanos(), loop.time());
    }

    @RepeatedTest(2)
    @Coroutine
    void repeated(VirtualTimeLoop loop) {
      assertEquals(0, loop.time());
      await(sleep(ofSeconds(1)));
    }

    @TestFactory
    @Coroutine
    List<DynamicTest> made() {
      await(sleep(ofSeconds(1)));
      return List.of(DynamicTest.dynamicTest("dynamic", () -> {}));
    }

    @Test
    @Coroutine
    void plainTest() {
      await(sleep(ofSeconds(1)));
    }
  }

  @Test
  void withTheExtensionAllKindsOfTestsAreCoroutines() {
    Others.EVENTS.clear();
    assertPasses(
        Others.class,
        "[1] 1",
        "[2] 2",
        "dynamic",
        "plainTest()",
        "repetition 1 of 2",
        "repetition 2 of 2");
    assertEquals(List.of("before all at 1000000000", "after all at 2000000000"), Others.EVENTS);
  }

  /** A name for both. */
  @CoroutineTest
  @Timeout(60)
  @Retention(RetentionPolicy.RUNTIME)
  @interface MinuteTest {}

  static class Composed {
    @MinuteTest
    void isInTime() {
      await(sleep(ofSeconds(60)));
    }

    @MinuteTest
    void isLate() {
      await(sleep(ofSeconds(61)));
    }
  }

  @Test
  void annotationsOfUsersAreComposedOfIt() {
    Launched launched = Launched.of(Composed.class);
    assertEquals(List.of("isInTime()"), launched.passed());
    assertTrue(
        launched.message().startsWith("isLate(): the limit of 1m of virtual time has passed"),
        launched.message());
  }

  static class WithoutExtension {
    @RepeatedTest(1)
    @Coroutine
    void repeated() {
      await(sleep(ofSeconds(1)));
    }
  }

  @Test
  void withoutTheExtensionTheFailureNamesIt() {
    String message = Launched.of(WithoutExtension.class).message();
    assertTrue(
        message.contains(
            "(by JUnit, if it is a test: @CoroutineTest has the twin run, as does"
                + " @ExtendWith(CoroutineExtension.class) at the class)"),
        message);
  }

  static class Base<T> {
    T value;

    @CoroutineTest
    void inherited() {
      await(sleep(ofSeconds(1)));
      assertEquals("sub", toString());
    }

    @CoroutineTest
    protected void shared() {
      await(sleep(ofSeconds(1)));
    }
  }

  interface Contract {
    @CoroutineTest
    default void promised() {
      await(sleep(ofSeconds(1)));
    }
  }

  static class Sub extends Base<String> implements Contract {
    @Override
    public String toString() {
      return "sub";
    }
  }

  @Test
  void inheritedTestsRunOnTheSubclassesInstance() {
    assertPasses(Sub.class, "inherited()", "promised()", "shared()");
  }

  static class Outer {
    final List<String> events = new ArrayList<>();

    @BeforeEach
    @Coroutine
    void first() {
      await(sleep(ofSeconds(1)));
      events.add("outer");
    }

    @Nested
    class Inner {
      final Outer outer() {
        return Outer.this;
      }

      @BeforeEach
      @Coroutine
      void second() {
        await(sleep(ofSeconds(1)));
        events.add("inner");
      }

      @CoroutineTest
      void nested(VirtualTimeLoop loop) {
        await(sleep(ofSeconds(1)));
        assertEquals(List.of("outer", "inner"), events);
        assertEquals(ofSeconds(3).toNanos(), loop.time());
      }
    }
  }

  @Test
  void nestedTestsRunOnTheLoopOfWhatRunsBefore() {
    assertPasses(Outer.class, "nested(VirtualTimeLoop)");
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @ExtendWith(CoroutineExtension.class)
  static class PerClass {
    int calls;

    @BeforeAll
    @Coroutine
    void beforeAll() {
      await(sleep(ofSeconds(1)));
      calls++;
    }

    @CoroutineTest
    void first() {
      await(sleep(ofSeconds(1)));
      calls++;
    }

    @CoroutineTest
    void second() {
      await(sleep(ofSeconds(1)));
      calls++;
    }

    @AfterAll
    @Coroutine
    void afterAll() {
      await(sleep(ofSeconds(1)));
      assertEquals(3, calls);
    }
  }

  @Test
  void oneInstanceForAllTests() {
    assertPasses(PerClass.class, "first()", "second()");
  }

  @RealTime
  static class Real {
    @CoroutineTest
    void inRealTime(EventLoop loop) {
      assertInstanceOf(SelectorLoop.class, loop);
      long start = System.nanoTime();
      await(sleep(ofMillis(20)));
      assertTrue(System.nanoTime() - start >= ofMillis(20).toNanos());
    }

    @Nested
    class Inner {
      @CoroutineTest
      void asWell(EventLoop loop) {
        assertInstanceOf(SelectorLoop.class, loop);
      }
    }
  }

  @Test
  void realTimeHoldsForAClassAndThoseInIt() {
    assertPasses(Real.class, "asWell(EventLoop)", "inRealTime(EventLoop)");
  }

  static class RealAndVirtual {
    @CoroutineTest
    @RealTime
    void wantsBoth(VirtualTimeLoop loop) {}
  }

  @Test
  void noVirtualLoopInRealTime() {
    String message = Launched.of(RealAndVirtual.class).message();
    assertTrue(
        message.contains("the loop of a test in real time is no VirtualTimeLoop: write EventLoop"),
        message);
  }

  static class Slow {
    @CoroutineTest
    @Timeout(5)
    void slow() {
      await(sleep(ofSeconds(2)));
      await(sleep(ofSeconds(4)));
    }
  }

  @Test
  void timeoutCountsVirtualTime() {
    Launched launched = Launched.of(Slow.class);
    assertInstanceOf(TimeoutException.class, launched.failure());
    assertEquals(
        "slow(): the limit of 5s of virtual time has passed\n"
            + "Task[slow() pending, coroutine CoroutineTestTest.Slow.slow, waiting for coroutine"
            + " Async.sleep (suspended), callbacks=[Stopper],"
            + " created at io.fermata.junit.CoroutineRun.run(CoroutineRun.java:1)]\n"
            + "    at io.fermata.Async.sleep(Async.java)\n"
            + "    at io.fermata.junit.CoroutineTestTest$Slow.slow(CoroutineTestTest.java:1)",
        launched.message());
  }

  @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
  static class SlowInReality {
    @CoroutineTest
    void spins() {
      while (true) {
        await(sleep(Duration.ZERO));
      }
    }

    @CoroutineTest
    void isInTime() {
      await(sleep(ofMillis(200)));
    }
  }

  @Test
  void timeoutCountsRealTimeAsWell() {
    Launched launched = Launched.of(SlowInReality.class);
    assertEquals(Set.of("spins()"), launched.failures().keySet());
    assertInstanceOf(TimeoutException.class, launched.failure());
  }
}
