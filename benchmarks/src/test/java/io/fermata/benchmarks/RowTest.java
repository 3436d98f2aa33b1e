package io.fermata.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;

/** Every peer does the work of every row once, a hundredth of the large ones. */
class RowTest {
  @BeforeAll
  static void divideSizes() {
    System.setProperty(Size.DIVISOR, "100");
  }

  static List<BenchmarkRow> benchmarks() {
    return Comparison.ROWS.stream()
        .filter(BenchmarkRow.class::isInstance)
        .map(BenchmarkRow.class::cast)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void allPeersOfARowGiveTheSameResult(BenchmarkRow row) throws ReflectiveOperationException {
    String first = Work.of(row.benchmark(), Peer.FERMATA).perform();
    assertTrue(Long.parseLong(first) != 0, "0 is also the result of no work");
    for (Peer peer : ofThisJvm(row)) {
      assertEquals(first, Work.of(row.benchmark(), peer).perform(), peer.title());
    }
  }

  private static List<Peer> ofThisJvm(BenchmarkRow row) {
    return row.peers().stream().filter(peer -> peer != Peer.ASYNCIO).toList();
  }

  @Test
  void asyncioDoesTheWorkOfRowsThatThereAre() throws IOException, InterruptedException {
    for (String row : Asyncio.ROWS) {
      assertTrue(Comparison.ROWS.stream().anyMatch(known -> known.name().equals(row)), row);
    }
    if (!Asyncio.ROWS.isEmpty()) {
      Sample sample =
          BenchmarkRow.time(YieldBenchmark.class, "yield")
              .measure(Peer.ASYNCIO, new Setting(1, 0, 0));
      assertEquals("100000", sample.result());
      assertTrue(sample.value() > 0);
    }
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void eachBenchmarkIsAPeersAndIsMeasured(BenchmarkRow row) {
    Set<String> methods = new HashSet<>();
    for (Method method : row.benchmark().getMethods()) {
      if (method.isAnnotationPresent(Benchmark.class)) {
        methods.add(method.getName());
      }
    }
    Set<String> peers = new HashSet<>();
    for (Peer peer : Peer.values()) {
      if (peer != Peer.KOTLIN && Work.exists(row.benchmark(), peer)) {
        peers.add(peer.method());
      }
    }
    assertEquals(methods, peers);
  }

  /** In processes of their own, as it is measured: what ends in this one would be taken off. */
  @Test
  void aSleepingTaskOfEachPeerTakesMemory() throws IOException, InterruptedException {
    for (Row row : Comparison.ROWS) {
      if (row instanceof HeapRow heap) {
        for (Peer peer : heap.peers()) {
          assertTrue(heap.measure(peer, new Setting(1, 0, 0)).value() > 0, peer.title());
        }
      }
    }
  }

  @Test
  void namesOfRowsAreDifferent() {
    List<String> names = Comparison.ROWS.stream().map(Row::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
  }

  @Test
  void theTableHasMediansAndExtremesAndTheRatioToTheFloor() {
    Row row = new HeapRow(SleepingTaskHeap.class, "sleep");
    Table table = new Table(List.of(row));
    for (double value : new double[] {3, 1, 2, 4}) {
      table.add(row, Peer.FLOOR, new Sample(value, OptionalDouble.of(1024 * value), "7"));
      table.add(row, Peer.FERMATA, new Sample(100 * value, OptionalDouble.empty(), "7"));
    }
    assertEquals(
        List.of(
            "| work | floor | Fermata | Fermata / floor |",
            "| --- | ---: | ---: | ---: |",
            "| sleep | 2.50 [1.00–4.00] 2,560 B | 250 [100–400] | 100 |"),
        Arrays.asList(table.toString().strip().split("\n", -1)));
  }

  @Test
  void aPeerWithAnotherResultIsNotInTheTable() {
    Row row = new HeapRow(SleepingTaskHeap.class, "sleep");
    Table table = new Table(List.of(row));
    table.add(row, Peer.FLOOR, new Sample(1, OptionalDouble.empty(), "7"));
    assertThrows(
        IllegalStateException.class,
        () -> table.add(row, Peer.FERMATA, new Sample(1, OptionalDouble.empty(), "8")));
  }
}
