package io.fermata;

import io.fermata.internal.Unchecked;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of stages for which nobody waits any more: the shield has ended, or the promise
 * was cancelled and the stage can't be. A stage can't be told to forget who listens, so whoever
 * asks for it again takes over from one of them, and a stage that is polled holds no more each
 * time.
 */
final class IdleStages {
  private final Map<Key, Deque<WeakReference<Expectation<?>>>> idle = new HashMap<>();
  private final ReferenceQueue<CompletionStage<?>> collected = new ReferenceQueue<>();

  void add(CompletionStage<?> stage, Expectation<?> expectation) {
    for (Reference<?> gone; (gone = collected.poll()) != null; ) {
      idle.remove(gone);
    }
    idle.computeIfAbsent(new Key(stage, collected), key -> new ArrayDeque<>(1))
        .add(new WeakReference<>(expectation));
  }

  /** One for the stage, if it is idle still; null if there is none. */
  <T extends @Nullable Object> @Nullable Expectation<T> take(CompletionStage<T> stage) {
    Key key = new Key(stage, null);
    Deque<WeakReference<Expectation<?>>> left = idle.get(key);
    while (left != null && !left.isEmpty()) {
      Expectation<?> expectation = left.remove().get();
      if (left.isEmpty()) {
        idle.remove(key);
      }
      if (expectation != null && expectation.isIdle()) {
        return Unchecked.cast(expectation);
      }
    }
    return null;
  }

  /** A stage as itself, whatever it is equal to; it does not keep the stage alive. */
  private static final class Key extends WeakReference<CompletionStage<?>> {
    private final int hash;

    Key(CompletionStage<?> stage, @Nullable ReferenceQueue<CompletionStage<?>> collected) {
      super(stage, collected);
      this.hash = System.identityHashCode(stage);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || (other instanceof Key that && get() != null && get() == that.get());
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
