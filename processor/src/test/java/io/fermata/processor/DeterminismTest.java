package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same sources give the same bytes: generated sources and classes. */
class DeterminismTest {

  private static final Path GOLDENS = Path.of("src", "test", "resources", "goldens");

  /** Coroutines of three classes that call each other. */
  private static final Map<String, String> RING =
      Map.of(
          "goldens/Ring1.java", ring(1, 2),
          "goldens/Ring2.java", ring(2, 3),
          "goldens/Ring3.java", ring(3, 1));

  @TempDir Path folder;

  private static String ring(int number, int next) {
    return """
        package goldens;
        import static io.fermata.Async.await;
        class Ring%1$d {
          @io.fermata.Coroutine
          static <T extends Comparable<T>> T go(T value, int times) {
            T mine = times == 0 ? value : await(Ring%2$dAsync.go(value, times - 1));
            return mine.compareTo(value) > 0 ? mine : value;
          }
        }
        """
        .formatted(number, next);
  }

  @Test
  void two_compiles_give_the_same_bytes() throws IOException {
    assertSame(
        compile("one", Comparator.naturalOrder()), compile("other", Comparator.naturalOrder()));
  }

  @Test
  void the_order_of_the_sources_makes_no_difference() throws IOException {
    assertSame(
        compile("one", Comparator.naturalOrder()), compile("other", Comparator.reverseOrder()));
  }

  private static void assertSame(Map<String, byte[]> one, Map<String, byte[]> other) {
    assertEquals(List.copyOf(one.keySet()), List.copyOf(other.keySet()));
    one.forEach((name, bytes) -> assertArrayEquals(bytes, other.get(name), name));
  }

  private Map<String, byte[]> compile(String name, Comparator<Path> order) throws IOException {
    Path place = folder.resolve(name);
    Javac javac = new Javac(place).withRuntime().inOrder(order).options("-g");
    RING.forEach(javac::source);
    for (Path golden : Javac.filesIn(GOLDENS, ".java")) {
      if (!golden.toString().endsWith("Async.java")) {
        javac.source("goldens/" + golden.getFileName(), Files.readString(golden));
      }
    }
    Javac.Result result = javac.processors(new CoroutineProcessor()).compile();
    assertTrue(result.ok(), () -> result.messages().toString());
    Map<String, byte[]> written = new TreeMap<>();
    for (Path file : Javac.filesIn(place.resolve("classes"), "")) {
      if (Files.isRegularFile(file)) {
        written.put(place.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    assertTrue(written.containsKey(Path.of("classes/goldens/Ring1Async.java").toString()));
    return written;
  }
}
