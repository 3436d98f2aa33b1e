package io.fermata.conformance.lang;

import static io.fermata.Async.await;
import static io.fermata.Async.gatherOutcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fermata.Generator;
import io.fermata.Outcome;
import io.fermata.ThrowingCoro;
import io.fermata.junit.CoroutineTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A type parameter that hides another one has its own meaning: what javac takes is right here. */
final class HiddenTypesTest {
  final HiddenTypes.Holder<String, List<String>> holder =
      new HiddenTypes.Holder<>("t", List.of("u"));
  final HiddenTypes.Holder<String, List<String>>.Inner<Integer> inner = holder.new Inner<>(7);

  @CoroutineTest
  void methodHidesOneOfItsClass() {
    String compared = await(HiddenTypes_HolderAsync.compared(holder, 1, 2));
    assertEquals("t-1u2[u]", compared);
  }

  @CoroutineTest
  void methodHidesOneThatHidesOneItself() {
    List<Character> list = new ArrayList<>(List.of('d'));
    assertEquals("7c[d, c]", await(HiddenTypes_Holder_InnerAsync.both(inner, 'c', list)));
  }

  @CoroutineTest
  void boundNamesTheInnermost() {
    Integer bound = await(HiddenTypes_Holder_InnerAsync.bound(inner, List.of(3)));
    assertEquals(3, bound);
  }

  @CoroutineTest
  void thrownTypeIsTheMethods() {
    ThrowingCoro<String, IOException> coroutine =
        HiddenTypes_HolderAsync.thrown(holder, new IOException("io"));
    Outcome<String> outcome = await(gatherOutcomes(coroutine)).get(0);
    assertThrows(IOException.class, outcome::get);
  }

  @Test
  void elementsOfAGeneratorAreOfTheMethodsType() {
    Generator<Long> all = HiddenTypes_HolderAsync.all(holder, 5L);
    Long first = all.next();
    assertEquals(5L, first);
    assertEquals(5L, all.next());
  }

  @CoroutineTest
  void classOfTheBodyHidesOne() {
    String given = await(HiddenTypes_HolderAsync.byClass(holder, "a"));
    assertSame(holder.t, given);
  }
}
