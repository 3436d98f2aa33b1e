package io.fermata.conformance.outside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.conformance.project.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The published jar, started as users do, on a program with coroutines and without options. */
@Timeout(120)
class OutsideToolsTest {
  private static final Pattern MARK = Pattern.compile("@(\\w+)@");

  @TempDir Path folder;

  /** What a tool shows of the program, and checks that the program itself prints nothing. */
  private String show(String program, String tool, String... options)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", ""),
                Shop.class.getName(),
                program)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      assertEquals("ready", output.readLine());
      List<String> arguments =
          new ArrayList<>(List.of("-jar", System.getProperty("fermata.runtime.jar", ""), tool));
      arguments.add(Long.toString(process.pid()));
      arguments.addAll(List.of(options));
      String shown = Command.java(folder, arguments.toArray(String[]::new));
      process.getOutputStream().close();
      assertEquals(null, output.readLine(), "the program is not disturbed");
      assertEquals(0, process.waitFor());
      return shown.replace("\r\n", "\n");
    } finally {
      process.destroyForcibly();
    }
  }

  /** With {@code @mark@} for the frame at the line with this mark. */
  private static String withLines(String text) throws IOException {
    Path source = Path.of("src/test/java/" + Shop.class.getName().replace('.', '/') + ".java");
    List<String> lines = Files.readAllLines(source);
    return MARK.matcher(text)
        .replaceAll(
            found -> {
              String mark = found.group(1);
              for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).endsWith("// " + mark)) {
                  String frame = Shop.class.getName() + "." + mark + "(Shop.java:" + (i + 1) + ")";
                  return Matcher.quoteReplacement(frame);
                }
              }
              throw new AssertionError("no line is marked " + mark);
            });
  }

  @Test
  void pstree_showsTasksInTheUsersLinesAndMarksThoseThatWaitForEachOther() throws Exception {
    assertEquals(
        withLines(
            """
            loop 1: SelectorLoop[running] in thread main
              Task-1 (1, suspended) waits for Async.toThread
                  at io.fermata.Async.toThread(Async.java)
                  at @untilTheEnd@
                  at @tree@
              shop (2, suspended)
                  at @shop@
                tea (5, suspended) waits for Async.sleep
                    at io.fermata.Async.sleep(Async.java)
                    at @stock@
                    at @page@
                milk (6, suspended) waits for Async.sleep
                    at io.fermata.Async.sleep(Async.java)
                    at @stock@
                    at @page@
              sell (3, suspended) waits for AsyncLock[locked, waiters=1] [cycle]
                  at io.fermata.sync.AsyncLock.acquire(AsyncLock.java)
                  at @sell@
              refill (4, suspended) waits for AsyncLock[locked, waiters=1] [cycle]
                  at io.fermata.sync.AsyncLock.acquire(AsyncLock.java)
                  at @refill@
              tasks that wait for each other: sell -> refill -> sell
            """),
        show("tree", "pstree"));
  }

  @Test
  void ps_showsALineForEachTask() throws Exception {
    List<String> lines = show("tree", "ps").lines().toList();
    assertEquals(8, lines.size(), lines::toString);
    assertEquals(
        withLines(
            "1 main 5 tea suspended Async.sleep shop"
                + " io.fermata.Async.sleep(Async.java) < @stock@ < @page@"),
        lines.get(5).replaceAll(" +", " "));
    assertEquals(
        withLines("1 main 2 shop suspended tasks tea, milk @shop@"),
        lines.get(2).replaceAll(" +", " "));
  }

  @Test
  void top_showsTheTaskAndTheLineThatTakeTheTime() throws Exception {
    String page = show("busy", "top", "--count", "1");
    Matcher busy = Pattern.compile("in thread main, ([0-9.]+) % busy\n").matcher(page);
    assertTrue(busy.find() && Double.parseDouble(busy.group(1)) > 95, page);
    assertTrue(share(page, "count (2)") > 90, page);
    assertTrue(share(page, withLines("@addUp@")) > 80, page);
  }

  private static double share(String page, String what) {
    Matcher share = Pattern.compile(" *([0-9.]+) %  " + Pattern.quote(what) + "\n").matcher(page);
    assertTrue(share.find(), () -> page + "has no " + what);
    return Double.parseDouble(share.group(1));
  }
}
