package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.Json;
import io.fermata.internal.reports.RuntimeLines;
import io.fermata.internal.reports.TasksBean;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the bean tells other JVMs. */
class TasksToldTest extends LoopTests {

  @Test
  void describeTasks_tellsStatesPurposesFramesAndAwaiters() {
    String told =
        run(
            () -> {
              Promise<Object> never = loop.createPromise();
              Task<Object> a = createTask(coro("a", () -> await(never)), "a");
              Task<Void> b =
                  createTask(coroVoid("b", () -> await(new Suspension("a \"letter\""))), "b");
              Task<Void> c = createTask(coroVoid("c", () -> await(sleep(ms(1000)))), "c");
              createTask(coroVoid("parent", () -> await(gather(a, b, c))), "parent");
              return await(toThread(new TasksBean()::describeTasks));
            });
    Map<String, Object> loop = onlyLoop(told);
    assertEquals("VirtualTimeLoop[running]", loop.get("name"));
    assertEquals(Thread.currentThread().getName(), loop.get("thread"));
    assertEquals(0L, loop.get("leftOut"));
    assertEquals(null, loop.get("heldUp"));
    long main = (Long) loop.get("first");
    Map<String, Map<String, Object>> tasks = byName(loop);
    assertEquals(
        Map.of("task", main + 1, "state", "suspended", "frame", "a", "by", List.of(main + 4)),
        tasks.get("a"));
    assertEquals(
        Map.of(
            "task",
            main + 2,
            "state",
            "suspended",
            "waitsFor",
            "a \"letter\"",
            "frame",
            "b",
            "by",
            List.of(main + 4)),
        tasks.get("b"));
    assertEquals("Async.sleep", tasks.get("c").get("waitsFor"));
    assertEquals(List.of(), tasks.get("parent").get("by"));
  }

  @Test
  void describeTasks_tellsWhichTasksAreReady() {
    String told =
        run(
            () -> {
              CountDownLatch asked = new CountDownLatch(1);
              String[] answer = new String[1];
              Thread asking =
                  new Thread(
                      () -> {
                        asked.countDown();
                        answer[0] = new TasksBean().describeTasks();
                      });
              asking.start();
              asked.await();
              // Each pass ends with a task that is ready, so that the loop never sleeps.
              Task<Void> busy =
                  createTask(
                      coroVoid(
                          "busy",
                          () -> {
                            while (asking.isAlive()) {
                              await(sleep(ms(0)));
                            }
                          }),
                      "busy");
              await(busy);
              return answer[0];
            });
    Map<String, Map<String, Object>> tasks = byName(onlyLoop(told));
    assertEquals("ready", tasks.get("busy").get("state"));
    assertTrue(!tasks.get("busy").containsKey("waitsFor"), "it waits for its turn only");
  }

  @Test
  void describeTasks_ofALoopThatIsHeldUpTellsItsStackAndTheTaskThatRuns() throws Exception {
    String told = whileHeldUp(() -> new TasksBean().describeTasks());
    Map<String, Object> loop = onlyLoop(told);
    assertTrue(loop.get("heldUp").toString().contains("TasksToldTest.holdUp(TasksToldTest.java:"));
    Map<String, Object> task = byName(loop).get("holding");
    assertEquals("running", task.get("state"));
    assertEquals("holdUp", task.get("user"));
  }

  @Test
  void sampleTasks_findsTheTaskAndTheLineThatHoldTheLoop() throws Exception {
    String told = whileHeldUp(() -> new TasksBean().sampleTasks(200));
    Map<String, Object> loop = onlyLoop(told);
    assertEquals(1.0, loop.get("busy"));
    assertEquals("holding", object(list(loop.get("tasks")).get(0)).get("name"));
    assertEquals(1.0, object(list(loop.get("tasks")).get(0)).get("share"));
    Map<String, Object> line = object(list(loop.get("lines")).get(0));
    assertTrue(line.get("line").toString().startsWith("io.fermata.TasksToldTest.holdUp("), told);
    assertEquals(1.0, line.get("share"));
    assertTrue((Long) loop.get("looks") >= 10, told);
  }

  @Test
  void sampleTasks_tellsThatALoopSleeps() {
    EventLoop resting = new SelectorLoop();
    try {
      String told =
          resting.runUntilComplete(
              coro(() -> await(toThread(() -> new TasksBean().sampleTasks(100)))));
      assertEquals(0.0, (Double) onlyLoop(told).get("busy"), 0.2, "but for its start");
    } finally {
      resting.close();
    }
  }

  @Test
  void sampleTasks_hasBounds() {
    TasksBean bean = new TasksBean();
    for (long millis : new long[] {Long.MIN_VALUE, 0, 60_001}) {
      assertEquals(
          "samples are taken for 1 to 60000 ms, not for " + millis + ".",
          assertThrows(IllegalArgumentException.class, () -> bean.sampleTasks(millis))
              .getMessage());
    }
  }

  @Test
  void describeTasks_tellsNoMoreThan20000Tasks() {
    chainOfTasks(20_000);
    Map<String, Object> loop = onlyLoop(run(() -> await(toThread(new TasksBean()::describeTasks))));
    assertEquals(20_000, list(loop.get("tasks")).size());
    assertEquals(1L, loop.get("leftOut"));
  }

  /** A task of a hand-written coroutine, whose code runs on the loop's thread. */
  private String whileHeldUp(Supplier<String> asked) throws Exception {
    String[] told = new String[1];
    Thread asking = new Thread(() -> told[0] = asked.get());
    run(
        () -> {
          await(createTask(new Holding(asking), "holding"));
          return null;
        });
    return told[0];
  }

  private static void holdUp(Thread until) {
    until.start();
    try {
      until.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Holding extends RuntimeCoro<Void> {
    private final Thread until;

    Holding(Thread until) {
      super(RuntimeLines.of(Holding.class, "holding"));
      this.until = until;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) {
      holdUp(until);
      return null;
    }
  }

  /** The loop of this thread, with the number of its first task. */
  private static Map<String, Object> onlyLoop(String told) {
    Map<String, Object> document = object(Json.read(told));
    assertEquals(1L, document.get("format"));
    String here = Thread.currentThread().getName();
    Map<String, Object> loop =
        list(document.get("loops")).stream()
            .map(TasksToldTest::object)
            .filter(one -> one.get("thread").equals(here))
            .findFirst()
            .orElseThrow();
    List<Object> tasks = list(loop.get("tasks"));
    loop.put("first", tasks.isEmpty() ? 0L : object(tasks.get(0)).get("task"));
    return loop;
  }

  private static Map<String, Map<String, Object>> byName(Map<String, Object> loop) {
    return list(loop.get("tasks")).stream()
        .map(TasksToldTest::object)
        .collect(Collectors.toMap(task -> (String) task.get("name"), TasksToldTest::essence));
  }

  private static Map<String, Object> essence(Map<String, Object> task) {
    List<String> methods =
        list(task.get("stack")).stream()
            .map(Object::toString)
            .map(frame -> frame.replaceAll("^.*\\.(\\w+)\\(.*$", "$1"))
            .toList();
    task.put("by", task.remove("awaitedBy"));
    task.remove("stack");
    task.remove("name");
    if (task.get("waitsFor") == null) {
      task.remove("waitsFor");
    }
    if (task.get("state").equals("running")) {
      task.put("user", methods.contains("holdUp") ? "holdUp" : methods.toString());
    } else if (!methods.isEmpty()) {
      task.put("frame", methods.get(methods.size() - 1));
    }
    return task;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object json) {
    return (Map<String, Object>) json;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object json) {
    return (List<Object>) json;
  }
}
