package io.fermata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.GroupPlan.Case;
import io.fermata.GroupPlan.End;
import io.fermata.GroupPlan.OnCancel;
import io.fermata.GroupPlan.Script;
import io.fermata.GroupPlan.Seen;
import io.fermata.testing.VirtualTimeLoop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Task groups in all combinations of what the block, its tasks, inner groups and others do: they
 * end as {@link TaskGroupModel} says, and in whatever order things happen, nothing is lost.
 */
@Timeout(300)
class TaskGroupModelTest {
  private static final int RANDOM_CASES = 3_000;
  private static final int SHUFFLED_CASES = 1_500;

  /** Before anything, while the block runs, while the group waits, while its tasks clean up. */
  private static final List<List<Integer>> FROM_OUTSIDE =
      List.of(
          List.of(), List.of(50), List.of(250), List.of(460), List.of(50, 57), List.of(53, 460));

  private static final List<List<Integer>> CANCELS =
      List.of(List.of(), List.of(51), List.of(251), List.of(461));

  private static Script script(String name, int sleep, End end, OnCancel onCancel, int cleanup) {
    return new Script(name, sleep, null, end, onCancel, cleanup);
  }

  private static GroupPlan group(
      String name, Script body, List<Script> children, boolean before, List<Integer> cancelledAt) {
    return new GroupPlan(name, body, children, before, cancelledAt, Integer.MAX_VALUE, false);
  }

  private static void assertAsTheModelSays(Case given) {
    Seen expected = TaskGroupModel.of(given);
    if (expected == null) {
      return;
    }
    GroupRun run = GroupRun.of(given, new VirtualTimeLoop());
    assertEquals(expected, run.seen(), given::toString);
  }

  /** One task; the block ends long before it, or just before it would. */
  @Test
  void oneTaskInAllCombinations() {
    for (End bodyEnd : End.values()) {
      for (OnCancel bodyOnCancel : OnCancel.values()) {
        for (End childEnd : End.values()) {
          for (OnCancel childOnCancel : OnCancel.values()) {
            Script body = script("body", 200, bodyEnd, bodyOnCancel, 205);
            Script child = script("child", 301, childEnd, childOnCancel, 207);
            for (List<Integer> outside : FROM_OUTSIDE) {
              for (List<Integer> cancels : CANCELS) {
                assertAsTheModelSays(
                    new Case(group("g", body, List.of(child), false, cancels), false, outside));
              }
            }
          }
        }
      }
    }
  }

  /** Two tasks, of which one runs at a time, with and without isolated failures. */
  @Test
  void oneTaskAtATimeInAllCombinations() {
    for (End bodyEnd : End.values()) {
      Script body = script("body", 200, bodyEnd, OnCancel.LEAVES, 205);
      for (End firstEnd : End.values()) {
        for (OnCancel firstOnCancel : OnCancel.values()) {
          Script first = script("first", 301, firstEnd, firstOnCancel, 207);
          for (End secondEnd : List.of(End.RETURNS, End.FAILS)) {
            Script second = script("second", 403, secondEnd, OnCancel.FAILS_SLOWLY, 211);
            for (List<Integer> outside : FROM_OUTSIDE) {
              for (List<Integer> cancels : CANCELS) {
                for (boolean isolated : List.of(true, false)) {
                  List<Script> children = List.of(first, second);
                  assertAsTheModelSays(
                      new Case(
                          new GroupPlan("g", body, children, false, cancels, 1, isolated),
                          false,
                          outside));
                }
              }
            }
          }
        }
      }
    }
  }

  /** What is cancelled before the block is entered, with and without an await in the block. */
  @Test
  void cancelledBeforeEntry() {
    for (int bodySleep : List.of(-1, 200)) {
      for (End bodyEnd : End.values()) {
        for (OnCancel onCancel : OnCancel.values()) {
          for (boolean groupBefore : List.of(true, false)) {
            for (boolean taskBefore : List.of(true, false)) {
              for (List<Script> children :
                  List.of(
                      List.<Script>of(), List.of(script("child", 301, End.FAILS, onCancel, 207)))) {
                Script body = script("body", bodySleep, bodyEnd, onCancel, 205);
                assertAsTheModelSays(
                    new Case(
                        group("g", body, children, groupBefore, List.of()), taskBefore, List.of()));
              }
            }
          }
        }
      }
    }
  }

