package io.fermata.example.tutorial;

import static io.fermata.Async.run;
import static java.util.stream.Collectors.joining;

import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.RunOptions;
import io.fermata.SelectorLoop;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Runs the programs of this package in turn, or those that are named. */
public final class Tutorial {
  static final List<Program> PROGRAMS =
      List.of(
          new Program("SayHello", "Hello, one second, world", SayHelloAsync::main),
          new Program(
              "AwaitedInTurn", "Two coroutines, one after the other", AwaitedInTurnAsync::main),
          new Program("AwaitedAsTasks", "Two tasks at the same time", AwaitedAsTasksAsync::main),
          new Program("AwaitedInGroup", "Two tasks in a group", AwaitedInGroupAsync::main),
          new Program("CallingRunsNothing", "Calling runs nothing", CallingRunsNothingAsync::main),
          new Program(
              "CoroutineInCoroutine",
              "A coroutine inside another",
              CoroutineInCoroutineAsync::main),
          new Program(
              "BlockingTheLoop", "Thread.sleep holds up the loop", BlockingTheLoopAsync::main),
          new Program("GatherResults", "Gather", GatherResultsAsync::main),
          new Program("BackgroundTask", "A task in the background", BackgroundTaskAsync::main),
          new Program(
              "TasksNeverAwaited", "Tasks that nobody awaits", TasksNeverAwaitedAsync::main),
          new Program("RunInsideLoop", "A loop inside a loop", RunInsideLoopAsync::main),
          new Program(
              "WaysToStart", "await, createTask and gather compared", WaysToStartAsync::main),
          new Program("FailingChild", "A child that fails", FailingChildAsync::main),
          new Program(
              "FunctionBesideCoroutine",
              "A function beside a coroutine",
              FunctionBesideCoroutineAsync::main));

  /** What {@code main} gives is a coroutine that is not started yet. */
  record Program(String name, String title, Supplier<Coro<?>> main) {}

  private Tutorial() {}

  public static void main(String[] names) {
    List<Program> chosen =
        names.length == 0 ? PROGRAMS : Arrays.stream(names).map(Tutorial::named).toList();
    chosen.forEach(program -> play(program, new SelectorLoop()));
  }

  /** Runs the program on the loop, with its title before and its time after. */
  static void play(Program program, EventLoop loop) {
    System.out.println("--- " + program.name() + ": " + program.title());
    long started = loop.time();
    run(program.main().get(), RunOptions.DEFAULT.withLoopFactory(() -> loop));
    System.out.println("--- took " + Stopwatch.format(loop.time() - started));
    System.out.println();
  }

  static Program named(String name) {
    return PROGRAMS.stream()
        .filter(program -> program.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(noSuchProgram(name)));
  }

  private static String noSuchProgram(String name) {
    return PROGRAMS.stream()
        .map(Program::name)
        .collect(joining(", ", "There is no program '" + name + "'. There are: ", "."));
  }
}
