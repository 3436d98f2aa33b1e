package io.fermata;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a thread has set outside of loops. A thread may outlive the class loaders whose code ran in
 * it, and must not keep them: it holds a mere mark, for which the context stands in a weak map, and
 * each value is held by its variable.
 *
 * <pre>
 *  thread ---&gt; mark  (weak)---&gt; Context ---&gt; ThreadValues ---&gt; key
 *                                                               ^ (weak)
 *                                                      ContextVar ---&gt; value
 * </pre>
 *
 * <p>For one thread; the variables, which all threads share, have a lock.
 */
final class ThreadValues {
  private static final ThreadLocal<@Nullable Object> MARK = new ThreadLocal<>();
  private static final Map<Object, Context> CONTEXTS =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** What the variables know this by. */
  private final Object key = new Object();

  private final Set<ContextVar<?>> variables = Collections.newSetFromMap(new WeakHashMap<>());

  /** The context of this thread outside of loops. */
  static Context ofCurrentThread() {
    Object mark = MARK.get();
    if (mark == null) {
      mark = new Object();
      MARK.set(mark);
    }
    return CONTEXTS.computeIfAbsent(mark, key -> new Context(new ThreadValues()));
  }

  /** As {@link #ofCurrentThread}; null if nobody has asked for it yet. */
  static @Nullable Context ofCurrentThreadOrNull() {
    Object mark = MARK.get();
    return mark == null ? null : CONTEXTS.get(mark);
  }

  boolean isEmpty() {
    return variables.isEmpty();
  }

  @Nullable Object get(ContextVar<?> variable) {
    return variable.valueOutsideLoops(key);
  }

  boolean contains(ContextVar<?> variable) {
    return variables.contains(variable);
  }

  void put(ContextVar<?> variable, @Nullable Object value) {
    variable.setOutsideLoops(key, value);
    variables.add(variable);
  }

  void remove(ContextVar<?> variable) {
    variables.remove(variable);
    variable.removeOutsideLoops(key);
  }

  Map<ContextVar<?>, @Nullable Object> copy() {
    Map<ContextVar<?>, @Nullable Object> values = new HashMap<>();
    for (ContextVar<?> variable : variables) {
      values.put(variable, get(variable));
    }
    return values;
  }
}
