package io.fermata.internal.waiting;

import io.fermata.Task;
import org.jspecify.annotations.Nullable;

/** What a task waits for, if another one holds it. */
public interface Held {

  /** The task that holds it; null if none does. */
  @Nullable Task<?> holder();
}
