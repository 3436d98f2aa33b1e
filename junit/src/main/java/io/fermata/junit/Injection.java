package io.fermata.junit;

import io.fermata.Task;
import io.fermata.testing.FaultInjector;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts the occasions for faults in one run of a test, and takes some of them. */
final class Injection implements FaultInjector {
  private static final int MOST = 1_000_000;
  private static final Duration PAST_EVERY_DEADLINE = Duration.ofDays(1);

  /** The timers stand behind the task in the next one, and the task behind them in the third. */
  private static final int PASSES_OF_TIMERS = 2;

  /**
   * A task goes on at a resume point of the code under test.
   *
   * @param stack the resume points, outermost first, with those that await the last one
   * @param mayFail whether the task waits for something that can fail
   */
  record Occasion(List<StackTraceElement> stack, boolean mayFail) {
    StackTraceElement point() {
      return stack.get(stack.size() - 1);
    }

    boolean suits(Fault fault) {
      return fault != Fault.FAIL || mayFail;
    }
  }

  private final VirtualTimeLoop loop;
  private final Step test;
  private final Fault fault;
  private final Set<Integer> taken;
  private final Function<String, Throwable> failures;
  private final List<Occasion> occasions = new ArrayList<>();
  private final List<Throwable> injected = new ArrayList<>();

  /** The task that waits for the timers to come first, and for how many passes more. */
  private @Nullable Task<?> late;

  private int passes;

  /**
   * The faults of one run.
   *
   * @param taken the numbers of the occasions that are taken
   * @param failures makes what is injected as a failure
   */
  Injection(
      VirtualTimeLoop loop,
      Step test,
      Fault fault,
      Set<Integer> taken,
      Function<String, Throwable> failures) {
    this.loop = loop;
    this.test = test;
    this.fault = fault;
    this.taken = taken;
    this.failures = failures;
  }

  /** All of them, whether taken or not. */
  List<Occasion> occasions() {
    return occasions;
  }

  @Override
  public @Nullable Throwable beforeResume(Task<?> task) {
    if (task == late) {
      passes--;
      late = passes == 0 ? null : task;
      return passes == 0 ? null : LATER;
    }
    List<StackTraceElement> stack = task.getStack();
    List<StackTraceElement> ofUser = RuntimeFrames.without(stack);
    if (ofUser.isEmpty() || isOfTest(ofUser.get(ofUser.size() - 1))) {
      return null;
    }
    int number = occasions.size();
    if (number == MOST) {
      return new IllegalStateException(
          "the test goes on at resume points for the " + MOST + "th time: make it shorter.");
    }
    Occasion occasion = new Occasion(ofUser, mayFail(stack.get(stack.size() - 1)));
    occasions.add(occasion);
    return taken.contains(number) ? inject(task, occasion) : null;
  }

  private @Nullable Throwable inject(Task<?> task, Occasion occasion) {
    switch (fault) {
      case CANCEL -> task.cancel();
      case TIMEOUT -> {
        loop.advance(PAST_EVERY_DEADLINE);
        loop.limitTime(test.timeout().orElse(null));
        late = task;
        passes = PASSES_OF_TIMERS;
        return LATER;
      }
      case FAIL -> {
        Throwable failure = failures.apply("injected at " + occasion.point());
        injected.add(failure);
        return failure;
      }
    }
    return null;
  }

  private boolean isOfTest(StackTraceElement frame) {
    Method method = test.method();
    return frame.getClassName().equals(method.getDeclaringClass().getName())
        && frame.getMethodName().equals(method.getName());
  }

  /** A lock or the children of a group are waited for, and never fail themselves. */
  private static boolean mayFail(StackTraceElement innermost) {
    return !RuntimeFrames.isOne(innermost)
        || innermost.getMethodName().equals("sleep")
        || innermost.getClassName().startsWith("io.fermata.net.");
  }

  /** Whether a failure was injected. */
  boolean isInjected(Throwable failure) {
    return injected.contains(failure);
  }
}
