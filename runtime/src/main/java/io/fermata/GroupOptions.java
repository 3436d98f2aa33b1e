package io.fermata;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a group treats its tasks: {@code
 * TaskGroup.open(GroupOptions.named("crawler").withLimit(10))}.
 *
 * @param name what the group is called in texts and reports, or null
 * @param limit how many of its tasks run at a time; the others wait for their turn, in the order in
 *     which they were created; {@link Integer#MAX_VALUE} for no limit
 * @param isolatesFailures whether a task that fails concerns no other: its failure is reported to
 *     the loop's exception handler, and the group goes on
 */
public record GroupOptions(@Nullable String name, int limit, boolean isolatesFailures) {

  /** No name, no limit, and a failure ends the group. */
  public static final GroupOptions DEFAULT = new GroupOptions(null, Integer.MAX_VALUE, false);

  /**
   * How a group treats its tasks.
   *
   * @param name what the group is called in texts and reports, or null
   * @param limit how many of its tasks run at a time, 1 or more
   * @param isolatesFailures whether a task that fails concerns no other
   * @throws IllegalArgumentException if the limit is less than 1
   */
  public GroupOptions {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "a group whose limit is " + limit + " runs no task at all: give it 1 or more.");
    }
  }

  /**
   * With a name, and else the default.
   *
   * @param name the name
   * @return the options
   */
  public static GroupOptions named(String name) {
    return DEFAULT.withName(name);
  }

  /**
   * {@return the same with this name}
   *
   * @param newName the name
   */
  public GroupOptions withName(String newName) {
    return new GroupOptions(Objects.requireNonNull(newName, "name"), limit, isolatesFailures);
  }

  /**
   * {@return the same with this limit}
   *
   * @param newLimit how many tasks run at a time
   * @throws IllegalArgumentException if it is less than 1
   */
  public GroupOptions withLimit(int newLimit) {
    return new GroupOptions(name, newLimit, isolatesFailures);
  }

  /** {@return the same, a failure of a task being reported and concerning no other} */
  public GroupOptions withIsolatedFailures() {
    return new GroupOptions(name, limit, true);
  }
}
