package io.fermata.junit;

import io.fermata.EventLoop;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The methods that run after a test, which JUnit has not called yet when the test runs again. */
final class AfterEachMethods {
  private final ExtensionContext context;

  /** Those of each class, outermost class first. */
  private final List<List<Step>> steps = new ArrayList<>();

  AfterEachMethods(ExtensionContext context) {
    this.context = context;
    for (Object each : context.getRequiredTestInstances().getAllInstances()) {
      steps.add(
          AnnotationSupport.findAnnotatedMethods(
                  each.getClass(), AfterEach.class, HierarchyTraversalMode.BOTTOM_UP)
              .stream()
              .map(method -> Step.of(method, context, false))
              .toList());
    }
  }

  /** Runs all of them, innermost class first; gives the first failure, with the others in it. */
  @Nullable Throwable run(CoroutineRun run, List<Object> instances, @Nullable Throwable failure) {
    Throwable first = failure;
    for (int i = steps.size() - 1; i >= 0; i--) {
      for (Step each : steps.get(i)) {
        try {
          run(each, run, instances.get(i));
        } catch (Throwable t) {
          if (first == null) {
            first = t;
          } else if (first != t) {
            first.addSuppressed(t);
          }
        }
      }
    }
    return first;
  }

  private void run(Step step, CoroutineRun run, Object instance) throws Exception {
    Method method = step.method();
    List<Class<?>> parameters = Arrays.asList(method.getParameterTypes());
    if (List.of(EventLoop.class, VirtualTimeLoop.class).containsAll(parameters)) {
      step.run(run, instance, Collections.nCopies(parameters.size(), run.loop()));
    } else if (!step.isCoroutine()) {
      context.getExecutableInvoker().invoke(method, instance);
    } else {
      throw new ExtensionConfigurationException(
          method.getName()
              + " is a coroutine, and has parameters that can't be had for each run: take them in"
              + " a @BeforeEach method, and keep them in fields.");
    }
  }
}
