package io.fermata.conformance.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Coro;
import io.fermata.ExceptionGroup;
import io.fermata.RunOptions;
import io.fermata.codegen.LineTable;
import io.fermata.conformance.faults.Injection.Injected;
import io.fermata.conformance.faults.Injection.Kind;
import io.fermata.conformance.faults.Inspection.Findings;
import io.fermata.conformance.world.Folders;
import io.fermata.queue.QueueShutDown;
import io.fermata.sync.BrokenAsyncBarrierException;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes wrong at whatever resume point: the program ends, with what went wrong, and leaves
 * no task running, no lock held, no permit taken and no item lost.
 *
 * <p>Each program runs once undisturbed, and then once for each time that one of its tasks went on
 * at a resume point and each kind of fault. Resume points that only a fault leads to, in a {@code
 * catch} or {@code finally}, get a second fault. The line tables of the generated classes tell
 * which resume points there are; none is left out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultInjectionTest {

  /** A program. */
  record Program(String name, Function<Ledger, Coro<?>> coroutine) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Set<StackTraceElement> CARELESS = resumePoints(CarelessAsync.class);

  private final Set<StackTraceElement> points = resumePoints(ProgramsAsync.class);
  private final Map<Kind, Set<StackTraceElement>> hit = new EnumMap<>(Kind.class);
  private int runs;

  static Stream<Program> programs() {
    return Stream.of(
        new Program("group", ProgramsAsync::group),
        new Program("nestedGroups", ProgramsAsync::nestedGroups),
        new Program("failingChild", ProgramsAsync::failingChild),
        new Program("groupEndedEarly", ProgramsAsync::groupEndedEarly),
        new Program("gathered", ProgramsAsync::gathered),
        new Program("gatheredOutcomes", ProgramsAsync::gatheredOutcomes),
        new Program("timedOut", ProgramsAsync::timedOut),
        new Program("nestedTimeouts", ProgramsAsync::nestedTimeouts),
        new Program("waitedFor", ProgramsAsync::waitedFor),
        new Program("shielded", ProgramsAsync::shielded),
        new Program("firstOfThree", ProgramsAsync::firstOfThree),
        new Program("oneByOne", ProgramsAsync::oneByOne),
        new Program("lock", ProgramsAsync::lock),
        new Program("lockWithTimeout", ProgramsAsync::lockWithTimeout),
        new Program("semaphore", ProgramsAsync::semaphore),
        new Program("condition", ProgramsAsync::condition),
        new Program("event", ProgramsAsync::event),
        new Program("barrier", ProgramsAsync::barrier),
        new Program("queue", ProgramsAsync::queue),
        new Program("generator", ProgramsAsync::generator),
        new Program("cleanup", ProgramsAsync::cleanup));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void programEndsAndLeavesNothingBehindWhateverGoesWrong(Program program) {
    for (Kind kind : Kind.values()) {
      Run undisturbed = run(program, kind, Set.of());
      assertEquals(List.of(), undisturbed.faults());
      assertTrue(undisturbed.passed().size() > 2, "it goes on at resume points");
      Deque<Set<Integer>> plans = new ArrayDeque<>();
      Set<StackTraceElement> disturbed = new LinkedHashSet<>();
      for (int i = 0; i < undisturbed.passed().size(); i++) {
        plans.add(Set.of(i));
        disturbed.addAll(undisturbed.passed().get(i));
      }
      while (!plans.isEmpty()) {
        Set<Integer> plan = plans.remove();
        Run run = run(program, kind, plan);
        assertEquals(List.of(), run.faults(), () -> program + ", " + run.describe(kind, plan));
        for (int i = Collections.max(plan) + 1; i < run.passed().size(); i++) {
          if (disturbed.addAll(run.passed().get(i))) {
            Set<Integer> longer = new TreeSet<>(plan);
            longer.add(i);
            plans.add(longer);
          }
        }
      }
      hit.computeIfAbsent(kind, each -> new LinkedHashSet<>()).addAll(disturbed);
    }
  }

  @AfterAll
  void everyResumePointOfTheLineTablesWasDisturbed() throws IOException {
    Set<StackTraceElement> cancelled = new LinkedHashSet<>(hit.get(Kind.CANCEL));
    cancelled.addAll(hit.get(Kind.CANCEL_WAITING));
    assertEquals(waitsNever(), missedBy(cancelled));
    System.out.println(runs + " runs with faults at " + points.size() + " resume points");
  }

  private Set<StackTraceElement> missedBy(Set<StackTraceElement> disturbed) {
    Set<StackTraceElement> missed = new LinkedHashSet<>(points);
    missed.removeAll(disturbed);
    return missed;
  }

  /** What the programs mark so: what is awaited there is always done already. */
  private Set<StackTraceElement> waitsNever() throws IOException {
    List<String> source =
        Files.readAllLines(
            Folders.sources().resolve("io/fermata/conformance/faults/Programs.java"));
    return points.stream()
        .filter(point -> source.get(point.getLineNumber() - 1).endsWith("// never waits"))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Without this the test above could not fail. */
  @Test
  void lockThatIsKeptIsFound() {
    Program keeps = new Program("keepsItsLock", CarelessAsync::keepsItsLock);
    assertEquals(List.of(), run(keeps, Kind.CANCEL, Set.of()).faults());
    assertTrue(
        run(keeps, Kind.CANCEL, Set.of(1)).faults().toString().contains("is still locked"),
        () -> run(keeps, Kind.CANCEL, Set.of(1)).toString());
  }

  @Test
  void failureThatIsLostIsFound() {
    Program loses = new Program("losesAFailure", CarelessAsync::losesAFailure);
    assertTrue(run(loses, Kind.FAIL, Set.of(0)).faults().toString().contains("vanished"));
  }

  /** One run: where its tasks went on, and what was wrong in the end. */
  private record Run(List<List<StackTraceElement>> passed, List<String> faults) {
    String describe(Kind kind, Set<Integer> plan) {
      return plan.stream().map(i -> kind + " at #" + i + " " + passed.get(i)).toList().toString();
    }
  }

  private Run run(Program program, Kind kind, Set<Integer> plan) {
    runs++;
    VirtualTimeLoop loop = new VirtualTimeLoop();
    Set<StackTraceElement> all = new LinkedHashSet<>(points);
    all.addAll(CARELESS);
    Injection injection = new Injection(loop, kind, plan, all);
    loop.injectFaults(injection);
    List<Throwable> reported = new ArrayList<>();
    loop.setExceptionHandler(
        (ignored, context) -> {
          if (context.exception() != null) {
            reported.add(context.exception());
          }
        });
    Ledger ledger = new Ledger();
    List<String> faults = new ArrayList<>();
    try {
      Findings findings =
          Async.run(
              InspectionAsync.inspected(program.coroutine().apply(ledger), ledger, injection),
              RunOptions.DEFAULT.withLoopFactory(() -> loop));
      faults.addAll(findings.faults());
      List<Throwable> known = new ArrayList<>(ledger.caught());
      known.addAll(reported);
      if (findings.thrown() != null) {
        known.add(findings.thrown());
        check(findings.thrown(), faults);
      }
      Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      known.forEach(each -> collect(each, seen));
      long told = seen.stream().filter(Injected.class::isInstance).count();
      if (kind == Kind.FAIL && told < plan.size()) {
        faults.add("a failure has vanished; known are " + known);
      }
    } catch (RuntimeException | Error e) {
      faults.add("the run itself fails: " + e + Arrays.toString(e.getStackTrace()));
    }
    return new Run(injection.passed(), faults);
  }

  /** A program may end with what was done to it, and what follows from that by contract. */
  private static void check(Throwable thrown, List<String> faults) {
    if (thrown instanceof ExceptionGroup group) {
      group.leaves().forEach(leaf -> check(leaf, faults));
    } else if (!(thrown instanceof Injected
        || thrown instanceof CancelledError
        || thrown instanceof AsyncTimeoutException
        || thrown instanceof BrokenAsyncBarrierException
        || thrown instanceof QueueShutDown
        || "the program's own".equals(thrown.getMessage()))) {
      faults.add("ends with " + thrown + " at " + Arrays.toString(thrown.getStackTrace()));
    }
  }

  private static void collect(@Nullable Throwable thrown, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) {
      return;
    }
    collect(thrown.getCause(), seen);
    for (Throwable suppressed : thrown.getSuppressed()) {
      collect(suppressed, seen);
    }
    if (thrown instanceof ExceptionGroup group) {
      group.exceptions().forEach(each -> collect(each, seen));
    }
  }

  /** Those of all coroutines of a class. */
  private static Set<StackTraceElement> resumePoints(Class<?> twins) {
    Set<StackTraceElement> points = new LinkedHashSet<>();
    for (Class<?> type : twins.getDeclaredClasses()) {
      LineTable table = initialised(type);
      if (table != null) {
        points.addAll(table.resumePoints());
      }
    }
    return points;
  }

  private static @Nullable LineTable initialised(Class<?> type) {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return LineTable.ofGeneratedClass(type);
  }
}
