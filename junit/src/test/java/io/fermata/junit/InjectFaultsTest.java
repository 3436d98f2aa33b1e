package io.fermata.junit;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.junit.Fault.CANCEL;
import static io.fermata.junit.Fault.FAIL;
import static io.fermata.junit.Fault.TIMEOUT;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.Timeout;
import io.fermata.sync.AsyncLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** Tests that run with a fault at each resume point of the code under test. */
class InjectFaultsTest {

  /** Connections that have to be given back. */
  static class Pool {
    int taken;

    @Coroutine
    void careful() {
      taken++;
      try {
        await(sleep(ofSeconds(1)));
        await(sleep(ofSeconds(2)));
      } finally {
        taken--;
      }
    }

    @Coroutine
    void careless() {
      taken++;
      await(sleep(ofSeconds(1)));
      taken--;
    }

    /** Gives back too late when something goes wrong on the way back. */
    @Coroutine
    void slowToGiveBack() {
      taken++;
      try {
        await(sleep(ofSeconds(1)));
      } catch (InjectedFailure e) {
        await(sleep(ofSeconds(3)));
        taken--;
        throw e;
      }
      taken--;
    }

    @Coroutine
    void inTime() {
      taken++;
      try (Timeout timeout = timeout(ofMinutes(1))) {
        await(sleep(ofSeconds(1)));
      }
      taken--;
    }

    @Coroutine
    void hasBranch(boolean rare) {
      await(sleep(ofSeconds(1)));
      if (rare) {
        await(sleep(ofSeconds(2)));
      }
    }
  }

  static class Careful {
    static int runs;

    final Pool pool = new Pool();

    @BeforeEach
    void count() {
      runs++;
    }

    @CoroutineTest
    @InjectFaults({CANCEL, FAIL, TIMEOUT})
    void test() {
      await(sleep(ofSeconds(1)));
      try {
        await(InjectFaultsTest_PoolAsync.careful(pool));
      } finally {
        assertEquals(0, pool.taken);
      }
    }
  }

  @Test
  void codeThatCleansUpPassesWithAFaultAtEachOfItsResumePoints() {
    Careful.runs = 0;
    Launched launched = Launched.of(Careful.class);
    assertEquals(Map.of(), launched.failures());
    assertEquals(List.of("test()"), launched.passed());
    assertEquals(List.of("6"), launched.reported("faults"));
    assertEquals(7, Careful.runs);
  }

  static class Careless {
    final Pool pool = new Pool();

    @CoroutineTest
    @InjectFaults({CANCEL, FAIL, TIMEOUT})
    void test() {
      await(InjectFaultsTest_PoolAsync.careless(pool));
    }

    @AfterEach
    void nothingIsTaken() {
      assertEquals(0, pool.taken);
    }
  }

  @Test
  void codeThatDoesNotCleanUpFails() {
    Launched launched = Launched.of(Careless.class);
    assertEquals(
        """
        fails with CANCEL at io.fermata.junit.InjectFaultsTest$Pool.careless(InjectFaultsTest.java:1): \
        expected: <0> but was: <1>
        Replay it alone with @InjectFaults(value = CANCEL, at = "InjectFaultsTest.java:1").""",
        launched.message());
    assertInstanceOf(AssertionFailedError.class, launched.failure().getCause());
  }

  /** The same pool, with a fault at one of its lines. */
  static class Elsewhere extends Careful {
    @CoroutineTest
    @InjectFaults(value = CANCEL, at = "Nowhere.java:1")
    void nowhere() {
      await(InjectFaultsTest_PoolAsync.careful(pool));
    }
  }

  @Test
  void faultsCanBeKeptToOneLine() {
    Careful.runs = 0;
    Launched launched = Launched.of(Elsewhere.class, "nowhere");
    assertEquals(List.of("0"), launched.reported("faults"));
    assertEquals(1, Careful.runs);
    String line = Launched.of(Careless.class).failure().getMessage();
    String at = line.substring(line.indexOf("at = \"") + 6, line.lastIndexOf('"'));
    assertTrue(line.contains("(" + at + ")"), line);
  }

  static class Unmakeable {
    static final class Odd extends RuntimeException {
      private static final long serialVersionUID = 1L;

      Odd(int number) {
        super("odd " + number);
      }
    }

    @CoroutineTest
    @InjectFaults(value = FAIL, failure = Odd.class)
    void test() {
      await(InjectFaultsTest_PoolAsync.careful(new Pool()));
    }
  }

  @Test
  void aFailureThatCanNotBeMadeIsToldWithWhatToWrite() {
    String message = Launched.of(Unmakeable.class).message();
    assertEquals(
        "no Odd can be made to be injected: give it a constructor that takes a message, or nothing.",
        message);
  }

  static class TwoFaults {
    final Pool pool = new Pool();

    @CoroutineTest
    @InjectFaults(FAIL)
    void test() {
      await(InjectFaultsTest_PoolAsync.slowToGiveBack(pool));
    }

    @AfterEach
    void nothingIsTaken() {
      assertEquals(0, pool.taken);
    }
  }

  @Test
  void whereAFaultLeadsToNewResumePointsTheyHaveOneToo() {
    assertEquals(
        """
        fails with FAIL at io.fermata.junit.InjectFaultsTest$Pool.slowToGiveBack(InjectFaultsTest.java:1), \
        then FAIL at io.fermata.junit.InjectFaultsTest$Pool.slowToGiveBack(InjectFaultsTest.java:1): \
        expected: <0> but was: <1>
        Replay it alone with @InjectFaults(value = FAIL, at = "InjectFaultsTest.java:1").""",
        Launched.of(TwoFaults.class).message());
  }

  static class Timed {
    final Pool pool = new Pool();

