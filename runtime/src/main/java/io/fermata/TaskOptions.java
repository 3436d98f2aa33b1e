package io.fermata;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a task is made: {@code createTask(coro, TaskOptions.named("reader").eager())}.
 *
 * @param name its name, or null for {@code Task-<n>}
 * @param context the context it runs in, itself and not a copy, or null for a copy of the creator's
 * @param eagerStart whether its first step runs inside {@code createTask}; null leaves it to the
 *     loop's task factory, which by default starts it in the next pass
 */
public record TaskOptions(
    @Nullable String name, @Nullable Context context, @Nullable Boolean eagerStart) {

  /** No name, a copy of the creator's context, started as the loop's task factory does. */
  public static final TaskOptions DEFAULT = new TaskOptions(null, null, null);

  /**
   * With a name, and else the default.
   *
   * @param name the name
   * @return the options
   */
  public static TaskOptions named(String name) {
    return DEFAULT.withName(name);
  }

  /**
   * {@return the same with this name}
   *
   * @param newName the name
   */
  public TaskOptions withName(String newName) {
    return new TaskOptions(Objects.requireNonNull(newName, "name"), context, eagerStart);
  }

  /**
   * {@return the same with this context, which is used itself and not copied}
   *
   * @param newContext the context
   */
  public TaskOptions withContext(Context newContext) {
    return new TaskOptions(name, Objects.requireNonNull(newContext, "context"), eagerStart);
  }

  /** {@return the same, its first step run inside {@code createTask}} */
  public TaskOptions eager() {
    return new TaskOptions(name, context, true);
  }

  /** {@return the same, its first step run by the loop in the next pass} */
  public TaskOptions lazy() {
    return new TaskOptions(name, context, false);
  }
}
