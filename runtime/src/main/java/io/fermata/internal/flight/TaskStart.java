package io.fermata.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A task was made. */
@Name("fermata.TaskStart")
@Label("Task Start")
@Category("Fermata")
@Description("A task was made")
@Enabled(false)
@StackTrace(false)
final class TaskStart extends Event {
  @Label("Number")
  @Description("Which of the loop's tasks it is")
  int number;

  @Label("Task")
  @Nullable String task;

  @Label("Coroutine")
  @Nullable String coroutine;

  @Label("Made By")
  @Description("The number of the task that made it; 0 or less for other code")
  int madeBy;
}
