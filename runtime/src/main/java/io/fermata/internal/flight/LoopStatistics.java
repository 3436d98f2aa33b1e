package io.fermata.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** What a loop did since the last of these: about each second while it has something to do. */
@Name("fermata.LoopStatistics")
@Label("Loop Statistics")
@Category("Fermata")
@Description("What a loop did for about a second, or while it slept for longer")
@StackTrace(false)
final class LoopStatistics extends Event {
  @Label("Greatest Lag")
  @Description("How late the latest of its timers ran")
  @Timespan
  long greatestLag;

  @Label("Asleep")
  @Description("How long it had nothing to do")
  @Timespan
  long asleep;

  @Label("Passes")
  long passes;

  @Label("Longest Ready Queue")
  @Description("The most tasks and callbacks that a pass has found ready")
  int longestReadyQueue;
}
