package io.fermata.internal.outside;

import com.sun.tools.attach.VirtualMachineDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JVMs of this user in which loops have run. */
final class JvmList {

  /** A JVM. */
  private record Entry(long pid, int loops, String main) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<String> silent = new ArrayList<>();

  private JvmList() {}

  static JvmList ofThisUser() {
    JvmList list = new JvmList();
    for (VirtualMachineDescriptor jvm : Processes.jvms()) {
      long pid = Long.parseLong(jvm.id());
      try {
        if (Jvm.hasRunLoops(pid)) {
          list.entries.add(new Entry(pid, loops(pid), main(jvm)));
        }
      } catch (Refusal e) {
        if (!Processes.hasEnded(pid)) {
          list.silent.add(e.sentence());
        }
      }
    }
    return list;
  }

  private static int loops(long pid) {
    try (Jvm jvm = Jvm.connect(pid)) {
      return jvm.countLoops();
    } catch (Refusal e) {
      return 0; // it says why when it is asked alone
    }
  }

  /** Without the arguments of the program, which may be secrets. */
  private static String main(VirtualMachineDescriptor jvm) {
    return Plain.text(jvm.displayName().split(" ", 2)[0]);
  }

  List<String> lines() {
    if (entries.isEmpty()) {
      return List.of("no other JVM of this user has run a loop of Fermata");
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("PID", "LOOPS", "MAIN CLASS"));
    for (Entry entry : entries) {
      rows.add(List.of(Long.toString(entry.pid), Integer.toString(entry.loops), entry.main));
    }
    return Plain.table(rows);
  }

  /** Why some could not be asked. */
  List<String> silent() {
    return silent;
  }

  Map<String, @Nullable Object> document() {
    List<Map<String, @Nullable Object>> jvms = new ArrayList<>();
    for (Entry entry : entries) {
      Map<String, @Nullable Object> jvm = new LinkedHashMap<>();
      jvm.put("pid", entry.pid);
      jvm.put("loops", entry.loops);
      jvm.put("main", entry.main);
      jvms.add(jvm);
    }
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("format", 1);
    document.put("jvms", jvms);
    return document;
  }
}
