package io.fermata.conformance.traces;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.ExceptionGroup;
import io.fermata.RunOptions;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each way to fail, and all frames that its trace has: those of the user, in the order in which
 * they called and awaited each other, and below them who called {@code run}. Each with what fails
 * at once, while its callers stand on the Java stack, and with what fails once they are suspended.
 */
@Timeout(60)
class TracesTest {
  private static final RunOptions VIRTUAL =
      RunOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new);
  private static final Map<String, Integer> LINES = lines();

  @AfterEach
  void nothingIsLeft() {
    assertEquals(List.of(), List.copyOf(Traces.takeSeen().keySet()));
  }

  /** The marks of {@link Traces}, with their lines. */
  private static Map<String, Integer> lines() {
    String path = "src/test/java/" + Traces.class.getName().replace('.', '/') + ".java";
    Map<String, Integer> lines = new HashMap<>();
    try {
      List<String> source = Files.readAllLines(Path.of(path));
      for (int i = 0; i < source.size(); i++) {
        int mark = source.get(i).lastIndexOf("// ");
        if (mark >= 0) {
          for (String name : source.get(i).substring(mark + 3).split(" ", -1)) {
            lines.putIfAbsent(name, i + 1);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  /** {@code app.Traces.leaf(Traces.java:80)} for {@code leaf}. */
  private static String frame(String mark) {
    if (mark.startsWith("io.fermata.")) {
      return mark;
    }
    String place = mark.contains("#") ? mark.substring(0, mark.indexOf('#')) : mark;
    String method = place.startsWith("$") ? place : "." + place;
    return Traces.class.getName() + method + "(Traces.java:" + LINES.get(mark) + ")";
  }

  private static List<String> frames(String marks) {
    return Arrays.stream(marks.split(" ", -1)).map(TracesTest::frame).toList();
  }

  /** Those of a trace down to the test that called run, without those of the JDK. */
  private static List<String> told(StackTraceElement[] trace) {
    List<String> told = new ArrayList<>();
    for (StackTraceElement frame : trace) {
      if (frame.getClassName().startsWith(TracesTest.class.getName())) {
        return told;
      }
      if (!frame.getClassName().startsWith("java.")) {
        told.add(
            new StackTraceElement(
                    frame.getClassName(),
                    frame.getMethodName(),
                    frame.getFileName(),
                    frame.getLineNumber())
                .toString());
      }
    }
    told.add("(no caller of run)");
    return told;
  }

  private static Throwable failureOf(Coro<?> coroutine) {
    return assertThrows(Throwable.class, () -> Async.run(TracesAsync.outer(coroutine), VIRTUAL));
  }

  /** Both ways. */
  private static void check(Function<Boolean, Coro<?>> coroutine, String marks) {
    check(coroutine, Map.of("out", marks));
  }

  /**
   * Both ways.
   *
   * @param expected what comes out, and what was seen inside, by the place
   */
  private static void check(Function<Boolean, Coro<?>> coroutine, Map<String, String> expected) {
    for (boolean later : List.of(false, true)) {
      Throwable failure = failureOf(coroutine.apply(later));
      Map<String, StackTraceElement[]> seen = Traces.takeSeen();
      Traces.see("out", failure);
      seen.putAll(Traces.takeSeen());
      expected.forEach(
          (place, marks) ->
              assertEquals(
                  String.join("\n", frames(marks)),
                  String.join("\n", told(requireNonNull(seen.get(place)))),
                  place + (later ? ", later" : ", at once")));
    }
  }

  @Test
  void a_failure_caught_at_a_resume_point() {
    String trace = "fetch leaf middle caughtAtResumePoint outer";
    check(TracesAsync::caughtAtResumePoint, Map.of("here", trace, "out", trace));
  }

  @Test
  void a_failure_caught_in_plain_code() {
    String trace = "fetch caughtInPlainCode outer";
    check(TracesAsync::caughtInPlainCode, Map.of("here", trace, "out", trace));
  }

  @Test
  void a_cause() {
    check(
        TracesAsync::wrapped,
        Map.of("out", "wrapped#2 outer", "out, cause", "fetch leaf wrapped#1 outer"));
  }

  @Test
  void a_cause_seen_in_a_catch() {
    check(
        TracesAsync::wrappedTwice,
        Map.of(
            "here", "wrapped#2 wrappedTwice outer",
            "here, cause", "fetch leaf wrapped#1 wrappedTwice outer",
            "out", "wrapped#2 wrappedTwice outer"));
  }

  @Test
  void a_cause_that_plain_code_has_caught() {
    check(
        TracesAsync::wrappedInPlainCode,
        Map.of(
            "out", "orThrow#2 wrappedInPlainCode outer",
            "out, cause", "fetch orThrow#1 wrappedInPlainCode outer"));
  }

  @Test
  void a_failure_thrown_again_after_an_await() {
    check(TracesAsync::rethrownLater, "fetch leaf rethrownLater outer");
  }

  @Test
  void what_is_suppressed() {
    check(
        TracesAsync::suppressed,
        Map.of(
            "out", "fetch leaf suppressed#2 outer",
            "out, suppressed", "fetch suppressed#1 outer"));
  }

  @Test
  void what_is_suppressed_in_plain_code() {
    check(
        TracesAsync::suppressedInPlainCode,
        Map.of(
            "out", "fetch suppressedInPlainCode#2 outer",
            "out, suppressed", "fetch suppressedInPlainCode#1 outer"));
  }

  @Test
  void lambdas() {
    check(
        TracesAsync::inLambdas,
        Map.of(
            "in the lambda", "fetch lambda$inLambdas$0 inLambdas#1 outer",
            "out", "fetch lambda$inLambdas$1 inLambdas#2 outer"));
  }

  @Test
  void local_and_anonymous_classes() {
    check(
        TracesAsync::inLocalClass,
        Map.of(
            "in the class", "fetch $Handler.handle $Handler.handleAndCatch inLocalClass#1 outer",
            "out", "fetch $Handler.handle $1.run inLocalClass#2 outer"));
  }

  @Test
  void coroutine_lambdas() {
    check(TracesAsync::inCoroutineLambda, "fetch inCoroutineLambda#2 inCoroutineLambda#1 outer");
  }

  @Test
  void an_operand_left_of_an_await() {
    check(TracesAsync::leftOfAnAwait, "fetch leftOfAnAwait outer");
  }

  @Test
  void plain_generators() {
    check(TracesAsync::overGenerator, "fetch numbers overGenerator outer");
    IllegalStateException outside =
        assertThrows(
            IllegalStateException.class, () -> TracesAsync.numbers().forEachRemaining(n -> {}));
    assertEquals(frames("fetch numbers"), told(outside.getStackTrace()));
  }

  @Test
  void async_generators() {
    check(TracesAsync::overAsyncGenerator, "fetch ticks overAsyncGenerator outer");
  }

  @Test
  void tasks() {
    check(TracesAsync::inTask, "fetch leaf middle inTask outer");
    check(TracesAsync::inEagerTask, "fetch leaf middle inEagerTask outer");
    check(TracesAsync::doneTask, "fetch leaf middle doneTask outer");
    check(TracesAsync::resultOfTask, "fetch leaf middle resultOfTask outer");
  }

  @Test
  void combinations() {
    check(TracesAsync::gathered, "fetch leaf middle gathered outer");
    check(TracesAsync::shielded, "fetch leaf middle shielded outer");
    check(TracesAsync::waitedFor, "fetch leaf middle waitedFor outer");
    check(TracesAsync::waitedForTask, "fetch leaf middle waitedForTask outer");
  }

  @Test
  void timeouts() {
    check(TracesAsync::outOfTime, "io.fermata.Async.waitFor(Async.java) outOfTime outer");
    Throwable failure = failureOf(TracesAsync.outOfTimeInScope(true));
    List<String> told = told(failure.getStackTrace());
    assertEquals(frames("outOfTimeInScope outer"), told.subList(told.size() - 2, told.size()));
  }

  @Test
  void task_groups_and_their_members() {
    check(
        TracesAsync::inGroup,
        Map.of(
            "out", "io.fermata.TaskGroup.exit(TaskGroup.java) inGroup outer",
            "out, cause", "fetch leaf middle inGroup outer"));
    check(
        TracesAsync::bodyOfGroup,
        Map.of(
            "out", "io.fermata.TaskGroup.exit(TaskGroup.java) bodyOfGroup#1 outer",
            "out, cause", "fetch leaf bodyOfGroup#2 outer"));
  }

  @Test
  void a_printed_group_tells_what_members_and_group_have_in_common_once() {
    Throwable failure = failureOf(TracesAsync.inGroup(true));
    assertTrue(failure instanceof ExceptionGroup);
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    assertEquals(2, text.toString().split("Traces.inGroup|Traces.outer", -1).length - 1);
  }

  @Test
  void a_coroutine_that_is_never_awaited_is_told_at_the_call_of_its_twin() {
    List<List<String>> reports = new ArrayList<>();
    Async.run(
        TracesAsync.forgetful(
            report -> reports.add(told(requireNonNull(report.createdAt()).getStackTrace()))),
        VIRTUAL.withDebug());
    assertEquals(
        List.of(
            frames("forgetful#1"),
            frames("forget forgetful#2"),
            frames("forgetful#3"),
            frames("forgetful#4")),
        reports);
  }

  @Test
  void work_in_another_thread() {
    assertEquals(
        frames("fetch lambda$inThread$0 inThread outer"),
        told(failureOf(TracesAsync.inThread()).getStackTrace()));
    assertEquals(
        frames("fetch inThreadByReference outer"),
        told(failureOf(TracesAsync.inThreadByReference()).getStackTrace()));
  }

  @Test
  void work_in_an_executor() {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      assertEquals(
          frames("fetch inExecutor outer"),
          told(failureOf(TracesAsync.inExecutor(executor)).getStackTrace()));
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void stages() {
    check(TracesAsync::callerOfStage, "fetch lambda$callerOfStage$0 ofStage callerOfStage outer");
  }

  @Test
  void promises() {
    check(TracesAsync::failedByCallback, "lambda$failedByCallback$0 failedByCallback outer");
    check(TracesAsync::failedOnTheSpot, "failedOnTheSpot outer");
  }

  @Test
  void through_many_tasks_each_place_is_told_once() {
    for (int depth : List.of(1, 2, 1_500)) {
      check(
          later -> TracesAsync.throughTasks(depth, later),
          "fetch leaf throughTasks#1 throughTasks#2 outer");
    }
  }

  @Test
  void each_of_several_who_await_sees_itself() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("by the first", "fetch leaf first awaitedBySeveral#1 outer");
    expected.put("by the second", "fetch leaf second awaitedBySeveral#2 outer");
    expected.put("out", "fetch leaf awaitedBySeveral#3 outer");
    check(TracesAsync::awaitedBySeveral, expected);
  }

  @Test
  void who_submits_from_another_thread_sees_the_coroutine() throws InterruptedException {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    CompletableFuture<Integer> future =
        Async.runCoroutineThreadsafe(TracesAsync.middle(true), loop);
    loop.runUntilComplete(Async.sleep(Duration.ofSeconds(5)));
    loop.close();
    ExecutionException failure = assertThrows(ExecutionException.class, future::get);
    assertEquals(
        frames("fetch leaf middle"), told(requireNonNull(failure.getCause()).getStackTrace()));
  }

  @Test
  @SuppressWarnings("fermata:dropped-task")
  void what_is_reported_to_the_exception_handler() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    List<StackTraceElement[]> reported = new ArrayList<>();
    loop.setExceptionHandler(
        (where, context) -> reported.add(requireNonNull(context.exception()).getStackTrace()));
    loop.callSoon(Traces::fetch);
    EventLoop running = loop;
    loop.callSoon(() -> running.createTask(TracesAsync.middle(true)));
    loop.runUntilComplete(Async.sleep(Duration.ofSeconds(5)));
    loop.close();
    assertEquals(
        List.of(frames("fetch"), frames("fetch leaf middle")),
        reported.stream().map(TracesTest::told).toList());
  }
}
