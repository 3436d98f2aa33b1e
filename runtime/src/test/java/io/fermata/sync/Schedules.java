package io.fermata.sync;

import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Async.sleep;

import io.fermata.Co;
import io.fermata.Task;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs the tasks of a scenario in many orders, and cancels them at many moments. */
public final class Schedules {
  private static final int SCHEDULES = 1_000;
  private static final int SEEDS_FOR_EACH_MOMENT = 5;

  /** Longer than the longest scenario; after it the loop can find itself without work. */
  private static final int PASSES = 60;

  private final VirtualTimeLoop loop;
  private final Random random;
  private final List<Task<Void>> tasks = new ArrayList<>();
  private int victims = Integer.MAX_VALUE;

  /** Starts tasks, and gives what must hold when all are done. */
  public interface Scenario {
    Runnable start(Schedules schedule);
  }

  private Schedules(long seed) {
    this.loop = new VirtualTimeLoop(seed);
    this.random = new Random(seed);
  }

  /** In 1,000 orders. */
  public static void shuffled(Scenario scenario) {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      new Schedules(seed).run(scenario, "seed " + seed, pass -> {});
    }
  }

  /** In 1,000 orders, in each of which some of the tasks are cancelled now and then. */
  public static void shuffledAndCancelled(Scenario scenario) {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      Schedules schedule = new Schedules(seed);
      schedule.run(
          scenario,
          "seed " + seed,
          pass -> {
            if (schedule.random.nextInt(3) == 0) {
              schedule.cancel(schedule.random.nextInt(schedule.victims()));
            }
          });
    }
  }

  /** Each task that may be cancelled, in each pass, in several orders. */
  public static void cancelledAtEachMoment(Scenario scenario) {
    int victims = 1;
    for (long seed = 0; seed < SEEDS_FOR_EACH_MOMENT; seed++) {
      for (int victim = 0; victim < victims; victim++) {
        int chosen = victim;
        boolean alive = true;
        for (int moment = 0; alive; moment++) {
          int chosenPass = moment;
          Schedules schedule = new Schedules(seed);
          boolean[] cancelled = {false};
          schedule.run(
              scenario,
              "seed " + seed + ", task " + victim + " cancelled in pass " + moment,
              pass -> {
                if (pass == chosenPass) {
                  cancelled[0] = schedule.cancel(chosen);
                }
              });
          victims = schedule.victims();
          alive = cancelled[0];
        }
      }
    }
  }

  /** A task of the scenario. */
  public Task<Void> start(String name, Co.VoidBody body) {
    Task<Void> task = loop.createTask(Co.coroVoid(name, body), name);
    tasks.add(task);
    return task;
  }

  /** Only the tasks that have been started by now may be cancelled. */
  public void othersAreSafe() {
    victims = tasks.size();
  }

  /** Gives way up to twice. */
  public void pause() {
    for (int left = random.nextInt(3); left > 0; left--) {
      Co.await(sleep(Duration.ZERO));
    }
  }

  private int victims() {
    return Math.min(victims, tasks.size());
  }

  private boolean cancel(int victim) {
    return tasks.get(victim).cancel();
  }

  private interface EachPass {
    void run(int pass);
  }

  private void run(Scenario scenario, String what, EachPass eachPass) {
    try {
      Runnable check = scenario.start(this);
      tick(eachPass, 0);
      loop.runUntilComplete(gatherOutcomes(List.copyOf(tasks)));
      for (Task<Void> task : tasks) {
        if (!task.isCancelled() && task.exception() != null) {
          throw new AssertionError(task.getName() + " failed", task.exception());
        }
      }
      check.run();
    } catch (Throwable t) {
      throw new AssertionError("with " + what, t);
    } finally {
      loop.close();
    }
  }

  private void tick(EachPass eachPass, int pass) {
    loop.callSoon(
        () -> {
          eachPass.run(pass);
          if (pass < PASSES) {
            tick(eachPass, pass + 1);
          }
        });
  }
}
