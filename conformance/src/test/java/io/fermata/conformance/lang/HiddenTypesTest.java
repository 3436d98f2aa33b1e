package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.Generator;
import io.fermata.RunOptions;
import io.fermata.ThrowingCoro;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A type parameter that hides another one has its own meaning: what javac takes is right here. */
final class HiddenTypesTest {
  private final HiddenTypes.Holder<String, List<String>> holder =
      new HiddenTypes.Holder<>("t", List.of("u"));
  private final HiddenTypes.Holder<String, List<String>>.Inner<Integer> inner =
      holder.new Inner<>(7);

  @Test
  void methodHidesOneOfItsClass() {
    String compared = run(HiddenTypes_HolderAsync.compared(holder, 1, 2));
    assertEquals("t-1u2[u]", compared);
  }

  @Test
  void methodHidesOneThatHidesOneItself() {
    List<Character> list = new ArrayList<>(List.of('d'));
    assertEquals("7c[d, c]", run(HiddenTypes_Holder_InnerAsync.both(inner, 'c', list)));
  }

  @Test
  void boundNamesTheInnermost() {
    Integer bound = run(HiddenTypes_Holder_InnerAsync.bound(inner, List.of(3)));
    assertEquals(3, bound);
  }

  @Test
  void thrownTypeIsTheMethods() {
    ThrowingCoro<String, IOException> coroutine =
        HiddenTypes_HolderAsync.thrown(holder, new IOException("io"));
    assertThrows(IOException.class, () -> run(coroutine));
  }

  @Test
  void elementsOfAGeneratorAreOfTheMethodsType() {
    Generator<Long> all = HiddenTypes_HolderAsync.all(holder, 5L);
    Long first = all.next();
    assertEquals(5L, first);
    assertEquals(5L, all.next());
  }

  @Test
  void classOfTheBodyHidesOne() {
    String given = run(HiddenTypes_HolderAsync.byClass(holder, "a"));
    assertSame(holder.t, given);
  }

  private static <T> T run(Awaitable<T> coroutine) {
    return Async.run(coroutine, RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new));
  }
}
