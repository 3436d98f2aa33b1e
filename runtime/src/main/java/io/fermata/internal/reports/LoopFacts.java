package io.fermata.internal.reports;

import io.fermata.Async;
import io.fermata.EventLoop;
import io.fermata.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a loop to other JVMs, at one moment: so much of it as somebody would read, since
 * the loop stands still for as long.
 *
 * @param loop its text
 * @param thread the name of the thread that runs it
 * @param tasks its tasks, in order of creation; of a loop that is held up the one that runs
 * @param leftOut how many more tasks there are
 * @param cycles the numbers of tasks that wait for each other in circles
 * @param heldUp the stack of its thread if that is held up, else null
 */
record LoopFacts(
    String loop,
    String thread,
    List<TaskFacts> tasks,
    int leftOut,
    List<List<Integer>> cycles,
    @Nullable List<StackTraceElement> heldUp) {

  private static final int MAX_TASKS = 20_000;

  /** When so many frames and awaiters are told, the rest of the tasks has one frame each. */
  private static final int MAX_DETAILS = 200_000;

  /** Those of a loop, on its thread. */
  static LoopFacts of(EventLoop loop) {
    Set<Object> ready = Collections.newSetFromMap(new IdentityHashMap<>());
    ready.addAll(LoopAccess.get().ready(loop));
    Set<Task<?>> all = Async.allTasks(loop);
    List<TaskFacts> told = new ArrayList<>();
    int details = 0;
    for (Task<?> task : all) {
      if (told.size() == MAX_TASKS) {
        break;
      }
      TaskFacts facts = TaskFacts.of(task, ready.contains(task), details < MAX_DETAILS);
      details += facts.stack().size() + facts.awaitedBy().size();
      told.add(facts);
    }
    String thread = Thread.currentThread().getName();
    return new LoopFacts(
        loop.toString(), thread, told, all.size() - told.size(), cycles(all), null);
  }

  private static List<List<Integer>> cycles(Set<Task<?>> tasks) {
    return WaitCycles.among(tasks).stream()
        .map(cycle -> cycle.stream().map(LoopAccess.get()::number).toList())
        .toList();
  }

  /** Those of a loop that does not answer, as far as another thread may look. */
  static LoopFacts ofHeldUp(EventLoop loop, Thread thread) {
    Task<?> running = LoopAccess.get().running(loop);
    StackTraceElement[] raw = thread.getStackTrace();
    List<TaskFacts> tasks =
        running == null ? List.of() : List.of(TaskFacts.ofRunning(running, raw));
    return new LoopFacts(
        loop.toString(), thread.getName(), tasks, 0, List.of(), StackTraces.forUsers(raw));
  }

  /** As an object of JSON. */
  Map<String, @Nullable Object> toJson(int number) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("loop", number);
    fields.put("name", loop);
    fields.put("thread", thread);
    fields.put("heldUp", heldUp == null ? null : TaskFacts.texts(heldUp));
    fields.put("tasks", tasks.stream().map(TaskFacts::toJson).toList());
    fields.put("leftOut", leftOut);
    fields.put("cycles", cycles);
    return fields;
  }
}
