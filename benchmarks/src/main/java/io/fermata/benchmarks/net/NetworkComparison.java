package io.fermata.benchmarks.net;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Measures what the network costs, ours and others', and prints tables.
 *
 * <p>Arguments: how many rounds, how many seconds each server is asked in a round, and then parts
 * of the names of rows, all if missing.
 */
public final class NetworkComparison {
  private static final List<Row> ROWS =
      List.of(
          new EchoRow("echo-64", 64),
          new EchoRow("echo-16k", 16 * 1024),
          new SystemCallRow("system-calls"),
          new AllocationRow("allocation"),
          new IdleRow("idle"),
          new ConnectionRow("connections"),
          new HttpRow("http"));

  private NetworkComparison() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Setting setting =
        new Setting(
            Integer.parseInt(args[0]), Duration.ofSeconds(Integer.parseInt(args[1])), Cores.find());
    String[] parts = Arrays.copyOfRange(args, 2, args.length);
    List<Row> rows = ROWS.stream().filter(row -> isChosenBy(parts, row)).toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "no row is called so; there are " + ROWS.stream().map(Row::name).toList());
    }
    System.out.printf(
        "JDK %s, %s, %d rounds of %d s%n",
        System.getProperty("java.version"),
        setting.cores(),
        setting.rounds(),
        setting.window().toSeconds());
    for (Row row : rows) {
      row.measure(setting);
    }
  }

  private static boolean isChosenBy(String[] parts, Row row) {
    return parts.length == 0 || Arrays.stream(parts).anyMatch(row.name()::contains);
  }
}
