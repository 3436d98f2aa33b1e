package io.fermata.conformance.faults;

import io.fermata.Async;
import io.fermata.Task;
import io.fermata.testing.FaultInjector;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the resumptions of a program's tasks, and has something go wrong at some of them. */
final class Injection implements FaultInjector {
  private static final int MOST = 10_000;

  /** The order of the numbers in their names, {@code Task-9} before {@code Task-10}. */
  private static final Comparator<Task<?>> IN_ORDER_OF_CREATION =
      Comparator.<Task<?>>comparingInt(task -> task.getName().length())
          .thenComparing(Task::getName);

  /** What goes wrong. */
  enum Kind {
    /** The task is cancelled as it is about to go on. */
    CANCEL,
    /** The task is cancelled while it waits, right after some task went on. */
    CANCEL_WAITING,
    /** What the task waits for fails. */
    FAIL,
    /** So much time passes that every deadline does. */
    TIME_OUT
  }

  /** The failure that is injected. */
  static final class Injected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Injected(int at) {
      super("injected at resumption " + at);
    }
  }

  private final VirtualTimeLoop loop;
  private final Kind kind;
  private final Set<Integer> faults;
  private final Set<StackTraceElement> points;
  private final List<List<StackTraceElement>> passed = new ArrayList<>();
  private boolean over;

  /**
   * Faults for one run.
   *
   * @param kind of the faults
   * @param faults the numbers of the resumptions
   * @param points the resume points that count
   */
  Injection(VirtualTimeLoop loop, Kind kind, Set<Integer> faults, Set<StackTraceElement> points) {
    this.loop = loop;
    this.kind = kind;
    this.faults = faults;
    this.points = points;
  }

  @Override
  public @Nullable Throwable beforeResume(Task<?> task) {
    if (over) {
      return null;
    }
    if (kind != Kind.CANCEL_WAITING) {
      return disturb(task);
    }
    loop.callSoon(
        () ->
            Async.allTasks(loop).stream()
                .filter(each -> !over)
                .sorted(IN_ORDER_OF_CREATION)
                .forEach(this::disturb));
    return null;
  }

  private @Nullable Throwable disturb(Task<?> task) {
    List<StackTraceElement> stack = task.getStack();
    List<StackTraceElement> here = stack.stream().filter(points::contains).toList();
    if (here.isEmpty() || (kind == Kind.FAIL && !mayFail(stack))) {
      return null;
    }
    int number = passed.size();
    if (number > MOST) {
      throw new AssertionError("the program runs away");
    }
    passed.add(here);
    if (!faults.contains(number)) {
      return null;
    }
    switch (kind) {
      case CANCEL, CANCEL_WAITING -> task.cancel();
      case TIME_OUT -> loop.advance(Duration.ofHours(1));
      case FAIL -> {
        return new Injected(number);
      }
    }
    return null;
  }

  /** From now on nothing goes wrong. */
  void end() {
    over = true;
  }

  /** The resume points at which tasks went on, in order; each with those that await it. */
  List<List<StackTraceElement>> passed() {
    return passed;
  }

  /** Whether the task waits for what a program sees fail: not for a lock, or for its children. */
  private boolean mayFail(List<StackTraceElement> stack) {
    StackTraceElement innermost = stack.get(stack.size() - 1);
    return points.contains(innermost) || innermost.getMethodName().equals("sleep");
  }
}
