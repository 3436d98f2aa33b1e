package io.fermata.conformance.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The oracle can be trusted: it agrees with itself, and sees what a wrong translation does. */
final class WorldsTest {
  private static final String BODY =
      """
      package cases;
      import static io.fermata.Async.*;
      import io.fermata.Coroutine;
      import io.fermata.conformance.env.*;
      public final class Body {
        @Coroutine
        static int body(Env env) {
          int[] a = {1, 2};
          int i = 0;
          try (Scope s = env.scope("s")) {
            a[i++] += env.i("right", 5) + await(env.value("x", 3));
          } finally {
            env.trace("finally", i);
          }
          return a[0];
        }
      }
      """;

  private static BlockingWorld world;

  @BeforeAll
  static void createWorld() {
    world = BlockingWorld.create();
  }

  @Test
  void twoBlockingRunsOfTheSameBodyAgree() {
    assertTrue(Difference.find(compiled(BODY), compiled(BODY), "cases.Body", "body").isEmpty());
  }

  @Test
  void awaitMovedBeforeItsLeftOperand_isSeen() {
    String wrong =
        BODY.replace(
            "a[i++] += env.i(\"right\", 5) + await(env.value(\"x\", 3));",
            "int t = await(env.value(\"x\", 3)); a[i++] += env.i(\"right\", 5) + t;");
    assertDiffers(wrong);
  }

  @Test
  void indexEvaluatedTwice_isSeen() {
    assertDiffers(BODY.replace("a[i++] +=", "a[i++] = a[i++] +"));
  }

  @Test
  void finallySkippedOnCancellation_isSeen() {
    String wrong =
        BODY.replace(
            "} finally {",
            "} catch (RuntimeException e) { env.trace(\"finally\", i); throw e; }\n{");
    Difference difference =
        Difference.find(compiled(BODY), compiled(wrong), "cases.Body", "body").orElseThrow();
    assertTrue(difference.scenario().name().startsWith("CANCELLED"), difference.toString());
  }

  @Test
  void scopeNotLeft_isSeen() {
    assertDiffers(
        BODY.replace(
            "try (Scope s = env.scope(\"s\")) {",
            "try { Scope s = env.scope(\"s\"); await(s.enter());"));
  }

  @Test
  void wrongExceptionMessage_isSeen() {
    assertDiffers(BODY.replace("env.value(\"x\", 3)", "env.value(\"y\", 3)"));
  }

  @Test
  void scopeIsEnteredAndLeftWithWhatWasThrown() {
    Difference difference =
        Difference.find(
                compiled(BODY),
                compiled(BODY.replace("\"right\"", "\"other\"")),
                "cases.Body",
                "body")
            .orElseThrow();
    assertEquals(
        List.of(
            "make s",
            "enter s",
            "?enter s",
            "right",
            "?x",
            "exit s=null",
            "?left s",
            "finally=Integer:1"),
        difference.expected().trace());
  }

  @Test
  void sourceThatDoesNotCompile_isReportedAndDoesNotHideTheOthers() {
    SourceText good = new SourceText("cases.Body", BODY);
    SourceText bad = new SourceText("cases.Bad", "package cases; class Bad { int x = \"\"; }");
    Batch batch = Batch.of(world, List.of(bad, good), 17);
    assertFalse(batch.compilation("cases.Bad").succeeded());
    assertTrue(batch.compilation("cases.Body").succeeded());
  }

  private static void assertDiffers(String wrong) {
    Batch tested = compiled(wrong);
    assertTrue(
        tested.compilation("cases.Body").succeeded(),
        () -> tested.compilation("cases.Body").errors().toString());
    assertTrue(Difference.find(compiled(BODY), tested, "cases.Body", "body").isPresent());
  }

  private static Batch compiled(String text) {
    return Batch.of(world, List.of(new SourceText("cases.Body", text)), 17);
  }
}
