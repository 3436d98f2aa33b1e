package io.fermata;

import io.fermata.internal.Suppression;
import io.fermata.internal.Unchecked;
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

  /**
   * Runs an entry of the ready queue, which sees a context's values and may set them. Where an
   * accessor fails, that entry alone fails; where one fails behind it, that is reported.
   */
  void runStep(EventLoop loop, Object entry, Context context, Runnable step) {
    List<@Nullable Object> before;
    try {
      before = enter(context);
    } catch (Throwable t) {
      if (entry instanceof Task<?> task) {
        task.failNextStep(t);
        step.run();
      } else {
        ((Ready) entry).fail(loop, t);
      }
      return;
    }
    try {
      step.run();
    } finally {
      Throwable failure = leave(context, before);
      if (failure != null) {
        Task<?> task = entry instanceof Task<?> own ? own : null;
        loop.reports.callbackFailed(failure, "a thread-local could not be put back", task, null);
      }
    }
  }

  /** Runs code that sees a context's values, which keeps what the code sets. */
  <T extends @Nullable Object> T call(Context context, Callable<T> code) throws Exception {
    List<@Nullable Object> before = enter(context);
    T value;
    try {
      value = code.call();
    } catch (Throwable t) {
      Throwable failure = leave(context, before);
      if (failure != null) {
        Suppression.add(t, failure);
      }
      throw t;
    }
    Throwable failure = leave(context, before);
    if (failure != null) {
      throw Unchecked.<RuntimeException>sneak(failure);
    }
    return value;
  }

  /** Shows a context's values to this thread, all of them or none; gives what it saw before. */
  private List<@Nullable Object> enter(Context context) {
    List<@Nullable Object> before = new ArrayList<>(all.size());
    try {
      for (Carried<?> each : all) {
        before.add(each.accessor.get());
        each.show(context);
      }
    } catch (Throwable t) {
      restoreAll(before, t);
      throw t;
    }
    return before;
  }

  /**
   * Keeps the values in the context, and shows to this thread what it saw before: each of them,
   * whatever the others do. Gives the first failure, with the others suppressed.
   */
  private @Nullable Throwable leave(Context context, List<@Nullable Object> before) {
    Throwable failure = null;
    for (Carried<?> each : all) {
      try {
        each.capture(context);
      } catch (Throwable t) {
        failure = with(failure, t);
      }
    }
    return restoreAll(before, failure);
  }

  private @Nullable Throwable restoreAll(
      List<@Nullable Object> before, @Nullable Throwable earlier) {
    Throwable failure = earlier;
    for (int i = 0; i < before.size(); i++) {
      try {
        restore(all.get(i), before.get(i));
      } catch (Throwable t) {
        failure = with(failure, t);
      }
    }
    return failure;
  }

  private static Throwable with(@Nullable Throwable first, Throwable next) {
    if (first == null) {
      return next;
    }
    Suppression.add(first, next);
    return first;
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
