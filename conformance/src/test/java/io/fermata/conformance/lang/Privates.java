package io.fermata.conformance.lang;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Coroutines that use private members of classes which hand out a {@code Lookup}. */
final class Privates {
  static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private int count;

  private void fail() {
    throw new IllegalStateException("of a private method");
  }

  @Coroutine
  void fails() {
    await(sleep(Duration.ofMillis(1)));
    fail();
  }

  @Coroutine
  @SuppressWarnings("NullAway") // what Java does with null is the point
  static int countOf(@Nullable Privates object) {
    return object.count;
  }

  @Coroutine
  @SuppressWarnings("NullAway")
  static int addTo(@Nullable Privates object) {
    object.count += await(PrivatesAsync.never());
    return object.count;
  }

  @Coroutine
  @SuppressWarnings("DoNotCallSuggester")
  static int never() {
    throw new AssertionError("the object is looked at first");
  }

  /** Its Lookup does not reach what is private. */
  static final class Public {
    static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private final int count = new int[1].length;

    @Coroutine
    int get() {
      return count;
    }
  }

  /** Uses its Lookup before it has one. */
  static final class Early {
    static final Integer FIRST = run(Privates_EarlyAsync.get(new Early()));

    static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final int count = new int[1].length;

    @Coroutine
    int get() {
      return count;
    }
  }
}
