package io.fermata.junit;

import io.fermata.EventLoop;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test that runs many times: JUnit's calls are noted until it calls the test itself, and then
 * made in each run. To JUnit it is one test all the same.
 */
final class Repetitions {
  private static final Namespace NAMESPACE = Namespace.create(Repetitions.class);

  private final RepeatedRuns runs;
  private final List<RecordedCall> before = new ArrayList<>();
  private final VirtualTimeLoop anyLoop = new VirtualTimeLoop();

  private Repetitions(RepeatedRuns runs) {
    this.runs = runs;
  }

  /** Those of a test; null for one that runs once. */
  static @Nullable Repetitions of(ExtensionContext context) {
    Optional<InjectFaults> faults = find(context, InjectFaults.class);
    Optional<Schedules> schedules =
        faults.isEmpty() && find(context, CoroutineTest.class).isPresent()
            ? Settings.find(context, Schedules.class)
            : find(context, Schedules.class);
    if (schedules.isEmpty() && faults.isEmpty()) {
      return null;
    }
    Store store = context.getStore(NAMESPACE);
    Repetitions repetitions = store.get(context.getUniqueId(), Repetitions.class);
    if (repetitions == null) {
      repetitions = new Repetitions(checked(schedules, faults, context));
      store.put(context.getUniqueId(), repetitions);
    }
    return repetitions;
  }

  /** For tests that JUnit makes several of itself. */
  static void checkNone(ExtensionContext context) {
    of(context); // which refuses all but a @CoroutineTest
  }

  private static <A extends Annotation> Optional<A> find(ExtensionContext context, Class<A> type) {
    return AnnotationSupport.findAnnotation(context.getTestMethod(), type);
  }

  private static RepeatedRuns checked(
      Optional<Schedules> schedules, Optional<InjectFaults> faults, ExtensionContext context) {
    String name = context.getRequiredTestMethod().getName();
    String annotation = schedules.isPresent() ? "@Schedules" : "@InjectFaults";
    if (find(context, CoroutineTest.class).isEmpty()) {
      throw new ExtensionConfigurationException(
          annotation + " stands at " + name + ", which is no @CoroutineTest: make it one.");
    }
    if (schedules.isPresent() && faults.isPresent()) {
      throw new ExtensionConfigurationException(
          "@Schedules and @InjectFaults stand at " + name + ": give each a test of its own.");
    }
    if (!Settings.of(context).isVirtual()) {
      throw new ExtensionConfigurationException(
          annotation + " needs virtual time: take @RealTime away from " + name + ".");
    }
    return schedules.isPresent() ? ScheduledRuns.of(schedules.get()) : new FaultRuns(faults.get());
  }

  /** Stands for the loop of each run, until there is one. */
  EventLoop anyLoop() {
    return anyLoop;
  }

  void addBefore(ReflectiveInvocationContext<Method> called, ExtensionContext context) {
    before.add(RecordedCall.of(called, context, false));
  }

  void run(ReflectiveInvocationContext<Method> called, ExtensionContext context) throws Throwable {
    runs.run(new Attempt(context, before, RecordedCall.of(called, context, true)), context);
  }
}
