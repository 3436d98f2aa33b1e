package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.AsyncGenerator;
import io.fermata.Coro;
import io.fermata.Generator;
import io.fermata.Promise;
import io.fermata.ReturnWhen;
import io.fermata.Task;
import io.fermata.conformance.lang.Probe.Pauses;
import io.fermata.testing.VirtualTimeLoop;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A suspended coroutine holds what its remaining code can use, and nothing else, and one that has
 * ended holds nothing; compiled by Maven with the processor.
 */
final class RetentionTest {

  record Held(String name, Function<Probe, Coro<?>> coroutine) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Held> coroutines() {
    return Stream.of(
        new Held("localAfterItsLastUse", RetentionAsync::localAfterItsLastUse),
        new Held("localNeverUsed", RetentionAsync::localNeverUsed),
        new Held("parameters", RetentionAsync::parameters),
        new Held("operands", RetentionAsync::operands),
        new Held("valueOfAnAwait", RetentionAsync::valueOfAnAwait),
        new Held("loop", RetentionAsync::loop),
        new Held("carriedFromRoundToRound", RetentionAsync::carriedFromRoundToRound),
        new Held("iterated", RetentionAsync::iterated),
        new Held("overwritten", RetentionAsync::overwritten),
        new Held("overwrittenParameter", RetentionAsync::overwrittenParameter),
        new Held("overwrittenInLoop", RetentionAsync::overwrittenInLoop),
        new Held("overwrittenInCondition", RetentionAsync::overwrittenInCondition),
        new Held("overwrittenInTry", RetentionAsync::overwrittenInTry),
        new Held("caught", RetentionAsync::caught),
        new Held("pendingInFinally", RetentionAsync::pendingInFinally),
        new Held("pendingResult", RetentionAsync::pendingResult),
        new Held("resource", RetentionAsync::resource),
        new Held("lambdas", RetentionAsync::lambdas),
        new Held("asyncLambda", RetentionAsync::asyncLambda),
        new Held("branches", RetentionAsync::branches),
        new Held("pattern", RetentionAsync::pattern),
        new Held("switched", RetentionAsync::switched),
        new Held("stringConcatenation", RetentionAsync::stringConcatenation),
        new Held("generated", RetentionAsync::generated));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("coroutines")
  void suspendedCoroutineHoldsOnlyWhatItStillNeeds(Held held) {
    Probe probe = new Probe();
    Async.run(held.coroutine().apply(probe));
    assertTrue(probe.pauses() > 0);
    assertEquals(List.of(), probe.faults());
  }

  /** Each coroutine in each way of ending: failing and cancelled at each of its resume points. */
  static Stream<Arguments> endings() {
    return coroutines()
        .flatMap(
            held -> {
              Probe probe = new Probe();
              Async.run(held.coroutine().apply(probe));
              Stream<Arguments> whole =
                  Stream.of(Pauses.LATER, Pauses.AT_ONCE)
                      .map(pauses -> Arguments.of(held, pauses, 0));
              Stream<Arguments> cut =
                  IntStream.rangeClosed(1, probe.pauses())
                      .boxed()
                      .flatMap(
                          at ->
                              Stream.of(Pauses.LAST_FAILS, Pauses.LAST_IS_CANCELLED)
                                  .map(pauses -> Arguments.of(held, pauses, at)));
              return Stream.concat(whole, cut);
            });
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("endings")
  void endedCoroutineHoldsNothing(Held held, Pauses pauses, int last) {
    Probe probe = new Probe(pauses, last);
    VirtualTimeLoop loop = new VirtualTimeLoop();
    loop.setExceptionHandler((l, failure) -> {}); // nobody asks what the task ended with
    Coro<?> coroutine = held.coroutine().apply(probe);
    Task<?> task = loop.createTask(coroutine);
    loop.runUntilComplete(Async.waitUntil(List.of(task), ReturnWhen.ALL_COMPLETED));
    assertEquals(pauses == Pauses.LAST_FAILS, !task.isCancelled() && task.exception() != null);
    assertEquals(pauses == Pauses.LAST_IS_CANCELLED, task.isCancelled());
    boolean hasResult = held.name().equals("pendingResult") && last == 0;
    Set<String> result = hasResult ? Set.of("result") : Set.of();
    assertEquals(result, probe.heldBy(result, task, coroutine));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("coroutines")
  void awaitedCoroutineHoldsNothingWhenItHasEnded(Held held) {
    Probe probe = new Probe();
    Async.run(RetentionAsync.kept(probe, held.coroutine().apply(probe)));
    assertEquals(List.of(), probe.faults());
  }

  @Test
  void closedCoroutineHoldsNothing() {
    Probe probe = new Probe();
    Coro<Void> coroutine = RetentionAsync.callee(probe, probe.make("a"), probe.make("b"));
    coroutine.close();
    assertEquals(Set.of(), probe.heldBy(Set.of(), coroutine));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void endedGeneratorHoldsNothing(int elements) {
    Probe probe = new Probe();
    Generator<Object> generator = RetentionAsync.plainlyGenerated(probe, probe.make("parameter"));
    for (int i = 0; i < elements && generator.hasNext(); i++) {
      generator.next();
    }
    generator.close();
    assertEquals(Set.of(), probe.heldBy(Set.of(), generator));
  }

  @Test
  void generatorThatIsClosedWithAnElementToTakeHoldsNothing() {
    Probe probe = new Probe();
    Generator<Object> generator = RetentionAsync.plainlyGenerated(probe, probe.make("parameter"));
    assertTrue(generator.hasNext());
    generator.close();
    assertEquals(Set.of(), probe.heldBy(Set.of(), generator));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void endedAsyncGeneratorHoldsNothing(int elements) {
    Probe probe = new Probe();
    AsyncGenerator<Object> generator =
        RetentionAsync.asynchronouslyGenerated(probe, probe.make("parameter"));
    Async.run(RetentionAsync.ending(generator, elements));
    assertEquals(Set.of(), probe.heldBy(Set.of(), generator));
  }

  @Test
  void loopOverAsCompletedThatIsLeftEarlyLeavesNothingBehind() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    Promise<String> slow = loop.createPromise();
    loop.runUntilComplete(RetentionAsync.firstCompleted(slow));
    assertEquals("Promise[pending]", slow.toString());
  }
}
