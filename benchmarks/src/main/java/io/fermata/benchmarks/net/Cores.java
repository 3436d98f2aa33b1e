package io.fermata.benchmarks.net;

import io.fermata.benchmarks.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which core the servers have, and which the client: two different ones, if the machine has {@code
 * taskset} and leaves two to this process; else they share what there is.
 */
final class Cores {
  private final List<Integer> allowed;

  private Cores(List<Integer> allowed) {
    this.allowed = allowed;
  }

  /** Finds the cores, and keeps this process to the client's. */
  static Cores find() throws IOException {
    Cores cores = new Cores(Machine.allowedCores());
    if (cores.areTwo()) {
      Machine.keepTo(cores.allowed.get(1));
    }
    return cores;
  }

  /** All share what there is. */
  static Cores none() {
    return new Cores(List.of());
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
