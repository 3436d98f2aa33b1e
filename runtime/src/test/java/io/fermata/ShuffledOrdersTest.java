package io.fermata;

import static io.fermata.Async.asCompleted;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Async.shield;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Async.waitFor;
import static io.fermata.Async.waitUntil;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.each;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.FaultInjector;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Programs over groups, timeouts, gathers and cancellations, each under a thousand orders of what
 * is ready, with other delays and failures each time; in half of the orders the main task is
 * cancelled from outside at some moment. Whatever happens: all that began has ended and cleaned up,
 * no task, timer or unreported failure is left, and no cancellation is lost.
 */
class ShuffledOrdersTest {
  private static final int ORDERS = 1_000;

  private static final Map<String, Program> PROGRAMS = new TreeMap<>();

  static {
    PROGRAMS.put("a group", World::aGroup);
    PROGRAMS.put("groups in groups", World::groupsInGroups);
    PROGRAMS.put("a group that is ended early", World::aGroupThatIsEndedEarly);
    PROGRAMS.put("timeouts in timeouts", World::timeoutsInTimeouts);
    PROGRAMS.put("a group in a timeout", World::aGroupInATimeout);
    PROGRAMS.put("gather", World::gathered);
    PROGRAMS.put("tasks that cancel each other", World::tasksThatCancelEachOther);
    PROGRAMS.put("the first of several", World::theFirstOfSeveral);
    PROGRAMS.put("a shielded task", World::aShieldedTask);
    PROGRAMS.put("waitFor", World::waitedFor);
    PROGRAMS.put("asCompleted", World::asTheyComplete);
    PROGRAMS.put("hand to hand", World::handToHand);
  }

  /** How the main task of an order ended. */
  private enum End {
    VALUE,
    FAILURE,
    CANCELLATION
  }

  private interface Program {
    void run(World world) throws Throwable;
  }

