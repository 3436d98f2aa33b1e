package io.fermata.internal.reports;

import io.fermata.EventLoop;
import io.fermata.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks every few milliseconds what loops run, from another thread: the time per task and per line
 * of the user's, with nothing counted on the loop.
 *
 * <p><b>Races.</b> The task that runs stands in a plain field, which the loop's thread writes
 * before each step. Another thread reads one of the tasks that ran a moment ago, and never a wrong
 * one: a reference is written whole, and its number, which is final, is there with it. That the
 * stack is taken brings the loop's thread to a safepoint, so that no write is held back for longer
 * than from one look to the next. Task and stack of one look may belong to two steps, so each is
 * counted on its own, and never the one by the other.
 */
final class LoopSampler {
  private static final int MEAN_MICROS = 5_000;
  private static final int MOST_TOLD = 200;
  private static final int MOST_LINES = 10_000;
  private static final String LOOP_ITSELF = "(the loop itself)";

  private final IdentityHashMap<EventLoop, Samples> byLoop = new IdentityHashMap<>();

  private LoopSampler() {}

  /**
   * The samples of some time.
   *
   * @param running gives the loops that run, with their numbers
   */
  static Map<String, @Nullable Object> sample(
      Supplier<IdentityHashMap<EventLoop, Integer>> running, long millis) {
    LoopSampler sampler = new LoopSampler();
    long start = System.nanoTime();
    long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
    do {
      sampler.look(running.get());
      LockSupport.parkNanos(Math.min(pause(), end - System.nanoTime()));
    } while (System.nanoTime() < end && !Thread.currentThread().isInterrupted());
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("format", TasksBean.FORMAT);
    told.put("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    told.put("loops", sampler.told());
    return told;
  }

  /** By chance: what comes at even times would be met always or never. */
  private static long pause() {
    return TimeUnit.MICROSECONDS.toNanos(
        ThreadLocalRandom.current().nextInt(MEAN_MICROS / 5, MEAN_MICROS * 9 / 5));
  }

  private void look(IdentityHashMap<EventLoop, Integer> loops) {
    for (Map.Entry<EventLoop, Integer> entry : loops.entrySet()) {
      EventLoop loop = entry.getKey();
      Thread thread = LoopAccess.get().thread(loop);
      if (thread != null) {
        byLoop.computeIfAbsent(loop, key -> new Samples(entry.getValue(), loop, thread)).look();
      }
    }
  }

  private List<Map<String, @Nullable Object>> told() {
    return byLoop.values().stream()
        .sorted(Comparator.comparingInt(samples -> samples.number))
        .map(Samples::told)
        .toList();
  }

  /** What was seen of one loop. */
  private static final class Samples {
    final int number;
    private final EventLoop loop;
    private final Thread thread;
    private final Map<Task<?>, Integer> tasks = new HashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private int looks;
    private int busy;

    Samples(int number, EventLoop loop, Thread thread) {
      this.number = number;
      this.loop = loop;
      this.thread = thread;
    }

    void look() {
      looks++;
      LoopAccess loops = LoopAccess.get();
      if (loops.asleep(loop)) {
        return;
      }
      busy++;
      Task<?> task = loops.running(loop);
      if (task != null) {
        tasks.merge(task, 1, Integer::sum);
      }
      String line = line(thread.getStackTrace());
      if (lines.size() < MOST_LINES || lines.containsKey(line)) {
        lines.merge(line, 1, Integer::sum);
      }
    }

    /** The innermost line of the user's that the loop runs. */
    private static String line(StackTraceElement[] stack) {
      int end = Math.max(0, UserFrames.lastOfLoop(stack));
      UserFrames frames = UserFrames.near((ClassLoader) null);
      for (StackTraceElement frame : frames.translate(stack, 0, end)) {
        if (!UserFrames.isOurs(frame) && !UserFrames.isJdks(frame)) {
          return TaskFacts.text(frame);
        }
      }
      return LOOP_ITSELF;
    }

    Map<String, @Nullable Object> told() {
      List<Map<String, @Nullable Object>> toldTasks = new ArrayList<>();
      for (Map.Entry<Task<?>, Integer> entry : mostFirst(tasks)) {
        Map<String, @Nullable Object> task = new LinkedHashMap<>();
        task.put("task", LoopAccess.get().number(entry.getKey()));
        task.put("name", entry.getKey().getName());
        task.put("share", share(entry.getValue()));
        toldTasks.add(task);
      }
      List<Map<String, @Nullable Object>> toldLines = new ArrayList<>();
      for (Map.Entry<String, Integer> entry : mostFirst(lines)) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("line", entry.getKey());
        line.put("share", share(entry.getValue()));
        toldLines.add(line);
      }
      Map<String, @Nullable Object> told = new LinkedHashMap<>();
      told.put("loop", number);
      told.put("name", loop.toString());
      told.put("thread", thread.getName());
      told.put("looks", looks);
      told.put("busy", share(busy));
      told.put("tasks", toldTasks);
      told.put("lines", toldLines);
      return told;
    }

    private static <K> List<Map.Entry<K, Integer>> mostFirst(Map<K, Integer> counts) {
      return counts.entrySet().stream()
          .sorted(Comparator.comparing((Map.Entry<K, Integer> entry) -> -entry.getValue()))
          .limit(MOST_TOLD)
          .toList();
    }

    private double share(int count) {
      return Math.round(10_000.0 * count / looks) / 10_000.0;
    }
  }
}
