package io.fermata.conformance.world;

import static io.fermata.Async.await;

import io.fermata.Coro;
import io.fermata.Coroutine;
import org.jspecify.annotations.Nullable;

/** Tells how a case ended, before the loop makes something of it. */
final class Guard {
  private Guard() {}

  /** What a case returned or threw. */
  record Ended(@Nullable Object result, @Nullable Throwable thrown) {}

  @Coroutine
  static Ended ended(Coro<?> body) {
    try {
      return new Ended(await(body), null);
    } catch (Throwable thrown) {
      return new Ended(null, thrown);
    }
  }
}
