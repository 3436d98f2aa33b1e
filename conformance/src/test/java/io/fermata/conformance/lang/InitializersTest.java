package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.Async;
import io.fermata.AsyncGenerator;
import io.fermata.Awaitable;
import io.fermata.Coro;
import io.fermata.Generator;
import io.fermata.RunOptions;
import io.fermata.testing.VirtualTimeLoop;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A static coroutine initialises its class as a static method does (JLS 12.4.1), and, lazy as all
 * that it does, in its first step.
 */
final class InitializersTest {

  @BeforeEach
  void forget() {
    Initializers.TRACE.clear();
  }

  @Test
  void initializerBlock_runsInTheFirstStepBeforeTheBody() {
    Coro<Void> coroutine = Initializers_BlockAsync.go();
    Initializers.note("created");
    run(coroutine);
    run(Initializers_BlockAsync.go());
    assertTrace("created", "Block", "go", "gone", "go", "gone");
  }

  @Test
  void fieldsOfTheClass_haveTheirValues() {
    Coro<Object> coroutine = Initializers_FieldAsync.go();
    assertTrace();
    assertEquals("Field", run(coroutine));
    assertTrace("Field");
  }

  @Test
  void superclassesAndInterfacesWithDefaultMethods_areInitializedFirst() {
    run(Initializers_DerivedAsync.go());
    assertTrace("Base", "WithDefault", "go");
  }

  @Test
  void interface_isInitializedAlone() {
    run(Initializers_ServiceAsync.go());
    assertTrace("Service", "go 0", "go 1");
  }

  @Test
  void enum_hasItsConstants() {
    run(Initializers_KindAsync.go());
    assertTrace("Kind", "go");
  }

  @Test
  void record_isInitialized() {
    run(Initializers_PairAsync.go(2));
    assertTrace("Pair", "go 2");
  }

  @Test
  void generators_initializeTheirClassAtTheFirstElement() {
    Generator<Integer> numbers = Initializers_NumbersAsync.plain();
    assertTrace();
    assertEquals(1, numbers.next());
    assertTrace("Numbers");
  }

  @Test
  void asyncGenerators_initializeTheirClassAtTheFirstElement() {
    AsyncGenerator<String> words = Initializers_WordsAsync.async();
    assertTrace();
    assertEquals(true, run(words.asyncIterator().moveNext()));
    assertTrace("Words");
  }

  @Test
  void initializerThatFails_failsTheAwaitAndNotTheBody() {
    run(InitializersAsync.failing());
    assertEquals("ExceptionInInitializerError: null", Initializers.TRACE.get(0));
    assertEquals(4, Initializers.TRACE.size());
    for (String each : Initializers.TRACE.subList(1, 4)) {
      assertEquals(
          "NoClassDefFoundError: Could not initialize class " + Initializers.Broken.class.getName(),
          each);
    }
  }

  @Test
  void instanceCoroutine_findsItsClassInitialized() {
    run(Initializers_InstanceAsync.go(new Initializers.Instance()));
    assertTrace("Instance", "go");
  }

  @Test
  void coroutineThatTheInitializerItselfRuns_doesNotWaitForItsEnd() {
    Coro<Object> coroutine = Initializers_CircleAsync.go();
    coroutine.close();
    assertTrace();
    assertEquals("go", Initializers.Circle.SEEN);
    assertTrace("Circle", "go", "ready");
  }

  /** Only what initialising a class does can be told: where it does nothing, nothing is asked. */
  @Test
  void classWithoutInitializers_costsNothing() {
    assertEquals(3, run(Initializers_QuietAsync.go()));
    assertEquals(0, Initializers_QuietAsync.class.getDeclaredFields().length);
  }

  private static void assertTrace(String... expected) {
    assertEquals(List.of(expected), Initializers.TRACE);
  }

  private static <T> T run(Awaitable<T> coroutine) {
    return Async.run(coroutine, RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new));
  }
}
