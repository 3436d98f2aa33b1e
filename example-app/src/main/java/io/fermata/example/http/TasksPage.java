package io.fermata.example.http;

import static io.fermata.Async.allTasks;
import static io.fermata.Async.captureCallGraph;

import io.fermata.CallGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tasks of the running loop as a page that loads itself anew each second. */
final class TasksPage {
  private static final int MAX_TASKS = 1_000;

  private static final String TOP =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Tasks</title></head>
      <body>
      """;

  /** By name; of several tasks of one name, one. */
  private final Map<String, CallGraph> left = new TreeMap<>();

  /** The names of those that a task waits for. */
  private final Map<String, List<String>> awaited = new LinkedHashMap<>();

  private final StringBuilder html = new StringBuilder(TOP);

  private TasksPage() {}

  static String html() {
    TasksPage page = new TasksPage();
    allTasks().stream().limit(MAX_TASKS).forEach(task -> page.add(captureCallGraph(task)));
    return page.text(allTasks().size());
  }

  private void add(CallGraph graph) {
    left.put(graph.name(), graph);
    for (CallGraph awaiter : graph.awaitedBy()) {
      awaited.computeIfAbsent(awaiter.name(), name -> new ArrayList<>()).add(graph.name());
    }
  }

  private String text(int count) {
    html.append("<h1>").append(count).append(" tasks</h1>\n");
    List<CallGraph> roots =
        left.values().stream().filter(graph -> graph.awaitedBy().isEmpty()).toList();
    appendTree(roots);
    appendTree(List.copyOf(left.values())); // those that wait for each other in a circle
    return html.append("</body>\n</html>\n").toString();
  }

  /** Each task above those that it waits for. */
  private void appendTree(List<CallGraph> graphs) {
    if (graphs.isEmpty()) {
      return;
    }
    html.append("<ul>\n");
    for (CallGraph graph : graphs) {
      if (left.remove(graph.name()) != null) {
        appendTask(graph);
        appendTree(
            awaited.getOrDefault(graph.name(), List.of()).stream()
                .filter(left::containsKey)
                .map(left::get)
                .toList());
        html.append("</li>\n");
      }
    }
    html.append("</ul>\n");
  }

  private void appendTask(CallGraph graph) {
    html.append("<li><b>").append(escape(graph.name())).append("</b>");
    String waitsFor = graph.waitsFor();
    if (waitsFor != null) {
      html.append(" waits for ").append(escape(waitsFor));
    }
    if (!graph.stack().isEmpty()) {
      String place = graph.stack().get(0).toString();
      html.append(" <code>at ").append(escape(place)).append("</code>");
    }
    html.append('\n');
  }

  /** Names of tasks may be what a client has sent. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
