package io.fermata.internal.reports;

import io.fermata.CallGraph;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Prints a call graph, so much of it as somebody would read. */
public final class CallGraphText {
  private static final int MAX_LINES = 1_000;
  private static final int MAX_FRAMES = 50;
  private static final int MAX_INDENTATION = 40;

  private final StringBuilder text = new StringBuilder();
  private final Deque<Branch> left = new ArrayDeque<>();
  private int lines;
  private int tasksLeftOut;

  public String of(CallGraph root) {
    left.push(new Branch(root, 0));
    while (!left.isEmpty()) {
      Branch branch = left.pop();
      if (lines < MAX_LINES) {
        print(branch);
      } else {
        tasksLeftOut++;
      }
      List<CallGraph> awaiters = branch.graph.awaitedBy();
      for (int i = awaiters.size() - 1; i >= 0; i--) {
        left.push(new Branch(awaiters.get(i), branch.depth + 1));
      }
    }
    if (tasksLeftOut > 0) {
      text.append("... and ").append(tasksLeftOut).append(" more tasks\n");
    }
    return text.toString();
  }

  private void print(Branch branch) {
    CallGraph graph = branch.graph;
    String indent = "    ".repeat(Math.min(branch.depth, MAX_INDENTATION));
    line(indent, "* ", graph.name());
    String waitsFor = graph.waitsFor();
    if (waitsFor != null) {
      line(indent, "  + Waits for ", waitsFor);
    }
    List<StackTraceElement> stack = graph.stack();
    if (!stack.isEmpty()) {
      line(indent, "  + Call stack:", "");
      for (StackTraceElement frame : stack.subList(0, Math.min(stack.size(), MAX_FRAMES))) {
        line(indent, "  |   at ", frame.toString());
      }
      if (stack.size() > MAX_FRAMES) {
        line(indent, "  |   ... " + (stack.size() - MAX_FRAMES), " more");
      }
    }
    if (!graph.awaitedBy().isEmpty()) {
      line(indent, "  + Awaited by:", "");
    }
  }

  private void line(String indent, String start, String end) {
    text.append(indent).append(start).append(end).append('\n');
    lines++;
  }

  private record Branch(CallGraph graph, int depth) {}
}
