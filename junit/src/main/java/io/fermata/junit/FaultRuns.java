package io.fermata.junit;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.ExceptionGroup;
import io.fermata.junit.Injection.Occasion;
import io.fermata.testing.DeadlockException;
import io.fermata.testing.TimeLimitException;
import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs with a fault at each resume point, and with two where the first one leads to new ones. */
final class FaultRuns implements RepeatedRuns {
  /** The configuration parameter that names a folder for pages. */
  private static final String PAGES = "fermata.junit.coverage";

  private final InjectFaults asked;
  private final FailureMaker failures;

  FaultRuns(InjectFaults asked) {
    this.asked = asked;
    this.failures = new FailureMaker(asked.failure());
  }

  @Override
  public void run(Attempt attempt, ExtensionContext context) throws IOException {
    Injection undisturbed = inject(attempt, Fault.CANCEL, Set.of());
    Coverage coverage = new Coverage(attempt.test().method());
    undisturbed.occasions().forEach(each -> coverage.reached(each.stack()));
    int runs = 0;
    for (Fault fault : asked.value()) {
      runs += runAll(attempt, fault, undisturbed.occasions(), coverage);
    }
    context.publishReportEntry("faults", Integer.toString(runs));
    context.publishReportEntry("resume points", coverage.text());
    writePage(coverage, context);
    coverage.check(asked.coverage());
  }

  /** Into the folder that the build names, if it does. */
  private static void writePage(Coverage coverage, ExtensionContext context) throws IOException {
    Optional<String> folder = context.getConfigurationParameter(PAGES);
    if (folder.isPresent()) {
      String test =
          context.getRequiredTestClass().getName()
              + "."
              + context.getRequiredTestMethod().getName();
      Path file = Path.of(folder.get(), test + ".html");
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, coverage.page("Resume points that " + test + " has reached"));
    }
  }

  private int runAll(Attempt attempt, Fault fault, List<Occasion> first, Coverage coverage) {
    Set<List<StackTraceElement>> planned = new HashSet<>();
    Deque<Set<Integer>> plans = new ArrayDeque<>();
    for (int i = 0; i < first.size(); i++) {
      Occasion each = first.get(i);
      if (each.suits(fault) && isAsked(each) && planned.add(each.stack())) {
        plans.add(Set.of(i));
      }
    }
    first.forEach(each -> planned.add(each.stack()));
    int runs = 0;
    while (!plans.isEmpty()) {
      Set<Integer> plan = plans.remove();
      Injection run = inject(attempt, fault, plan);
      runs++;
      List<Occasion> met = run.occasions();
      met.forEach(each -> coverage.reached(each.stack()));
      plan.stream().filter(i -> i < met.size()).forEach(i -> coverage.hit(met.get(i).stack()));
      for (int i = Collections.max(plan) + 1; i < met.size(); i++) {
        if (met.get(i).suits(fault) && planned.add(met.get(i).stack())) {
          Set<Integer> longer = new TreeSet<>(plan);
          longer.add(i);
          plans.add(longer);
        }
      }
    }
    return runs;
  }

  private boolean isAsked(Occasion occasion) {
    StackTraceElement point = occasion.point();
    return asked.at().isEmpty()
        || asked.at().equals(point.getFileName() + ":" + point.getLineNumber());
  }

  private Injection inject(Attempt attempt, Fault fault, Set<Integer> plan) {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    Injection injection = new Injection(loop, attempt.test(), fault, plan, failures::make);
    Throwable failure =
        attempt.run(loop, injection, thrown -> !plan.isEmpty() && isOf(fault, thrown, injection));
    if (failure != null) {
      throw plan.isEmpty()
          ? Failures.of("fails without a fault", failure, "Mend that first.")
          : Failures.of(describe(fault, plan, injection), failure, replay(fault, plan, injection));
    }
    return injection;
  }

  private static String describe(Fault fault, Set<Integer> plan, Injection injection) {
    return plan.stream()
        .map(i -> fault + " at " + injection.occasions().get(i).point())
        .collect(Collectors.joining(", then ", "fails with ", ""));
  }

  private static String replay(Fault fault, Set<Integer> plan, Injection injection) {
    StackTraceElement first = injection.occasions().get(Collections.min(plan)).point();
    return "Replay it alone with @InjectFaults(value = "
        + fault
        + ", at = \""
        + first.getFileName()
        + ":"
        + first.getLineNumber()
        + "\").";
  }

  /** Whether a failure is what the fault is bound to lead to, and nothing else. */
  private static boolean isOf(Fault fault, Throwable thrown, Injection injection) {
    Predicate<Throwable> isIt =
        switch (fault) {
          case CANCEL -> each -> each instanceof CancelledError;
          case FAIL -> injection::isInjected;
          case TIMEOUT -> each -> each instanceof AsyncTimeoutException;
        };
    Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(thrown, all);
    return all.stream().anyMatch(isIt)
        && all.stream()
            .noneMatch(
                each ->
                    each instanceof AssertionError
                        || each instanceof DeadlockException
                        || each instanceof TimeLimitException);
  }

  private static void collect(@Nullable Throwable thrown, Set<Throwable> all) {
    List<@Nullable Throwable> left = new ArrayList<>();
    left.add(thrown);
    while (!left.isEmpty()) {
      Throwable next = left.remove(left.size() - 1);
      if (next != null && all.add(next)) {
        left.add(next.getCause());
        left.addAll(List.of(next.getSuppressed()));
        if (next instanceof ExceptionGroup group) {
          left.addAll(group.exceptions());
        }
      }
    }
  }
}
