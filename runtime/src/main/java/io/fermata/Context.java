package io.fermata;

import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.ValueText;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values of all {@linkplain ContextVar context variables} for one line of work. Every task has
 * one, a copy of its creator's unless {@link TaskOptions#withContext} gives another; callbacks run
 * in a copy too. Copying is cheap: the values are shared until one is set.
 *
 * <pre>{@code
 * Context context = Context.copyOfCurrent();
 * context.run(() -> USER.set("ann"));          // seen in this context only
 * }</pre>
 *
 * <p><b>Thread.</b> A context is used by one thread at a time. Outside a loop each thread has one.
 *
 * <p>asyncio: {@code contextvars.Context}.
 */
public final class Context {
  private static final Map<ContextVar<?>, @Nullable Object> NO_VALUES = Map.of();

  /** The context that a thread without a loop has entered with {@link #run}. */
  private static final ThreadLocal<@Nullable Context> ENTERED = new ThreadLocal<>();

  /** Never changed in place: copies share it. */
  private Map<ContextVar<?>, @Nullable Object> values;

  /** In the values' place, for the context of a thread outside of loops. */
  private final @Nullable ThreadValues threadValues;

  /** An empty context. */
  public Context() {
    this(NO_VALUES);
  }

  private Context(Map<ContextVar<?>, @Nullable Object> values) {
    this.values = values;
    this.threadValues = null;
  }

  Context(ThreadValues threadValues) {
    this.values = NO_VALUES;
    this.threadValues = threadValues;
  }

  /** {@return the context that the calling code runs in} */
  public static Context current() {
    EventLoop loop = EventLoop.runningOrNull();
    if (loop != null) {
      return loop.code.context();
    }
    Context entered = ENTERED.get();
    return entered != null ? entered : ThreadValues.ofCurrentThread();
  }

  /** {@return a copy of the context that the calling code runs in} */
  public static Context copyOfCurrent() {
    Context inherited = inherited();
    return inherited == null ? new Context() : inherited;
  }

  /** A copy for something new to run in; null, which stands for an empty one, if nothing is set. */
  static @Nullable Context inherited() {
    EventLoop loop = EventLoop.runningOrNull();
    if (loop != null && loop.threadLocals != null) {
      loop.threadLocals.capture(loop.code.context());
    }
    Context own = loop != null ? loop.code.contextOrNull() : ofThreadOrNull();
    return own == null || own.isEmpty() ? null : own.copy();
  }

  private static @Nullable Context ofThreadOrNull() {
    Context entered = ENTERED.get();
    return entered != null ? entered : ThreadValues.ofCurrentThreadOrNull();
  }

  private boolean isEmpty() {
    return threadValues == null ? values == NO_VALUES : threadValues.isEmpty();
  }

  /** {@return a context of its own with the same values} */
  public Context copy() {
    return new Context(threadValues == null ? values : threadValues.copy());
  }

  /**
   * {@return the value that a variable was given in this context, or null}
   *
   * @param <T> type of the value
   * @param variable the variable
   */
  public <T extends @Nullable Object> @Nullable T get(ContextVar<T> variable) {
    return Unchecked.cast(threadValues == null ? values.get(variable) : threadValues.get(variable));
  }

  /**
   * {@return whether the variable was given a value in this context}
   *
   * @param variable the variable
   */
  public boolean contains(ContextVar<?> variable) {
    return threadValues == null ? values.containsKey(variable) : threadValues.contains(variable);
  }

  /**
   * Runs code in this context: what it sets stays here.
   *
   * @param code what is run
   */
  public void run(Runnable code) {
    get(
        () -> {
          code.run();
          return null;
        });
  }

  /**
   * Runs code in this context and gives its value.
   *
   * @param <T> type of the value
   * @param code what is run
   * @return what the code gives
   * @throws Exception whatever the code throws
   */
  public <T extends @Nullable Object> T call(Callable<T> code) throws Exception {
    EventLoop loop = EventLoop.runningOrNull();
    CarriedThreadLocals threadLocals = loop == null ? null : loop.threadLocals;
    Context before = enter(this);
    try {
      return threadLocals == null ? code.call() : threadLocals.call(this, code);
    } finally {
      leave(before);
    }
  }

  /**
   * Runs code in this context and gives its value.
   *
   * @param <T> type of the value
   * @param code what is run
   * @return what the code gives
   */
  public <T extends @Nullable Object> T get(Supplier<T> code) {
    try {
      return call(code::get);
    } catch (Exception e) {
      throw Unchecked.<RuntimeException>sneak(e);
    }
  }

  private static @Nullable Context enter(Context context) {
    Objects.requireNonNull(context);
    EventLoop loop = EventLoop.runningOrNull();
    if (loop != null) {
      Context before = loop.code.enteredContext;
      loop.code.enteredContext = context;
      return before;
    }
    Context before = ENTERED.get();
    ENTERED.set(context);
    return before;
  }

  private static void leave(@Nullable Context before) {
    EventLoop loop = EventLoop.runningOrNull();
    if (loop != null) {
      loop.code.enteredContext = before;
    } else if (before == null) {
      ENTERED.remove();
    } else {
      ENTERED.set(before);
    }
  }

  void put(ContextVar<?> variable, @Nullable Object value) {
    if (threadValues != null) {
      threadValues.put(variable, value);
      return;
    }
    Map<ContextVar<?>, @Nullable Object> changed = new HashMap<>(values);
    changed.put(variable, value);
    values = changed;
  }

  void remove(ContextVar<?> variable) {
    if (threadValues != null) {
      threadValues.remove(variable);
      return;
    }
    Map<ContextVar<?>, @Nullable Object> changed = new HashMap<>(values);
    changed.remove(variable);
    values = changed.isEmpty() ? NO_VALUES : changed;
  }

  @Override
  public String toString() {
    return "Context" + ValueText.of(copy().values);
  }
}
