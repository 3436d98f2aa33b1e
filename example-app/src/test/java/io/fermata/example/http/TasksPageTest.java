package io.fermata.example.http;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of the live tasks, as text and in a browser. */
@Timeout(90)
class TasksPageTest {
  private static final String HOST = " HTTP/1.1\r\nHost: here\r\n\r\n";
  private static final String CHROMIUM = "chromium";

  @Test
  void thePage_showsWhatEachTaskWaitsFor() throws IOException {
    try (RunningServer server = RunningServer.demo(HttpLimits.DEFAULT.withGrace(ofMillis(100)));
        RawClient idle = new RawClient(server);
        RawClient report = new RawClient(server)) {
      idle.send("GET /hello/a" + HOST);
      idle.readResponse();
      report.send("GET /report/30000" + HOST);
      String page = page(server, "news of /report/30000");
      assertTrue(page.contains("waits for clients of the server at 127.0.0.1:"), page);
      assertTrue(page.contains("</b> waits for data from 127.0.0.1:"), page);
      String inside =
          page.substring(page.indexOf("GET /report/30000</b>"), page.indexOf("news of "));
      assertEquals(1, inside.split("<ul>", -1).length - 1, "tasks stand below who awaits them");
      assertEquals(0, inside.split("</ul>", -1).length - 1, inside);
    }
  }

  @Test
  void whatAClientSends_isTextOnThePage() throws IOException {
    try (RunningServer server = RunningServer.demo(HttpLimits.DEFAULT.withGrace(ofMillis(100)));
        RawClient client = new RawClient(server)) {
      client.send("GET /slow/30000?<script>alert(\"'&'\")</script>" + HOST);
      String page = page(server, "GET /slow/30000?&lt;script&gt;");
      assertFalse(page.contains("<script>"), page);
      assertTrue(page.contains("alert(&quot;&#39;&amp;&#39;&quot;)"), page);
    }
  }

  /** The page, as soon as it shows this. */
  private static String page(RunningServer server, String shown) throws IOException {
    while (true) {
      try (RawClient client = new RawClient(server)) {
        client.send("GET /tasks" + HOST);
        String page = client.readResponse();
        if (page.contains(shown)) {
          return page;
        }
      }
    }
  }

  @Test
  void aBrowser_showsTheLiveTasks(@TempDir Path profile) throws Exception {
    assumeTrue(isOnPath(CHROMIUM), "there is no '" + CHROMIUM + "' on the PATH");
    try (RunningServer server = RunningServer.demo(HttpLimits.DEFAULT.withGrace(ofMillis(100)));
        RawClient report = new RawClient(server)) {
      report.send("GET /report/50000" + HOST);
      page(server, "news of /report/50000");
      Path dom = profile.resolve("dom.html");
      Process browser =
          new ProcessBuilder(
                  CHROMIUM,
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--user-data-dir=" + profile,
                  "--dump-dom",
                  server.uri("/tasks").toString())
              .redirectOutput(dom.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        assertTrue(browser.waitFor(60, TimeUnit.SECONDS), "the browser does not end");
      } finally {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly().waitFor();
      }
      String shown = Files.readString(dom);
      for (String text :
          List.of("<title>Tasks</title>", "GET /report/50000</b>", "<b>Task news of ")) {
        assertTrue(shown.contains(text), shown);
      }
      assertTrue(shown.contains(": GET /tasks</b>"), "its own task too: " + shown);
    }
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv("PATH");
    return path != null
        && Arrays.stream(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
