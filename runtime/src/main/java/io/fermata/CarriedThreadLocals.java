package io.fermata;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The thread-locals that go along with the contexts of a loop; a context keeps their values. */
final class CarriedThreadLocals {
  private final List<Carried<?>> all = new ArrayList<>();

  CarriedThreadLocals(List<ThreadLocalAccessor<?>> accessors) {
    accessors.forEach(accessor -> all.add(carried(accessor)));
  }

  /** Keeps what this thread sees in a context. */
  void capture(Context context) {
    all.forEach(each -> each.capture(context));
  }

  /** Runs code that sees a context's values, which keeps what the code sets. */
  void run(Context context, Runnable code) {
    List<@Nullable Object> before = enter(context);
    try {
      code.run();
    } finally {
      leave(context, before);
    }
  }

  /** As {@link #run}, for code that gives a value. */
  <T extends @Nullable Object> T call(Context context, Callable<T> code) throws Exception {
    List<@Nullable Object> before = enter(context);
    try {
      return code.call();
    } finally {
      leave(context, before);
    }
  }

  /** Shows a context's values to this thread; gives what it saw before. */
  private List<@Nullable Object> enter(Context context) {
    List<@Nullable Object> before = new ArrayList<>(all.size());
    for (Carried<?> each : all) {
      before.add(each.accessor.get());
      each.show(context);
    }
    return before;
  }

  /** Keeps the values in the context, and shows to this thread what it saw before. */
  private void leave(Context context, List<@Nullable Object> before) {
    capture(context);
    for (int i = 0; i < before.size(); i++) {
      restore(all.get(i), before.get(i));
    }
  }

  private static <V extends @Nullable Object> Carried<V> carried(ThreadLocalAccessor<V> accessor) {
    return new Carried<>(accessor, ContextVar.named("carried thread-local"));
  }

  private static <V extends @Nullable Object> void restore(
      Carried<V> carried, @Nullable Object value) {
    carried.accessor.set(Unchecked.cast(value));
  }

  private record Carried<V extends @Nullable Object>(
      ThreadLocalAccessor<V> accessor, ContextVar<V> variable) {

    void capture(Context context) {
      V seen = accessor.get();
      if (!context.contains(variable) || context.get(variable) != seen) {
        context.put(variable, seen);
      }
    }

    void show(Context context) {
      if (context.contains(variable)) {
        accessor.set(Unchecked.cast(context.get(variable)));
      }
    }
  }
}