    @CoroutineTest
    @InjectFaults(TIMEOUT)
    @org.junit.jupiter.api.Timeout(30)
    void test() {
      await(InjectFaultsTest_PoolAsync.inTime(pool));
    }

    @AfterEach
    void nothingIsTaken() {
      assertEquals(0, pool.taken);
    }
  }

  @Test
  void deadlinesPass() {
    String message = Launched.of(Timed.class).message();
    assertTrue(
        message.startsWith("fails with TIMEOUT at io.fermata.junit.InjectFaultsTest$Pool.inTime("),
        message);
    assertTrue(message.contains("expected: <0> but was: <1>"), message);
  }

  /** Fails in its way. */
  static class OwnFailure {
    @Coroutine
    static void fetch() {
      await(sleep(ofSeconds(1)));
    }

    @Coroutine
    static String fallback() {
      try {
        await(InjectFaultsTest_OwnFailureAsync.fetch());
        return "fresh";
      } catch (RuntimeException e) {
        return "stale";
      }
    }

    @CoroutineTest
    @InjectFaults(value = FAIL, failure = IOException.class)
    void test() {
      assertEquals("fresh", await(InjectFaultsTest_OwnFailureAsync.fallback()));
    }

    @CoroutineTest
    @InjectFaults(value = FAIL, failure = IllegalStateException.class)
    void unchecked() {
      assertEquals("fresh", await(InjectFaultsTest_OwnFailureAsync.fallback()));
    }
  }

  @Test
  void theFailureIsOfTheClassThatIsAskedFor() {
    Map<String, Throwable> failures = Launched.of(OwnFailure.class).failures();
    assertEquals(List.of("unchecked()"), List.copyOf(failures.keySet()));
    assertTrue(
        failures.get("unchecked()").getMessage().contains("expected: <fresh> but was: <stale>"));
  }

  /** Does not look at what becomes of its task. */
  static class Loses {
    final AsyncLock lock = new AsyncLock();

    @Coroutine
    static void background() {
      await(sleep(ofSeconds(1)));
    }

    @CoroutineTest
    @InjectFaults(FAIL)
    void test() {
      Task<Void> task = createTask(InjectFaultsTest_LosesAsync.background());
      await(sleep(ofSeconds(2)));
      assertTrue(task.isDone());
    }
  }

  @Test
  void aFaultThatNobodyLooksAtIsAFinding() {
    String message = Launched.of(Loses.class).message();
    assertTrue(
        message.contains(
            "Task exception was never retrieved: io.fermata.junit.InjectedFailure: injected at"
                + " io.fermata.junit.InjectFaultsTest$Loses.background("),
        message);
  }

  static class Broken {
    @CoroutineTest
    @InjectFaults
    void test() {
      await(sleep(ofSeconds(1)));
      assertEquals(1, 2);
    }
  }

  @Test
  void aTestThatFailsByItselfIsNotDisturbed() {
    assertEquals(
        """
        fails without a fault: expected: <1> but was: <2>
        Mend that first.""",
        Launched.of(Broken.class).message());
  }

  static class Covered {
    @CoroutineTest
    @InjectFaults(value = CANCEL, coverage = 0.5)
    void test() {
      await(InjectFaultsTest_PoolAsync.hasBranch(new Pool(), false));
    }

    @CoroutineTest
    @InjectFaults(value = CANCEL)
    void withoutThreshold() {
      await(InjectFaultsTest_PoolAsync.hasBranch(new Pool(), false));
    }
  }

  @Test
  void coverageIsReportedAndMayFailTheTest() {
    Launched launched = Launched.of(Covered.class);
    assertEquals(List.of("withoutThreshold()"), launched.passed());
    String text = launched.reported("resume points").get(0);
    List<String> lines = text.lines().toList();
    assertEquals("io.fermata.junit.InjectFaultsTest$Pool: 1 of 9 had a fault", lines.get(0));
    assertEquals(9, lines.size());
    assertTrue(
        lines
            .get(8)
            .startsWith("  never waited at io.fermata.junit.InjectFaultsTest$Pool.hasBranch("),
        text);
    assertEquals(
        "only 1 of 9 resume points had a fault, where a part of 0.5 is asked for:\n" + text,
        launched.failures().get("test()").getMessage());
  }

  @Test
  void coverageIsAPageWhereAFolderIsNamed(@TempDir Path folder) throws IOException {
    Launched.of(
        Covered.class, Map.of("fermata.junit.coverage", folder.resolve("pages").toString()));
    String page =
        Files.readString(
            folder.resolve("pages").resolve(Covered.class.getName() + ".withoutThreshold.html"));
    assertTrue(page.contains("<h2>io.fermata.junit.InjectFaultsTest$Pool</h2>"), page);
    List<String> rows =
        page.lines()
            .filter(each -> each.contains("<td>hasBranch<td>"))
            .map(each -> each.replaceAll("java:\\d+", "java:1"))
            .toList();
    assertEquals(
        List.of(
            "<tr class=\"had-a-fault\"><td>InjectFaultsTest.java:1<td>hasBranch<td>had a fault",
            "<tr class=\"never-waited\"><td>InjectFaultsTest.java:1<td>hasBranch<td>never waited"),
        rows);
  }

  static class NeverWaits {
    @CoroutineTest
    @InjectFaults
    void test() {
      await(sleep(ofSeconds(1))); // the test's own
    }
  }

  @Test
  void aTestWithoutResumePointsSaysThatNoFaultWasTried() {
    Launched launched = Launched.of(NeverWaits.class);
    assertEquals(Map.of(), launched.failures());
    assertEquals(List.of("none is met by the code under test"), launched.reported("resume points"));
  }
}
