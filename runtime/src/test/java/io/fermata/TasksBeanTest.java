package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.reports.TaskTree;
import io.fermata.internal.reports.TasksBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class TasksBeanTest extends LoopTests {

  @Test
  void printsTheTasksOfARunningLoopEachBelowWhoAwaitsIt() {
    TasksBean bean = new TasksBean();
    String tree =
        run(
            () -> {
              Promise<Object> never = loop.createPromise();
              Task<Object> a = createTask(coro("a", () -> await(never)), "a");
              Task<Object> b = createTask(coro("b", () -> await(never)), "b");
              createTask(coroVoid("parent", () -> await(gather(a, b))), "parent");
              return await(toThread(bean::printTaskTree));
            });
    List<String> lines = tree.lines().map(line -> line.replaceAll(" at .*", "")).toList();
    assertTrue(lines.contains("VirtualTimeLoop[running]"), tree);
    int parent = lines.indexOf("  parent");
    assertTrue(parent > 0, tree);
    assertEquals(List.of("    a", "    b"), lines.subList(parent + 1, parent + 3));
    assertTrue(tree.contains("TasksBeanTest.a"), tree);
  }

  @Test
  void aTaskThatSleepsIsToldAtTheUsersLine() {
    String tree =
        run(
            () -> {
              createTask(coroVoid("doze", () -> await(sleep(ms(1)))), "dozing");
              await(sleep(Duration.ZERO));
              return TaskTree.of(Async.allTasks());
            });
    String place = "  dozing at io.fermata.TasksBeanTest.doze(TasksBeanTest.java:";
    assertTrue(tree.contains(place), tree);
  }

  @Test
  void aLoopWhoseThreadIsHeldUpIsToldByItsStack() throws InterruptedException {
    String[] tree = new String[1];
    Thread asking = new Thread(() -> tree[0] = new TasksBean().printTaskTree());
    loop.callSoon(() -> holdUp(asking));
    settle();
    assertTrue(tree[0].contains("its thread is held up"), tree[0]);
    assertTrue(tree[0].contains("    at io.fermata.TasksBeanTest.holdUp("), tree[0]);
  }

  private static void holdUp(Thread until) {
    until.start();
    try {
      until.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLongChainOfTasksIsPrintedToItsEnd() {
    chainOfTasks(20_000);
    List<String> lines = TaskTree.of(Async.allTasks(loop)).lines().toList();
    assertEquals(20_000, lines.size());
    assertTrue(lines.get(0).startsWith("  Task-20000 at "), lines.get(0));
    assertTrue(lines.get(1).startsWith("    Task-19999 at "), lines.get(1));
  }

  @Test
  void onlyRunningLoopsAreCounted() {
    int before = new TasksBean().getLoopCount();
    assertEquals(before + 1, (int) run(() -> new TasksBean().getLoopCount()));
    assertEquals(before, new TasksBean().getLoopCount());
  }

  /** A loop in debug mode, which registers the bean at once, and again for its shutdown. */
  static final class DebugRun {
    public static void main(String[] args) throws InterruptedException {
      RunOptions options = RunOptions.DEFAULT.withDebug().withLoopFactory(DebugRun::patientLoop);
      Async.run(toThread(() -> tell("running")), options);
      tell("ended");
    }

    private static EventLoop patientLoop() {
      SelectorLoop loop = new SelectorLoop();
      loop.setSlowCallbackDuration(Duration.ofMinutes(1));
      return loop;
    }

    /** Tells, when what was begun in the background is done, whether there is a bean. */
    private static void tell(String state) throws InterruptedException {
      BackgroundThreads.join("fermata-jmx");
      System.out.println(state + ", and " + (isRegistered() ? "registered" : "not registered"));
    }

    private static boolean isRegistered() {
      return ModuleLayer.boot().findModule("java.management").isPresent() && Jmx.knowsTheBean();
    }

    /** Apart, since this JVM may not have JMX. */
    private static final class Jmx {
      static boolean knowsTheBean() {
        try {
          return ManagementFactory.getPlatformMBeanServer()
              .isRegistered(new ObjectName("io.fermata:type=Tasks"));
        } catch (MalformedObjectNameException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  @Test
  void debugModeRegistersTheBeanForAsLongAsItsLoopsRun() throws Exception {
    assertEquals(
        new JavaProcess.Ended(0, List.of("running, and registered", "ended, and not registered")),
        new JavaProcess().run(DebugRun.class, (process, line) -> {}));
  }

  @Test
  void aJvmWithoutJmxRunsLoopsWithoutTheBean() throws Exception {
    assertEquals(
        new JavaProcess.Ended(
            0, List.of("running, and not registered", "ended, and not registered")),
        new JavaProcess("--limit-modules", "java.base").run(DebugRun.class, (process, line) -> {}));
  }
}
