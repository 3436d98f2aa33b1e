package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Coro;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A suspended coroutine holds what its remaining code can use, and nothing else; compiled by Maven
 * with the processor.
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
}
