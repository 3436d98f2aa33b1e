package io.fermata.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A task has ended. */
@Name("fermata.TaskEnd")
@Label("Task End")
@Category("Fermata")
@Description("A task has ended")
@Enabled(false)
@StackTrace(false)
final class TaskEnd extends Event {
  @Label("Number")
  @Description("Which of the loop's tasks it is")
  int number;

  @Label("Task")
  @Nullable String task;

  @Label("Outcome")
  @Description("succeeded, cancelled or failed")
  @Nullable String outcome;

  @Label("Failure")
  @Description("The class of the exception that it has failed with")
  @Nullable String failure;
}
