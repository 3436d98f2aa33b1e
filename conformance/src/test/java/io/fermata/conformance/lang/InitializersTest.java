package io.fermata.conformance.lang;

import static io.fermata.Async.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.AsyncGenerator;
import io.fermata.Coro;
import io.fermata.Generator;
import io.fermata.junit.CoroutineTest;
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

  @CoroutineTest
  void initializerBlock_runsInTheFirstStepBeforeTheBody() {
    Coro<Void> coroutine = Initializers_BlockAsync.go();
    Initializers.note("created");
    await(coroutine);
    await(Initializers_BlockAsync.go());
    assertTrace("created", "Block", "go", "gone", "go", "gone");
  }

  @CoroutineTest
  void fieldsOfTheClass_haveTheirValues() {
    Coro<Object> coroutine = Initializers_FieldAsync.go();
    assertTrace();
    assertEquals("Field", await(coroutine));
    assertTrace("Field");
  }

  @CoroutineTest
  void superclassesAndInterfacesWithDefaultMethods_areInitializedFirst() {
    await(Initializers_DerivedAsync.go());
    assertTrace("Base", "WithDefault", "go");
  }

  @CoroutineTest
  void interface_isInitializedAlone() {
    await(Initializers_ServiceAsync.go());
    assertTrace("Service", "go 0", "go 1");
  }

  @CoroutineTest
  void enum_hasItsConstants() {
    await(Initializers_KindAsync.go());
    assertTrace("Kind", "go");
  }

  @CoroutineTest
  void record_isInitialized() {
    await(Initializers_PairAsync.go(2));
    assertTrace("Pair", "go 2");
  }

  @Test
  void generators_initializeTheirClassAtTheFirstElement() {
    Generator<Integer> numbers = Initializers_NumbersAsync.plain();
    assertTrace();
    assertEquals(1, numbers.next());
    assertTrace("Numbers");
  }

  @CoroutineTest
  void asyncGenerators_initializeTheirClassAtTheFirstElement() {
    AsyncGenerator<String> words = Initializers_WordsAsync.async();
    assertTrace();
    assertEquals(true, await(words.asyncIterator().moveNext()));
    assertTrace("Words");
  }

  @CoroutineTest
  void initializerThatFails_failsTheAwaitAndNotTheBody() {
    await(InitializersAsync.failing());
    assertEquals("ExceptionInInitializerError: null", Initializers.TRACE.get(0));
    assertEquals(4, Initializers.TRACE.size());
    for (String each : Initializers.TRACE.subList(1, 4)) {
      assertEquals(
          "NoClassDefFoundError: Could not initialize class " + Initializers.Broken.class.getName(),
          each);
    }
  }

  @CoroutineTest
  void instanceCoroutine_findsItsClassInitialized() {
    await(Initializers_InstanceAsync.go(new Initializers.Instance()));
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
  @CoroutineTest
  void classWithoutInitializers_costsNothing() {
    assertEquals(3, await(Initializers_QuietAsync.go()));
    assertEquals(0, Initializers_QuietAsync.class.getDeclaredFields().length);
  }

  static void assertTrace(String... expected) {
    assertEquals(List.of(expected), Initializers.TRACE);
  }
}