  @TestFactory
  Stream<DynamicTest> inEachOrderAllThatBeganEndsAndCleansUp() {
    return PROGRAMS.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> runInAllOrders(each.getValue())));
  }

  private static void runInAllOrders(Program program) {
    Set<End> ends = EnumSet.noneOf(End.class);
    for (long seed = 0; seed < ORDERS; seed++) {
      try {
        ends.add(runInOneOrder(program, new World(seed)));
      } catch (Throwable t) {
        throw new AssertionError("seed " + seed, t);
      }
    }
    assertTrue(ends.containsAll(Set.of(End.VALUE, End.CANCELLATION)), "only " + ends);
  }

  /** What goes wrong at a resume point. */
  private enum Mishap {
    CANCELLATION,
    FAILURE,
    /** The clock has moved on past every deadline. */
    LATENESS
  }

  /** A mishap at the n-th resumption of a run. */
  private static final class Unlucky implements FaultInjector {
    private final VirtualTimeLoop loop;
    private final int unlucky;
    private final Mishap mishap;
    private int resumed;
    Task<?> hit;

    Unlucky(VirtualTimeLoop loop, int unlucky, Mishap mishap) {
      this.loop = loop;
      this.unlucky = unlucky;
      this.mishap = mishap;
    }

    @Override
    public Throwable beforeResume(Task<?> task) {
      if (hit != null || !mayHit(task) || resumed++ < unlucky) {
        return null;
      }
      hit = task;
      switch (mishap) {
        case CANCELLATION -> task.cancel();
        case LATENESS -> loop.advance(Duration.ofSeconds(1));
        case FAILURE -> {
          return new Planned();
        }
      }
      return null;
    }

    /** A failure is one only where programs reckon with it, and no cancellation takes its place. */
    private boolean mayHit(Task<?> task) {
      return mishap != Mishap.FAILURE
          || (task.cancelling() == 0
              && task.getStack().stream().anyMatch(f -> f.getMethodName().equals("work")));
    }
  }

  @TestFactory
  Stream<DynamicTest> whateverGoesWrongAtAnyResumePointAllThatBeganEndsAndCleansUp() {
    return PROGRAMS.entrySet().stream()
        .filter(each -> !each.getKey().equals("hand to hand")) // whose tasks need each other
        .flatMap(
            each ->
                Stream.of(Mishap.values())
                    .map(
                        mishap ->
                            DynamicTest.dynamicTest(
                                each.getKey() + ", " + mishap,
                                () -> hitAtEachResumePoint(each.getValue(), mishap))));
  }

  private static void hitAtEachResumePoint(Program program, Mishap mishap) {
    int hits = 0;
    for (long seed = 0; seed < 12; seed++) {
      for (int unlucky = 0; ; unlucky++) {
        World world = new World(seed);
        Unlucky injector = new Unlucky(world.loop, unlucky, mishap);
        world.loop.injectFaults(injector);
        try {
          runWithMishap(program, world, injector);
        } catch (Throwable t) {
          throw new AssertionError("seed " + seed + ", resumption " + unlucky, t);
        }
        if (injector.hit == null) {
          break;
        }
        hits++;
      }
    }
    assertTrue(hits > 3, "only " + hits);
  }

  private static void runWithMishap(Program program, World world, Unlucky injector) {
    Task<Void> main = world.loop.createTask(coroVoid("main", () -> program.run(world)), "main");
    End end = endOf(world, main);
    if (injector.hit == main && injector.mishap != Mishap.LATENESS) {
      assertNotEquals(End.VALUE, end, "it was lost");
    }
    world.assertNothingIsLeft();
  }

  private static End runInOneOrder(Program program, World world) {
    VirtualTimeLoop loop = world.loop;
    Task<Void> main = loop.createTask(coroVoid("main", () -> program.run(world)), "main");
    boolean[] cancelled = new boolean[1];
    if (world.random.nextBoolean()) {
      Duration when = Duration.ofMillis(world.random.nextInt(12));
      TimerHandle timer = loop.callLater(when, () -> cancelled[0] = main.cancel());
      main.addDoneCallback(done -> timer.cancel());
    }
    End end = endOf(world, main);
    if (cancelled[0]) {
      assertNotEquals(End.VALUE, end, "the cancellation was lost");
    } else {
      assertNotEquals(End.CANCELLATION, end, "nobody has asked for it");
    }
    world.assertNothingIsLeft();
    return end;
  }

  private static End endOf(World world, Task<Void> main) {
    try {
      world.loop.runUntilComplete(main);
      return End.VALUE;
    } catch (CancelledError e) {
      return End.CANCELLATION;
    } catch (Planned | AsyncTimeoutException e) {
      return End.FAILURE;
    } catch (ExceptionGroup e) {
      assertEquals(
          List.of(), e.leaves().stream().filter(leaf -> !(leaf instanceof Planned)).toList());
      return End.FAILURE;
    }
  }

  /** The failures that the programs mean to have. */
  private static final class Planned extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** One order: its loop, its random choices, and what is going on in it. */
  private static final class World {
    final VirtualTimeLoop loop;
    final Random random;
    final List<ExceptionContext> reports = new ArrayList<>();
    int inside;

    World(long seed) {
      loop = new VirtualTimeLoop(seed);
      loop.setExceptionHandler((ignored, context) -> reports.add(context));
      random = new Random(seed);
    }

    void assertNothingIsLeft() {
      assertEquals(0, inside, "coroutines that did not clean up");
      assertEquals(Set.of(), Async.allTasks(loop));
      assertEquals(0, ((EventLoop) loop).timers.size(), "timers");
      loop.close();
      assertEquals(List.of(), reports);
    }

    Duration soon() {
      return Duration.ofMillis(random.nextInt(5));
    }

    /** Works, perhaps fails, and takes its time to clean up when it is cancelled. */
    Coro<Integer> work() {
      Duration first = soon();
      Duration second = soon();
      Duration cleanUp = soon();
      boolean fails = random.nextInt(4) == 0;
      return coro(
          "work",
          () -> {
            inside++;
            try {
              await(sleep(first));
              await(coroVoid("deeper", () -> await(sleep(second))));
              if (fails) {
                throw new Planned();
              }
              return 1;
            } catch (CancelledError e) {
              await(sleep(cleanUp));
              throw e;
            } finally {
              inside--;
            }
          });
    }

    /** A task for {@link #work}; every other starts eagerly. */
    Task<Integer> task() {
      return createTask(
          work(), random.nextBoolean() ? TaskOptions.DEFAULT.eager() : TaskOptions.DEFAULT);
    }

    void aGroup() throws Throwable {
      TaskGroup group = TaskGroup.open();
      with(
          group,
          () -> {
            for (int i = 0; i < 4; i++) {
              group.createTask(work());
              await(sleep(soon()));
            }
          });
      assertEquals(Set.of(), group.tasks());
    }

    void groupsInGroups() throws Throwable {
      TaskGroup outer = TaskGroup.open();
      with(
          outer,
          () -> {
            outer.createTask(work());
            outer.createTask(coroVoid(this::aGroup));
            aGroup();
          });
    }

    void aGroupThatIsEndedEarly() throws Throwable {
      TaskGroup group = TaskGroup.open();
      with(
          group,
          () -> {
            group.createTask(work());
            group.createTask(work());
            group.createTask(
                coroVoid(
                    () -> {
                      await(sleep(soon()));
                      group.cancel();
                    }));
            await(sleep(soon()));
            await(work());
          });
    }

    void timeoutsInTimeouts() throws Throwable {
      with(
          timeout(soon()),
          () -> {
            Timeout inner = timeout(soon());
            with(
                inner,
                () -> {
                  await(work());
                  inner.reschedule(soon());
                  await(work());
                });
          });
    }

    void aGroupInATimeout() throws Throwable {
      try {
        with(timeout(soon()), this::aGroup);
      } catch (AsyncTimeoutException e) {
        assertEquals(0, inside, "the group has waited for its tasks");
        await(sleep(soon()));
      }
    }

    void gathered() throws Throwable {
      List<Task<Integer>> tasks = List.of(task(), task(), task());
      try {
        await(gather(tasks));
      } finally {
        endAll(tasks);
      }
    }

    /** Cancels what is left, and waits for it whatever comes in between. */
    void endAll(List<? extends Task<?>> tasks) {
      tasks.forEach(Task::cancel);
      CancelledError cancelled = null;
      while (!tasks.stream().allMatch(Task::isDone)) {
        try {
          await(waitUntil(tasks, ReturnWhen.ALL_COMPLETED));
        } catch (CancelledError e) {
          cancelled = e;
        }
      }
      tasks.stream().filter(task -> !task.isCancelled()).forEach(Task::exception); // now seen
      if (cancelled != null) {
        throw cancelled;
      }
    }

    void tasksThatCancelEachOther() throws Throwable {
      List<Task<?>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Duration delay = soon();
        int victim = random.nextInt(4);
        tasks.add(
            createTask(
                coroVoid(
                    () -> {
                      await(sleep(delay));
                      tasks.get(victim).cancel();
                      await(work());
                    })));
      }
      try {
        await(gatherOutcomes(tasks));
      } finally {
        endAll(tasks);
      }
    }

    void theFirstOfSeveral() throws Throwable {
      List<Task<Integer>> tasks = List.of(task(), task(), task());
      try {
        WaitResult<Task<Integer>> result =
            await(waitUntil(tasks, ReturnWhen.FIRST_COMPLETED, soon()));
        assertEquals(3, result.done().size() + result.pending().size());
        assertTrue(result.done().stream().allMatch(Task::isDone));
      } finally {
        endAll(tasks);
      }
    }

    void aShieldedTask() throws Throwable {
      Task<Integer> task = task();
      try {
        await(waitFor(shield(task), soon()));
      } finally {
        endAll(List.of(task));
      }
    }

    void waitedFor() throws Throwable {
      Task<Integer> task = task();
      try {
        await(waitFor(task, soon()));
      } finally {
        endAll(List.of(task));
      }
      await(waitFor(work(), soon()));
    }

    void asTheyComplete() throws Throwable {
      List<Task<Integer>> tasks = List.of(task(), task(), task());
      List<Object> seen = new ArrayList<>();
      try {
        each(
            asCompleted(tasks, Duration.ofMillis(6)),
            done -> {
              seen.add(done);
              await(done);
            });
        assertEquals(Set.copyOf(tasks), Set.copyOf(seen));
      } finally {
        endAll(tasks);
      }
    }

    private static void pass(int value, Promise<Integer> to) {
      if (!to.isDone()) { // nobody waits for it any more
        to.complete(value + 1);
      }
    }

    /** A value goes through five tasks, each of which waits for the one before. */
    void handToHand() throws Throwable {
      TaskGroup group = TaskGroup.open();
      Promise<Integer> first = loop.createPromise();
      List<Promise<Integer>> hands = new ArrayList<>(List.of(first));
      with(
          group,
          () -> {
            for (int i = 0; i < 5; i++) {
              Promise<Integer> from = hands.get(i);
              Promise<Integer> to = loop.createPromise();
              hands.add(to);
              group.createTask(coroVoid(() -> pass(await(from), to)));
            }
            first.complete(0);
          });
      assertEquals(5, hands.get(5).result());
    }
  }
}
