package io.fermata.example.tutorial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.VirtualTimeLoop;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TutorialTest {
  @Test
  void sayHello_waitsForASecondBetweenItsWords() {
    assertPrints(
        "SayHello",
        """
        hello
        world
        """,
        "1.0 s");
  }

  @Test
  void awaitedInTurn_takesAsLongAsBothTogether() {
    assertPrints(
        "AwaitedInTurn",
        """
        started at 0.0 s
        hello
        world
        finished at 3.0 s
        """,
        "3.0 s");
  }

  @Test
  void awaitedAsTasks_takesAsLongAsTheLonger() {
    assertPrints(
        "AwaitedAsTasks",
        """
        started at 0.0 s
        hello
        world
        finished at 2.0 s
        """,
        "2.0 s");
  }

  @Test
  void awaitedInGroup_endsTheBlockWhenBothAreDone() {
    assertPrints(
        "AwaitedInGroup",
        """
        started at 0.0 s
        hello
        world
        finished at 2.0 s
        """,
        "2.0 s");
  }

  @Test
  void callingRunsNothing_printsACoroutineThatWasNotStarted() {
    List<String> lines = play("CallingRunsNothing", "0.0 s").lines().toList();
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).contains("CallingRunsNothing.greet"), lines.get(0));
    assertTrue(lines.get(0).contains("created"), lines.get(0));
  }

  @Test
  void coroutineInCoroutine_passesMessagesInAndResultsOut() {
    assertPrints(
        "CoroutineInCoroutine",
        """
        relayed: Hi from a coroutine
        relayed: Hi from a task
        """,
        "2.0 s");
  }

  @Test
  void blockingTheLoop_ticksOnlyWhileTheMainCoroutineAwaits() {
    // Thread.sleep does not move the virtual clock.
    assertPrints(
        "BlockingTheLoop",
        """
        Thread.sleep:
        await(sleep):
          tick
          tick
          tick
        """,
        "0.5 s");
  }

  @Test
  void gatherResults_completesTheShorterFirstAndKeepsTheOrderOfTheArguments() {
    assertPrints(
        "GatherResults",
        """
        started 1
        started 2
        completed 2
        completed 1
        [result 1, result 2]
        """,
        "2.0 s");
  }

  @Test
  void backgroundTask_runsWhileTheMainCoroutineWaits() {
    assertPrints(
        "BackgroundTask",
        """
        main: goes on
        background: started
        main: needs the result now
        background: done
        main: the sum is 42
        """,
        "2.0 s");
  }

  @Test
  void tasksNeverAwaited_runBeforeRunReturns() {
    assertPrints(
        "TasksNeverAwaited",
        """
        main ends
        a+b=5
        a+b=7
        """,
        "0.0 s");
  }

  @Test
  void runInsideLoop_failsAndSaysWhatToDo() {
    List<String> lines = play("RunInsideLoop", "0.0 s").lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).startsWith("error: "), lines.get(0));
    assertTrue(lines.get(0).contains("await"), lines.get(0));
    assertEquals("hello", lines.get(1));
  }

  @Test
  void waysToStart_showsWhenEachStarts() {
    assertPrints(
        "WaysToStart",
        """
        await: it starts now, I wait, the result comes back
          a starts
          result of a
        createTask: it starts when I next wait, a task comes back
          I go on
          b starts
          result of b
        gather: all start, I wait for all of them, a list comes back
          c starts
          d starts
          [result of c, result of d]
        """,
        "3.0 s");
  }

  @Test
  void failingChild_cancelsItsSiblingAndThrowsAGroup() {
    assertPrints(
        "FailingChild",
        """
        sibling: cancelled
        group: [java.lang.IllegalArgumentException: no such page]
        """,
        "1.0 s");
  }

  @Test
  void functionBesideCoroutine_runsTheFunctionAndGivesAnObjectForTheCoroutine() {
    List<String> lines = play("FunctionBesideCoroutine", "0.0 s").lines().toList();
    assertEquals(3, lines.size());
    assertEquals("function: 25", lines.get(0));
    assertTrue(lines.get(1).contains("FunctionBesideCoroutine.squareLater"), lines.get(1));
    assertEquals("awaited: 25", lines.get(2));
  }

  @Test
  void aNameThatIsNotThere_isAnErrorThatListsTheNames() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Tutorial.named("Nothing"));
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains("'Nothing'"), message);
    assertTrue(message.contains("SayHello, AwaitedInTurn"), message);
  }

  private static void assertPrints(String name, String output, String time) {
    assertEquals(output, play(name, time));
  }

  /** What the program prints between its title and its time, which is asserted. */
  private static String play(String name, String time) {
    Tutorial.Program program = Tutorial.named(name);
    String printed = printed(() -> Tutorial.play(program, new VirtualTimeLoop()));
    String before = "--- " + name + ": " + program.title() + "\n";
    String after = "--- took " + time + "\n\n";
    assertTrue(printed.startsWith(before), printed);
    assertTrue(printed.endsWith(after), printed);
    return printed.substring(before.length(), printed.length() - after.length());
  }

  private static String printed(Runnable action) {
    PrintStream standard = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(standard);
    }
    return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
