package io.fermata.internal.outside;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code top} prints each time: what takes the time of each loop. */
final class TopPage {
  private static final int MOST = 10;

  private TopPage() {}

  static List<String> of(long pid, List<Fields> loops) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "JVM "
            + pid
            + " at "
            + LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
    for (Fields loop : loops) {
      lines.add("");
      lines.add(LoopView.title(loop) + ", " + percent(loop, "busy").strip() + " busy");
      add(lines, "task", loop.objects("tasks"), "name");
      add(lines, "line", loop.objects("lines"), "line");
    }
    if (loops.isEmpty()) {
      lines.add("no loop runs");
    }
    lines.add("");
    return lines;
  }

  private static void add(List<String> lines, String title, List<Fields> parts, String name) {
    if (parts.isEmpty()) {
      return;
    }
    lines.add("   TIME  " + title.toUpperCase(Locale.ROOT));
    for (Fields part : parts.subList(0, Math.min(MOST, parts.size()))) {
      String number = part.has("task") ? " (" + part.number("task") + ")" : "";
      lines.add(percent(part, "share") + "  " + Plain.text(part.text(name)) + number);
    }
    if (parts.size() > MOST) {
      lines.add("         and " + (parts.size() - MOST) + " more");
    }
  }

  private static String percent(Fields part, String share) {
    return String.format(Locale.ROOT, "%5.1f %%", 100 * part.share(share));
  }
}
