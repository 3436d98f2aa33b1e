package io.fermata.benchmarks;

import static io.fermata.benchmarks.BenchmarkRow.cpuTime;
import static io.fermata.benchmarks.BenchmarkRow.time;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;

/**
 * Measures all who do the work of each row, by turns, and prints one table.
 *
 * <p>In each round every peer of every row has a process of its own, one after the other, in an
 * order that moves on from round to round. Arguments: how many rounds, how many seconds of CPU time
 * a process warms up, how many seconds it measures, and then parts of the names of rows, all if
 * missing.
 */
public final class Comparison {
  static final List<Row> ROWS =
      List.of(
          time(YieldBenchmark.class, "yield to the loop and come back"),
          time(PingPongBenchmark.class, "ping-pong between two tasks, AsyncQueue(1)"),
          time(CreateTaskBenchmark.class, "create a task and await it"),
          time(EagerTaskBenchmark.class, "eager task"),
          time(GatherChildBenchmark.class, "gather, per child"),
          time(TaskGroupBenchmark.class, "task group, per child"),
          time(DoneBenchmark.class, "await what is already done"),
          time(PlainCallBenchmark.class, "call a coroutine that does not suspend"),
          time(ChainBenchmark.class, "chain of 10 calls, none suspends, per call"),
          time(CallBenchmark.class, "call a coroutine that suspends once"),
          time(SuspendedChainBenchmark.class, "chain of 10 that suspends, per frame"),
          time(DeepResumeBenchmark.class, "resume under 1,000 suspended callers"),
          time(FailureBenchmark.class, "an exception through 1,000 suspended callers"),
          time(LazySkynetBenchmark.class, "skynet, 1,000,000 leaves, per leaf"),
          time(SkynetBenchmark.class, "skynet of eager tasks, per leaf"),
          time(SkynetCallBenchmark.class, "skynet as a tree of calls, per leaf"),
          cpuTime(GatherBenchmark.class, "gather 100,000 tasks that sleep 10 ms, each"),
          cpuTime(TimerBenchmark.class, "1,000,000 timers, each"),
          time(GeneratorBenchmark.class, "plain generator, per value"),
          time(AsyncGeneratorBenchmark.class, "async generator, per value"),
          time(
              YieldingGeneratorBenchmark.class,
              "async generator that yields to the loop each time"),
          time(TimeoutBenchmark.class, "timeout block that does not expire"),
          time(WaitForBenchmark.class, "waitFor that does not expire"),
          time(MessageBenchmark.class, "message from another thread"),
          time(CancelBenchmark.class, "cancel 100,000 sleeping tasks, each"),
          cpuTime(ServiceBenchmark.class, "request of a service"),
          cpuTime(TracedServiceBenchmark.class, "request of a service, recorded by a trace"),
          new HeapRow(SleepingTaskHeap.class, "bytes per sleeping task"),
          new StartUpRow("start-up, ms of a whole process"));

  private record Turn(Row row, Peer peer) {}

  private Comparison() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Setting setting =
        new Setting(
            Integer.parseInt(args[0]), Double.parseDouble(args[1]), Double.parseDouble(args[2]));
    String[] parts = Arrays.copyOfRange(args, 3, args.length);
    List<Row> rows = ROWS.stream().filter(row -> isChosenBy(parts, row)).toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "no row is called so; there are " + ROWS.stream().map(Row::name).toList());
    }
    System.out.printf(
        Locale.ROOT,
        "%s; %s; medians of %d processes [least–greatest], each %.1f s after %.1f s of CPU time;"
            + " ns per operation where the row says nothing else, and bytes allocated%n%n",
        Machine.describe(),
        Machine.keepToOneCore(),
        setting.rounds(),
        setting.seconds(),
        setting.warmUp());
    System.out.println(measure(rows, setting));
    if (parts.length == 0) {
      printDeepestChains();
    }
  }

  private static boolean isChosenBy(String[] parts, Row row) {
    String name = row.name().toLowerCase(Locale.ROOT);
    return parts.length == 0
        || Arrays.stream(parts).anyMatch(part -> name.contains(part.toLowerCase(Locale.ROOT)));
  }

  private static Table measure(List<Row> rows, Setting setting)
      throws IOException, InterruptedException {
    List<Turn> turns = new ArrayList<>();
    for (Row row : rows) {
      for (Peer peer : row.peers()) {
        turns.add(new Turn(row, peer));
      }
    }
    Table table = new Table(rows);
    for (int round = 1; round <= setting.rounds(); round++) {
      for (Turn turn : turns) {
        Sample sample = turn.row().measure(turn.peer(), setting);
        System.err.printf(
            Locale.ROOT,
            "%d %s %s: %s%n",
            round,
            turn.row().name(),
            turn.peer().title(),
            Series.number(sample.value()));
        table.add(turn.row(), turn.peer(), sample);
      }
      Collections.rotate(turns, -Math.max(1, turns.size() / setting.rounds()));
    }
    return table;
  }

  private static void printDeepestChains() {
    System.out.printf(
        "deepest chain of awaits: %,d coroutines (the search ends below %,d)%n",
        DeepestChain.ofCoroutines(), DeepestChain.ENOUGH);
    if (VirtualThreads.AVAILABLE) {
      ExecutorService executor = VirtualThreads.executor();
      System.out.printf(
          "deepest chain of calls on a virtual thread: %,d%n",
          DeepestChain.ofVirtualThreads(executor));
      executor.shutdown();
    }
  }
}
