package io.fermata.internal.outside;

import io.fermata.internal.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs a command. */
final class Tools {
  /** The cursor to the top, and all below it cleared. */
  private static final String REDRAW = "\033[H\033[J";

  private final Command command;
  private final PrintStream out;
  private final PrintStream err;

  Tools(Command command, PrintStream out, PrintStream err) {
    this.command = command;
    this.out = out;
    this.err = err;
  }

  void run() throws Refusal {
    if (command.pid().isEmpty()) {
      list();
      return;
    }
    long pid = command.pid().getAsLong();
    try (Jvm jvm = Jvm.connect(pid)) {
      switch (command.tool()) {
        case PS, PSTREE -> show(jvm, pid);
        case TOP -> watch(jvm, pid);
        case HELP -> throw new AssertionError(command);
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "JVM "
              + pid
              + " has a Fermata of another version, whose answer can't be read: use the tool of that"
              + " version.");
    }
  }

  private void list() {
    JvmList list = JvmList.ofThisUser();
    if (command.json()) {
      out.println(Json.write(list.document()));
    } else {
      list.lines().forEach(out::println);
    }
    list.silent().forEach(sentence -> err.println("fermata: " + sentence));
  }

  private void show(Jvm jvm, long pid) throws Refusal {
    List<Fields> told = jvm.describe();
    List<LoopView> loops = told.stream().map(LoopView::of).toList();
    if (command.json()) {
      out.println(Json.write(jvm.document(told)));
    } else if (loops.isEmpty()) {
      out.println("no loop runs in JVM " + pid);
    } else if (command.tool() == Command.Tool.PS) {
      TaskTable.of(loops).forEach(out::println);
    } else {
      loops.forEach(loop -> TaskForest.of(loop).forEach(out::println));
    }
  }

  /** Of the two consoles of the JDK, {@code Main} has chosen the one that is null elsewhere. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    return System.console() != null;
  }

  /** Until the JVM ends, or nobody reads this any more. */
  private void watch(Jvm jvm, long pid) throws Refusal {
    boolean redraws = !command.json() && isTerminal();
    long millis = command.interval().toMillis();
    for (long left = command.count(); left > 0 && !out.checkError(); left--) {
      List<Fields> loops;
      try {
        loops = jvm.sample(millis);
      } catch (Refusal e) {
        if (!jvm.hasEnded()) {
          throw e;
        }
        err.println("fermata: JVM " + pid + " has ended.");
        return;
      }
      if (command.json()) {
        out.println(Json.write(jvm.document(loops)));
      } else {
        List<String> page = TopPage.of(pid, loops);
        out.println((redraws ? REDRAW : "") + String.join(System.lineSeparator(), page));
      }
      if (loops.isEmpty() && left > 1) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
      }
    }
  }
}
