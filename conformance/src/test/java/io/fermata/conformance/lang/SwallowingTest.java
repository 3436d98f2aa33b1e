package io.fermata.conformance.lang;

import static io.fermata.Async.await;
import static io.fermata.Async.gatherOutcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Outcome;
import io.fermata.conformance.world.Folders;
import io.fermata.junit.CoroutineTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * A block that its scope ends early never gives null or 0: compiled by Maven with the processor.
 */
final class SwallowingTest {

  @CoroutineTest
  void blockWhoseEndIsUnreachable_failsAndNamesTheBlockAndItsLine() throws IOException {
    await(SwallowingTestAsync.failsAt("endIsUnreachable", SwallowingAsync.endIsUnreachable()));
  }

  @CoroutineTest
  void localThatOnlyTheBlockAssigns_failsAndNamesTheBlockAndItsLine() throws IOException {
    await(SwallowingTestAsync.failsAt("assignedOnlyInside", SwallowingAsync.assignedOnlyInside()));
  }

  @CoroutineTest
  void localThatWasAssignedBefore_keepsItsValue() {
    assertEquals(7, await(SwallowingAsync.assignedBeforeToo()));
  }

  @CoroutineTest
  void blockWhoseEndIsReachable_endsNormally() {
    assertEquals(
        List.of("behind 0", "inside 1", "behind 1"), await(SwallowingAsync.endIsReachable()));
  }

  @Coroutine
  static void failsAt(String method, Coro<?> coroutine) throws IOException {
    Outcome<?> outcome = await(gatherOutcomes(List.of(coroutine))).get(0);
    String message = assertThrows(IllegalStateException.class, outcome::get).toString();
    assertTrue(message.contains("TaskGroup group = TaskGroup.open()"), message);
    assertTrue(message.contains("at line " + lineOfBlock(method) + " "), message);
  }

  static int lineOfBlock(String method) throws IOException {
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
    return line;
  }
}
