package io.fermata.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.RunOptions;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places that a recording tells are those of the user's own source, to the line. */
class TimelineLinesTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/fermata/conformance/traces/Timelines.java");

  @TempDir Path folder;

  /** The places of the page's data: {@code main:12}. */
  private List<String> places() throws IOException {
    Path page = folder.resolve("trace.html");
    Async.run(
        TimelinesAsync.main(),
        RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new).withTrace(page));
    String text = Files.readString(page);
    List<String> places = new ArrayList<>();
    Matcher place = Pattern.compile("\\[\"([^\"]*)\",\"Timelines.java\",(\\d+)]").matcher(text);
    while (place.find()) {
      places.add(place.group(1) + ":" + place.group(2));
    }
    assertTrue(text.contains("\"in a block\""));
    return places;
  }

  private static int line(String mark) throws IOException {
    List<String> lines = Files.readAllLines(SOURCE);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith("// " + mark)) {
        return i + 1;
      }
    }
    throw new AssertionError(mark);
  }

  @Test
  void waitsAndCreationsStandAtTheirLines() throws IOException {
    List<String> places = places();
    String type = Timelines.class.getName();
    assertTrue(places.contains(type + ".inner:" + line("waits in inner")), places::toString);
    assertTrue(places.contains(type + ".outer:" + line("sleeps")), places::toString);
    assertTrue(places.contains(type + ".main:" + line("main sleeps")), places::toString);
    assertTrue(places.contains(type + ".main:" + line("makes outer")), places::toString);
    assertTrue(places.contains(type + ".main:" + line("makes in group")), places::toString);
    for (String mark : List.of("makes in lambda", "makes sleep")) {
      String end = ":" + line(mark);
      assertEquals(
          1, places.stream().filter(place -> place.endsWith(end)).count(), () -> mark + places);
    }
  }
}
