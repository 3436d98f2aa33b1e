package io.fermata.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.CancelledError;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.testing.VirtualTimeLoop;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The variables of coroutines that wait, as a stack that is printed with them shows them. */
class LocalsTest {
  private static final String FILE = "io.fermata.conformance.traces.Locals.";

  private static <T> List<String> stackAfter(Coro<T> coroutine, long millis) {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    Task<T> task = loop.createTask(coroutine);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    loop.callLater(
        Duration.ofMillis(millis),
        () -> {
          task.printStackWithLocals(out);
          task.cancel();
        });
    Assertions.assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    task.printStackWithLocals(out);
    loop.close();
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceAll("Task\\[.*\\]", "TASK").replaceAll("\\(\\w+.java.*\\)", ""))
        .toList();
  }

  @Test
  void showsWhatTheCoroutinesWillUseAgain() {
    assertEquals(
        List.of(
            "Stack of TASK (suspended), innermost call last:",
            "\tat " + FILE + "outer",
            "\t\tname = \"x\"",
            "\t\tcount = 7",
            "\t\ttotal = 1",
            "\tat " + FILE + "inner",
            "\t\tlabel = \"x1\"",
            "\t\tnothing = null",
            "\t\thalf = 1.0",
            "\tat " + FILE + "inner",
            "\tat " + FILE + "pause",
            "\t\tfactor = 1.0",
            "\tat io.fermata.Async.sleep",
            "No stack for TASK (done)"),
        stackAfter(LocalsAsync.outer(new Locals(), "x", 7), 1));
  }

  @Test
  void twoVariablesOfOneNameAreToldApart() {
    assertEquals(
        List.of(
            "Stack of TASK (suspended), innermost call last:",
            "\tat " + FILE + "inner",
            "\t\thalf = \"\"",
            "\tat io.fermata.Async.sleep",
            "No stack for TASK (done)"),
        stackAfter(LocalsAsync.inner("", "unused"), 1));
  }

  @Test
  void arraysAreShownByTheirElementsAndAllOnOneLine() {
    List<String> lines = stackAfter(LocalsAsync.arrays(7, 8), 1);
    assertEquals("\t\tnumbers = [7, 8]", lines.get(2));
    assertEquals("\t\tbytes = [[1, 2], []]", lines.get(3));
    assertTrue(lines.get(4).startsWith("\t\titself = [[[[[Ljava.lang.Object;@"), lines.get(4));
    assertEquals("\t\tline = '\\n'", lines.get(5));
    assertEquals("\t\tlines = \"a\\nb\"", lines.get(6));
  }
}
