package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.Coro;
import io.fermata.RunOptions;
import io.fermata.conformance.world.Folders;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A block that its scope ends early never gives null or 0: compiled by Maven with the processor.
 */
final class SwallowingTest {

  @Test
  void blockWhoseEndIsUnreachable_failsAndNamesTheBlockAndItsLine() throws IOException {
    assertFailsAt("endIsUnreachable", SwallowingAsync.endIsUnreachable());
  }

  @Test
  void localThatOnlyTheBlockAssigns_failsAndNamesTheBlockAndItsLine() throws IOException {
    assertFailsAt("assignedOnlyInside", SwallowingAsync.assignedOnlyInside());
  }

  @Test
  void localThatWasAssignedBefore_keepsItsValue() {
    assertEquals(7, run(SwallowingAsync.assignedBeforeToo()));
  }

  @Test
  void blockWhoseEndIsReachable_endsNormally() {
    assertEquals(
        List.of("behind 0", "inside 1", "behind 1"), run(SwallowingAsync.endIsReachable()));
  }

  private static void assertFailsAt(String method, Coro<?> coroutine) throws IOException {
    List<String> source =
        Files.readAllLines(
            Folders.sources().resolve("io/fermata/conformance/lang/Swallowing.java"));
    int line = 1;
    while (!source.get(line - 1).contains(method)) {
      line++;
    }
    while (!source.get(line - 1).contains("try (")) {
      line++;
    }
    String message = assertThrows(IllegalStateException.class, () -> run(coroutine)).toString();
    assertTrue(message.contains("TaskGroup group = TaskGroup.open()"), message);
    assertTrue(message.contains("at line " + line + " "), message);
  }

  private static <T> T run(Awaitable<T> coroutine) {
    return Async.run(coroutine, RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new));
  }
}
