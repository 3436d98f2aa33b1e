package io.fermata.benchmarks.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which core the servers have, and which the client: two different ones, if the machine has {@code
 * taskset} and leaves two to this process; else they share what there is.
 */
final class Cores {
  private static final String ALLOWED = "Cpus_allowed_list:";

  private final List<Integer> allowed;

  private Cores(List<Integer> allowed) {
    this.allowed = allowed;
  }

  /** Finds the cores, and keeps this process to the client's. */
  static Cores find() throws IOException, InterruptedException {
    Path status = Path.of("/proc/self/status");
    Cores cores =
        new Cores(
            Tool.isThere("taskset") && Files.exists(status)
                ? allowedBy(Files.readAllLines(status))
                : List.of());
    if (cores.areTwo()) {
      Tool.run(
          List.of(
              "taskset", "-acp", cores.clients(), String.valueOf(ProcessHandle.current().pid())));
    }
    return cores;
  }

  /** All share what there is. */
  static Cores none() {
    return new Cores(List.of());
  }

  private static List<Integer> allowedBy(List<String> status) {
    List<Integer> allowed = new ArrayList<>();
    for (String line : status) {
      if (line.startsWith(ALLOWED)) {
        for (String range : line.substring(ALLOWED.length()).strip().split(",", -1)) {
          int dash = range.indexOf('-');
          int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
          int last = Integer.parseInt(range.substring(dash + 1));
          for (int core = first; core <= last; core++) {
            allowed.add(core);
          }
        }
      }
    }
    return allowed;
  }

  private boolean areTwo() {
    return allowed.size() >= 2;
  }

  private String clients() {
    return String.valueOf(allowed.get(1));
  }

  /** The command, kept to the servers' core. */
  List<String> onServers(List<String> command) {
    return areTwo() ? on(String.valueOf(allowed.get(0)), command) : command;
  }

  /** The command, kept to the client's core. */
  List<String> onClients(List<String> command) {
    return areTwo() ? on(clients(), command) : command;
  }

  private static List<String> on(String core, List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", core));
    pinned.addAll(command);
    return pinned;
  }

  @Override
  public String toString() {
    return areTwo()
        ? "servers on core " + allowed.get(0) + ", the client on core " + clients()
        : "servers and client share their cores";
  }
}