  /** Several tasks, groups in the block and in tasks, at times of all kinds. */
  @Test
  void randomCasesWithInnerGroups() {
    int compared = 0;
    for (int seed = 0; seed < RANDOM_CASES; seed++) {
      Case given = new Generator(seed, 1_000).next();
      assertAsTheModelSays(given);
      compared += TaskGroupModel.of(given) == null ? 0 : 1;
    }
    assertTrue(compared > RANDOM_CASES * 3 / 4, "cases without a tie: " + compared);
  }

  /**
   * Where much happens at the same moment, in random orders. The model has one order only; what it
   * tells of all of them is that each failure comes out once, and each cancellation from outside.
   */
  @Test
  void nothingIsLostInWhateverOrder() {
    for (int seed = 0; seed < SHUFFLED_CASES; seed++) {
      Case given = new Generator(seed, 4).withoutSwallowing().next();
      for (int order = 0; order < 2; order++) {
        GroupRun run = GroupRun.of(given, new VirtualTimeLoop(order));
        assertNothingLost(given, order, run);
      }
    }
  }

  private static void assertNothingLost(Case given, int order, GroupRun run) {
    String what = "order " + order + " of " + given + ": " + run.seen();
    IdentityHashMap<Throwable, Boolean> told = new IdentityHashMap<>();
    Consumer<Throwable> tell =
        failure -> assertEquals(null, told.put(failure, true), () -> "told twice in " + what);
    if (run.out != null) {
      leaves(run.out).forEach(tell);
    }
    run.reports.forEach(report -> leaves(report.exception()).forEach(tell));
    for (Throwable failure : run.thrown) {
      assertTrue(told.remove(failure) != null, () -> failure + " is lost in " + what);
    }
    assertTrue(told.isEmpty(), () -> told + " in " + what);

    Seen seen = run.seen();
    assertEquals(run.requests, seen.cancelling(), what);
    boolean cancelled = seen.out().equals("cancelled");
    boolean isolated = given.group().isolated();
    assertTrue(run.out instanceof ExceptionGroup || isolated || cancelled || run.out == null, what);
    boolean deliveredNext = seen.next().equals("cancelled");
    if (run.requests > 0) {
      assertTrue(cancelled || deliveredNext, what);
    } else {
      assertTrue(!cancelled && !deliveredNext, what);
    }
  }

  private static List<Throwable> leaves(Throwable thrown) {
    if (thrown instanceof CancelledError) {
      return List.of();
    }
    return thrown instanceof ExceptionGroup group ? group.leaves() : List.of(thrown);
  }

  private static final class Generator {
    private final Random random;
    private final int span;
    private boolean swallows = true;
    private int names;

    Generator(long seed, int span) {
      this.random = new Random(seed);
      this.span = span;
    }

    /** Without what swallows a cancellation, or throws one that nobody has asked for. */
    Generator withoutSwallowing() {
      swallows = false;
      return this;
    }

    Case next() {
      return new Case(group(2), random.nextInt(8) == 0, times(2));
    }

    private GroupPlan group(int depth) {
      String name = "g" + names++;
      Script body = script(name + " body", depth);
      List<Script> children = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        children.add(script(name + " child" + i, depth));
      }
      boolean before = random.nextInt(12) == 0;
      int limit = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(3);
      boolean isolated = random.nextInt(3) == 0;
      return new GroupPlan(name, body, children, before, times(1), limit, isolated);
    }

    private Script script(String name, int depth) {
      GroupPlan inner = depth > 0 && random.nextInt(4) == 0 ? group(depth - 1) : null;
      int sleep = random.nextInt(10) == 0 ? -1 : 1 + random.nextInt(span);
      End end = random.nextBoolean() ? End.RETURNS : pick(End.values());
      OnCancel onCancel = random.nextBoolean() ? OnCancel.LEAVES : pick(OnCancel.values());
      if (!swallows && end == End.THROWS_CANCELLED) {
        end = End.FAILS;
      }
      if (!swallows && onCancel == OnCancel.SWALLOWS) {
        onCancel = OnCancel.FAILS;
      }
      return new Script(name, sleep, inner, end, onCancel, 1 + random.nextInt(span));
    }

    private List<Integer> times(int most) {
      List<Integer> times = new ArrayList<>();
      for (int i = random.nextInt(most + 2) - 1; i > 0; i--) {
        times.add(1 + random.nextInt(span));
      }
      return times;
    }

    private <E> E pick(E[] values) {
      return values[random.nextInt(values.length)];
    }
  }
}
