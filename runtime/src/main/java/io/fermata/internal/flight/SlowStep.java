package io.fermata.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A step of a task, or a callback, that held the loop's thread. */
@Name("fermata.SlowStep")
@Label("Slow Step")
@Category("Fermata")
@Description("A step of a task, or a callback, that held the loop's thread")
@Threshold("20 ms")
@StackTrace(false)
final class SlowStep extends Event {
  @Label("Task")
  @Description("Its name; none for a callback")
  @Nullable String task;

  @Label("From")
  @Description("The line at which it went on, in the user's source; what called a callback")
  @Nullable String from;

  @Label("To")
  @Description("The line at which it waited again; none at the task's end")
  @Nullable String to;
}
