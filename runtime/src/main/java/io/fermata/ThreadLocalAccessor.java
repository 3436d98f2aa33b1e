package io.fermata;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to read and to set a thread-local that is to follow tasks: the MDC of a logger, a security
 * context, a locale. All tasks of a loop share its thread, so that without help one task sees what
 * another has set.
 *
 * <pre>{@code
 * ThreadLocalAccessor<Map<String, String>> mdc =
 *     new ThreadLocalAccessor<>() {
 *       public Map<String, String> get() { return MDC.getCopyOfContextMap(); }
 *       public void set(Map<String, String> value) { MDC.setContextMap(value); }
 *     };
 * run(ServerAsync.main(), RunOptions.DEFAULT.withThreadLocal(mdc));
 * }</pre>
 *
 * <p>With it, every {@link Context} of the loop has a value of its own: a task starts with what its
 * creator sees, callbacks run with what was seen where they were registered, {@link
 * Async#toThread(java.util.concurrent.Callable)} takes the values along, and what a task sets is
 * still there when it goes on after an await. The first task starts with the values of the thread
 * that runs the loop, which has its own back after each step.
 *
 * <p><b>Thread.</b> Both methods are called on the loop's thread, and on those of {@code toThread};
 * what they throw fails the task or callback that was to run, and goes to the loop's exception
 * handler if it has run already. <b>Null</b> is a value like others.
 *
 * @param <V> what the thread-local holds
 */
public interface ThreadLocalAccessor<V extends @Nullable Object> {

  /** {@return what this thread sees} */
  V get();

  /**
   * Changes what this thread sees.
   *
   * @param value what it is to see
   */
  void set(V value);

  /**
   * {@return what reads and sets an ordinary thread-local}
   *
   * @param local the thread-local
   * @param <V> what it holds
   */
  static <V extends @Nullable Object> ThreadLocalAccessor<V> of(ThreadLocal<V> local) {
    Objects.requireNonNull(local, "local");
    return new ThreadLocalAccessor<>() {
      @Override
      public V get() {
        return local.get();
      }

      @Override
      public void set(V value) {
        local.set(value);
      }
    };
  }
}
