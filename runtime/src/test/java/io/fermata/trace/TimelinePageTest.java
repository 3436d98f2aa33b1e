package io.fermata.trace;

import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fermata.Async;
import io.fermata.RunOptions;
import io.fermata.Trace;
import io.fermata.testing.VirtualTimeLoop;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a trace, opened in a headless browser: skipped where there is none. */
@Timeout(300)
class TimelinePageTest {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  @TempDir Path folder;

  private static Path browser() {
    List<Path> found =
        Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1))
            .flatMap(folder -> BROWSERS.stream().map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .toList();
    assumeTrue(
        !found.isEmpty(),
        "no browser was tried: none of " + BROWSERS + " is on the PATH, and none is installed");
    return found.get(0);
  }

  /** The page as it is once its scripts have run. */
  private String open(Path file, String fragment) throws Exception {
    Process process =
        new ProcessBuilder(
                browser().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1400,900",
                "--virtual-time-budget=3000",
                "--dump-dom",
                file.toUri() + fragment)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    CompletableFuture<?> limit =
        CompletableFuture.runAsync(
            process::destroyForcibly, CompletableFuture.delayedExecutor(120, TimeUnit.SECONDS));
    String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(limit.cancel(false), "the browser hangs");
    String withoutSources = dom.replaceAll("(?s)<script.*?</script>", "");
    assertEquals("shown", attribute(withoutSources, "state"), withoutSources);
    return withoutSources;
  }

  private static String attribute(String dom, String name) {
    Matcher found = Pattern.compile("<body[^>]* data-" + name + "=\"([^\"]*)\"").matcher(dom);
    return found.find() ? found.group(1) : null;
  }

  private Path record(int tasks, int sleeps) {
    Path file = folder.resolve("shop.html");
    Async.run(
        coroVoid(
            "main",
            () -> {
              createTask(
                  coroVoid(
                      () -> {
                        throw new ArithmeticException("<b>bread</b>");
                      }),
                  "<img src=x onerror=boom()>");
              for (int i = 0; i < tasks; i++) {
                createTask(coroVoid("buy", () -> buy(sleeps)), "order " + i);
              }
              await(sleep(Duration.ofSeconds(40)));
              Trace.mark("closing time");
            }),
        RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new).withTrace(file));
    return file;
  }

  private static void buy(int sleeps) {
    for (int i = 0; i < sleeps; i++) {
      await(sleep(Duration.ofMillis(6000 / sleeps)));
    }
    await(createTask(sleep(Duration.ofSeconds(1)), "pays"));
  }

  @Test
  void thePageNamesTheLongestAndTheLinesThatWereWaitedOnMost() throws Exception {
    TracePage page = TracePage.of(record(5, 3));
    String dom = open(folder.resolve("shop.html"), "");
    assertEquals("" + page.tasks.size(), attribute(dom, "tasks"));
    assertEquals("" + page.times.size(), attribute(dom, "events"));
    assertEquals("Task-1 " + page.cycles("Task-1").get(1).place(), attribute(dom, "longest-wait"));
    assertTrue(dom.contains("<strong>40 s</strong> wait of Task-1 for Async.sleep"), dom);
    assertTrue(dom.contains("12 tasks in 40 s of virtual time"), dom);
    String line = page.cycles("order 0").get(1).place();
    String row = "<code>" + line + "</code><div class=\"quiet\">Async.sleep</div>";
    assertTrue(dom.contains(row), dom);
    assertTrue(
        dom.replaceAll("(?s).*" + Pattern.quote(row), "").contains("<td>15</td><td>30 s</td>"));
    assertTrue(dom.contains("closing time"));
    assertTrue(Integer.parseInt(attribute(dom, "drawn")) > 20, "nothing is drawn");
  }

  @Test
  void namesAreTextAndNeverMarkup() throws Exception {
    record(1, 3);
    String dom = open(folder.resolve("shop.html"), "#task=2");
    assertFalse(dom.contains("<img"), dom);
    assertTrue(dom.contains("<h3>&lt;img src=x onerror=boom()&gt;</h3>"), dom);
    assertTrue(dom.contains("java.lang.ArithmeticException: &lt;b&gt;bread&lt;/b&gt;"), dom);
  }

  @Test
  void searchFindsTasksByNameLineAndMark() throws Exception {
    record(5, 3);
    Path file = folder.resolve("shop.html");
    assertTrue(open(file, "#find=order%203").contains(">1 of 1</output>"));
    assertTrue(open(file, "#find=closing").contains("<h3>Task-1</h3>"));
    assertTrue(open(file, "#find=async.sleep").contains(">1 of 11</output>"));
    assertTrue(open(file, "#find=nothing%20such").contains(">none</output>"));
  }

  @Test
  void keysAndTheWheelMoveWhatIsSeen() throws Exception {
    Path file = record(5, 3);
    String tried =
        """
        <script>
        const press = (key) => document.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
        const steps = [];
        const note = (name) => steps.push(name + ' ' + JSON.stringify(
          [Math.round(view.from / 1e9), Math.round(view.span / 1e9), chosenTask()?.name ?? null, rows.length]));
        note('start');
        press('ArrowDown'); note('down');
        press('n'); note('step');
        press('Enter'); note('close');
        press('Enter'); note('open');
        press('+'); note('in');
        press('f'); note('fit');
        canvas.dispatchEvent(new WheelEvent('wheel', {deltaY: -600, clientX: 800, clientY: 400, cancelable: true}));
        note('wheel');
        press('f');
        press('o'); note(view.axis === 'order' ? 'order' : 'time');
        press('o');
        press('Escape'); note('end');
        document.body.dataset.steps = steps.join('; ');
        </script>
        </body>
        """;
    Files.writeString(file, Files.readString(file).replace("</body>", tried));
    String steps = attribute(open(file, ""), "steps").replace("&quot;", "\"");
    assertEquals(
        "start [0,41,null,12]; down [0,41,\"Task-1\",12]; step [0,41,\"Task-1\",12];"
            + " close [0,41,\"Task-1\",1]; open [0,41,\"Task-1\",12]; in [6,29,\"Task-1\",12];"
            + " fit [0,41,\"Task-1\",12]",
        steps.substring(0, steps.indexOf("; wheel")));
    assertTrue(steps.matches(".*wheel \\[(1[0-9]|2[0-9]),11,.*"), steps);
    assertTrue(steps.contains("order [0,0,"), steps);
    assertTrue(steps.endsWith("end [0,41,null,12]"), steps);
  }

  @Test
  void aHundredThousandEventsAreShown() throws Exception {
    TracePage page = TracePage.of(record(300, 80));
    assertEquals(100_000, page.times.size());
    String dom = open(folder.resolve("shop.html"), "#find=order%20299");
    assertEquals("100000", attribute(dom, "events"));
    assertTrue(dom.contains("<h3>order 299</h3>"));
  }
}
