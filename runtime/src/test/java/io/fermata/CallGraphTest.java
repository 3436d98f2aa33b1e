package io.fermata;

import static io.fermata.Async.captureCallGraph;
import static io.fermata.Async.formatCallGraph;
import static io.fermata.Async.gather;
import static io.fermata.Async.shield;
import static io.fermata.Async.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.GeneratorBody;
import io.fermata.codegen.LineTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CallGraphTest extends LoopTests {

  /** Runs {@code work}, then awaits what {@code next} gives; line 2 of its method. */
  private abstract static class Step extends Continuation<Object, RuntimeException> {
    private final Supplier<Awaitable<?>> next;

    Step(Supplier<Awaitable<?>> next) {
      this.next = next;
    }

    final Object awaitNext(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == 2) {
        return sent;
      }
      Awaitable<?> awaitable = next.get();
      Object result = awaitable == null ? null : await(task, awaitable, depth);
      if (result == SUSPENDED) {
        state = 2;
      }
      return result;
    }
  }

  private static final class Inner extends Step {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Graph", "inner", "Graph.java", "2:12", "1:11");

    Inner(Supplier<Awaitable<?>> next) {
      super(next);
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      return awaitNext(task, sent, depth);
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class Outer extends Step {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Graph", "outer", "Graph.java", "2:22", "1:21");

    Outer(Supplier<Awaitable<?>> next) {
      super(next);
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      return awaitNext(task, sent, depth);
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /** An async generator that awaits before its first element. */
  private static final class Elements extends GeneratorBody<Object> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Graph", "elements", "Graph.java", "2:32,3:33", "1:31");

    private final Supplier<Awaitable<?>> next;

    Elements(Supplier<Awaitable<?>> next) {
      this.next = next;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == START && await(task, next.get(), depth) == SUSPENDED) {
        state = 2;
        return SUSPENDED;
      }
      if (state != 3) {
        state = 3;
        current = 1;
        return EMITTED;
      }
      return null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static String plainFunction(Callable<CallGraph> capture) {
    try {
      return capture.call().toString();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> methods(CallGraph graph) {
    return graph.stack().stream().map(StackTraceElement::getMethodName).toList();
  }

  @Test
  void GRAPH_01_aTaskAwaitedByAChain() {
    CallGraph[] captured = new CallGraph[1];
    Task<Object> child =
        loop.createTask(
            new Outer(
                () ->
                    new Inner(
                        () -> {
                          plainFunction(() -> captured[0] = captureCallGraph(Async.currentTask()));
                          return null;
                        })),
            "child");
    loop.runUntilComplete(child);
    assertEquals("Task child", captured[0].name());
    List<String> own = methods(captured[0]);
    assertTrue(own.indexOf("plainFunction") >= 0, own::toString);
    assertTrue(own.indexOf("plainFunction") < own.indexOf("inner"), own::toString);
    assertEquals("outer", own.get(own.size() - 1));
  }

  @Test
  void GRAPH_01_theAwaitingTaskStandsWithItsChainUpToItsRoot() {
    Promise<Object> promise = loop.createPromise();
    Task<Object> child = loop.createTask(new Inner(() -> promise), "child");
    loop.createTask(new Outer(() -> new Inner(() -> child)), "parent");
    settle();
    settle();
    CallGraph graph = captureCallGraph(child);
    assertEquals("Task child", graph.name());
    assertEquals("[app.Graph.inner(Graph.java:12)]", graph.stack().toString());
    assertEquals(1, graph.awaitedBy().size());
    CallGraph parent = graph.awaitedBy().get(0);
    assertEquals("Task parent", parent.name());
    assertEquals(
        "[app.Graph.inner(Graph.java:12), app.Graph.outer(Graph.java:22)]",
        parent.stack().toString());
    assertEquals(
        """
        * Task child
          + Call stack:
          |   at app.Graph.inner(Graph.java:12)
          + Awaited by:
            * Task parent
              + Call stack:
              |   at app.Graph.inner(Graph.java:12)
              |   at app.Graph.outer(Graph.java:22)
        """,
        formatCallGraph(child));
  }

  @Test
  void GRAPH_02_gatheredTasksAreAwaitedByTheTaskThatGathers() {
    Promise<Object> promise = loop.createPromise();
    Task<Object> a = loop.createTask(new Inner(() -> promise), "a");
    Task<Object> b = loop.createTask(new Inner(() -> promise), "b");
    loop.createTask(new Outer(() -> gather(a, b)), "main");
    settle();
    for (Task<Object> each : List.of(a, b)) {
      CallGraph graph = captureCallGraph(each);
      assertEquals(1, graph.awaitedBy().size());
      assertEquals("Task main", graph.awaitedBy().get(0).name());
      assertEquals(List.of("outer"), methods(graph.awaitedBy().get(0)));
    }
  }

  @Test
  void GRAPH_03_aShieldIsSeenThrough() {
    Promise<Object> promise = loop.createPromise();
    Task<Object> inner = loop.createTask(new Inner(() -> promise), "inner");
    loop.createTask(new Outer(() -> shield(inner)), "main");
    Task<Object> timed = loop.createTask(new Inner(() -> promise), "timed");
    loop.createTask(new Outer(() -> waitFor(shield(timed), ms(1000))), "timing");
    settle();
    assertEquals("Task main", captureCallGraph(inner).awaitedBy().get(0).name());
    CallGraph timing = captureCallGraph(timed).awaitedBy().get(0);
    assertEquals("Task timing", timing.name());
    assertEquals(List.of("waitFor", "outer"), methods(timing));
  }

  @Test
  void GRAPH_04_aPromiseAwaitedByTwoTasksOfAGroup() {
    Promise<Object> promise = loop.createPromise();
    loop.createTask(
        Co.coroVoid(
            "root",
            () -> {
              TaskGroup group = TaskGroup.open();
              Co.with(
                  group,
                  () -> {
                    group.createTask(new Inner(() -> promise), "direct");
                    group.createTask(new Outer(() -> new Inner(() -> promise)), "nested");
                  });
            }),
        "owner");
    settle();
    settle();
    CallGraph graph = captureCallGraph(promise);
    assertEquals(List.of(), graph.stack());
    assertEquals(2, graph.awaitedBy().size());
    CallGraph direct = graph.awaitedBy().get(0);
    CallGraph nested = graph.awaitedBy().get(1);
    assertEquals("Task direct", direct.name());
    assertEquals(List.of("inner"), methods(direct));
    assertEquals("Task nested", nested.name());
    assertEquals(List.of("inner", "outer"), methods(nested));
    assertTrue(direct.awaitedBy().get(0).name().startsWith("Task owner"));
    assertTrue(nested.awaitedBy().get(0).name().startsWith("Task owner"));
    assertTrue(graph.toString().startsWith("* Promise[pending"), graph::toString);
    promise.complete(1);
    settle();
  }

  @Test
  void GRAPH_05_anAsyncGeneratorStandsBetweenWhatItAwaitsAndWhoIteratesIt() {
    Promise<Object> promise = loop.createPromise();
    AsyncIterator<Object> iterator =
        new Elements(() -> new Inner(() -> promise)).toAsyncGenerator().asyncIterator();
    Task<Object> task = loop.createTask(new Outer(() -> iterator.moveNext()), "main");
    settle();
    assertEquals(
        List.of("inner", "elements", "moveNext", "outer"), methods(captureCallGraph(task)));
  }

  @Test
  void INTRO_03_aRunningTasksStackBeginsWithItsOutermostCoroutine() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Task<Object> task =
        loop.createTask(
            new Outer(
                () ->
                    new Inner(
                        () -> {
                          Task<?> own = Async.currentTask();
                          log.addAll(own.getStack(1));
                          own.printStack(1, new PrintStream(printed, true, StandardCharsets.UTF_8));
                          return null;
                        })),
            "t");
    loop.runUntilComplete(task);
    assertEquals("[app.Graph.outer(Graph.java:21)]", log.toString());
    String text = printed.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("(running)"), text);
    assertTrue(text.contains("app.Graph.outer(Graph.java:21)"), text);
  }

  @Test
  void theStackOfASuspendedTaskStandsOutermostFirst() {
    Promise<Object> promise = loop.createPromise();
    Task<Object> task = loop.createTask(new Outer(() -> new Inner(() -> promise)));
    assertEquals(1, task.getStack().size());
    settle();
    assertEquals(
        "[app.Graph.outer(Graph.java:22), app.Graph.inner(Graph.java:12)]",
        task.getStack().toString());
    promise.complete(1);
    settle();
    assertEquals(List.of(), task.getStack());
  }

  @Test
  void aCycleOfAwaitsEndsWhereItBegan() {
    Task<?>[] tasks = new Task<?>[2];
    tasks[0] = loop.createTask(new Inner(() -> tasks[1]), "a");
    tasks[1] = loop.createTask(new Inner(() -> tasks[0]), "b");
    settle();
    String text = formatCallGraph(tasks[0]);
    assertTrue(text.contains("* Task a (see above)"), text);
  }

  @Test
  void aLongChainIsCapturedWholeAndPrintedInPart() {
    int length = 200_000;
    Promise<Object> first = loop.createPromise();
    Promise<?> last = first;
    for (int i = 0; i < length; i++) {
      Promise<?> before = i % 3 == 0 ? shield(last) : i % 3 == 1 ? gather(last) : last;
      last = loop.createTask(new Outer(() -> before));
    }
    settle();
    CallGraph graph = CallGraph.of(first);
    assertEquals(graph, CallGraph.of(first));
    assertEquals(graph.hashCode(), CallGraph.of(first).hashCode());
    int depth = 0;
    for (CallGraph at = graph; !at.awaitedBy().isEmpty(); at = at.awaitedBy().get(0)) {
      depth++;
    }
    assertEquals(length, depth);
    String text = graph.toString();
    assertTrue(text.length() < 300_000, () -> text.length() + " characters");
    assertTrue(text.endsWith(" more tasks\n"), () -> text.substring(text.length() - 200));
    int left = Integer.parseInt(text.substring(text.lastIndexOf("... and ")).replaceAll("\\D", ""));
    assertEquals(length, left + text.lines().filter(line -> line.contains("* Task")).count());
  }

  @Test
  void aStackOfManyFramesIsPrintedInPart() {
    Coro<Object> inner = new Inner(() -> loop.createPromise());
    for (int i = 0; i < 150; i++) {
      Coro<Object> awaited = inner;
      inner = new Outer(() -> awaited);
    }
    Task<Object> task = loop.createTask(inner);
    settle();
    List<String> lines = formatCallGraph(task).lines().toList();
    assertEquals(50, lines.stream().filter(line -> line.contains("|   at ")).count());
    assertEquals("  |   ... 101 more", lines.get(lines.size() - 1));
  }
}
