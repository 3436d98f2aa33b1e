package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fermata.Async;
import io.fermata.Coro;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stack traces tell the user's lines, also behind code that is generated elsewhere. */
class LinesTest {

  private static void check(Coro<?> coroutine, String method) throws IOException {
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> Async.run(coroutine));
    List<Integer> lines =
        Arrays.stream(thrown.getStackTrace())
            .filter(frame -> frame.getClassName().equals(Lines.class.getName()))
            .filter(frame -> frame.getMethodName().equals(method))
            .map(StackTraceElement::getLineNumber)
            .toList();
    assertEquals(lineOf(method), lines.get(0));
  }

  private static int lineOf(String mark) throws IOException {
    String path = "src/test/java/" + Lines.class.getName().replace('.', '/') + ".java";
    List<String> lines = Files.readAllLines(Path.of(path));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith("// " + mark)) {
        return i + 1;
      }
    }
    throw new AssertionError(mark);
  }

  @Test
  void behind_an_await_of_several_lines() throws IOException {
    check(LinesAsync.behindAwait(), "behindAwait");
  }

  @Test
  void behind_a_coroutine_lambda() throws IOException {
    check(LinesAsync.behindCoroutineLambda(), "behindCoroutineLambda");
  }

  @Test
  void in_a_coroutine_lambda() throws IOException {
    check(LinesAsync.inCoroutineLambda(), "inCoroutineLambda");
  }

  @Test
  void behind_a_class_that_moves() throws IOException {
    check(LinesAsync.behindClassThatMoves(), "behindClassThatMoves");
  }
}
