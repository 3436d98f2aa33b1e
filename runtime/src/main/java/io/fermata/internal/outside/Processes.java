package io.fermata.internal.outside;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What the system tells of processes, and the JDK of those that are JVMs. */
final class Processes {
  private static final String ROOT = "root";

  private Processes() {}

  /**
   * Refuses what is no JVM of this user. To attach sends a signal, which ends other processes, so
   * that has to be known before.
   */
  static void checkIsJvm(long pid) throws Refusal {
    ProcessHandle process =
        ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .orElseThrow(() -> new Refusal("there is no process " + pid + "."));
    Optional<String> owner = process.info().user();
    Optional<String> self = ProcessHandle.current().info().user();
    if (owner.isPresent() && self.isPresent() && isForeign(owner.get(), self.get())) {
      throw new Refusal(
          "process "
              + pid
              + " belongs to the user "
              + owner.get()
              + ": run the tool as that user, and not as "
              + self.get()
              + ".");
    }
    if (!isListed(pid) && !hasLibrary(pid)) {
      throw new Refusal("process " + pid + " is no JVM.");
    }
  }

  private static boolean isForeign(String owner, String self) {
    return !owner.equals(self) && !self.equals(ROOT);
  }

  /** JVMs with -XX:-UsePerfData or another folder for temporary files are not. */
  private static boolean isListed(long pid) {
    return VirtualMachine.list().stream().anyMatch(jvm -> jvm.id().equals(Long.toString(pid)));
  }

  /** Whether a process has loaded the JVM's library, where the system tells that. */
  private static boolean hasLibrary(long pid) {
    try (Stream<String> maps = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
      return maps.anyMatch(line -> line.contains("libjvm."));
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }

  /** Whether a process has ended, or does so while this waits, after a sign that it might. */
  static boolean hasEnded(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty()) {
      return true;
    }
    CompletableFuture<ProcessHandle> end = process.get().onExit();
    try {
      end.get(1, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The other JVMs of this user that allow to attach. */
  static List<VirtualMachineDescriptor> jvms() {
    long self = ProcessHandle.current().pid();
    Optional<String> user = ProcessHandle.current().info().user();
    return VirtualMachine.list().stream()
        .filter(jvm -> jvm.id().matches("\\d{1,18}") && Long.parseLong(jvm.id()) != self)
        .filter(jvm -> userOf(jvm).equals(user))
        .toList();
  }

  private static Optional<String> userOf(VirtualMachineDescriptor jvm) {
    return ProcessHandle.of(Long.parseLong(jvm.id())).flatMap(process -> process.info().user());
  }
}
