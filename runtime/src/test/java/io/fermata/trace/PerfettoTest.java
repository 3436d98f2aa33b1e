package io.fermata.trace;

import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.RunOptions;
import io.fermata.Task;
import io.fermata.Trace;
import io.fermata.testing.VirtualTimeLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace events keep the rules of Chrome's trace event format, which Perfetto reads. */
class PerfettoTest {
  @TempDir Path folder;

  private List<Map<String, Object>> events() throws Exception {
    Path file = folder.resolve("trace.json");
    Async.run(
        coroVoid(
            "main",
            () -> {
              Task<Void> one =
                  createTask(coroVoid(() -> await(sleep(Duration.ofMillis(7)))), "a\"b");
              createTask(coroVoid(() -> await(sleep(Duration.ofDays(1)))), "left");
              try (Trace.Span span = Trace.span("waiting")) {
                await(one);
                span.close();
              }
              Trace.mark("there");
            }),
        RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new).withTrace(file));
    Map<String, Object> trace = Json.object(Json.parse(Files.readString(file)));
    return Json.list(trace.get("traceEvents")).stream().map(Json::object).toList();
  }

  @Test
  void everyEventHasWhatItsPhaseAsksFor() throws Exception {
    Map<String, Integer> phases = new HashMap<>();
    Map<Object, List<String>> flows = new HashMap<>();
    for (Map<String, Object> event : events()) {
      String phase = (String) event.get("ph");
      phases.merge(phase, 1, Integer::sum);
      for (String needed : List.of("pid", "tid", "name")) {
        assertNotNull(event.get(needed), () -> needed + " of " + event);
      }
      if (!phase.equals("M")) {
        assertTrue((double) event.get("ts") >= 0, event::toString);
      }
      if (phase.equals("X")) {
        assertTrue((double) event.get("dur") >= 0, event::toString);
      }
      if (phase.equals("s") || phase.equals("f")) {
        flows.computeIfAbsent(event.get("id"), id -> new ArrayList<>()).add(phase);
      }
    }
    assertEquals(1, phases.get("i"));
    assertEquals(phases.get("b"), phases.get("e"));
    assertTrue(phases.get("X") > 8 && phases.get("C") > 3, phases::toString);
    flows.values().forEach(flow -> assertEquals(List.of("s", "f"), flow));
    assertTrue(flows.size() >= 2, "made, and woken");
  }

  @Test
  void aTrackForEachTaskShowsWhatItWaitsFor() throws Exception {
    List<Map<String, Object>> events = events();
    Map<String, Object> name =
        events.stream()
            .filter(event -> event.get("name").equals("thread_name"))
            .filter(event -> Json.object(event.get("args")).get("name").equals("a\"b"))
            .findFirst()
            .orElseThrow();
    Map<String, Object> wait =
        events.stream()
            .filter(event -> event.get("tid").equals(name.get("tid")))
            .filter(event -> event.get("name").equals("waits: Async.sleep"))
            .findFirst()
            .orElseThrow();
    assertEquals(7000.0, wait.get("dur"), "microseconds");
    assertEquals("a timer", Json.object(wait.get("args")).get("woken by"));
    assertTrue(
        String.valueOf(Json.object(wait.get("args")).get("at")).contains("PerfettoTest.java:"));
  }
}
