package io.fermata.junit;

import io.fermata.testing.TimeLimitException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A method that JUnit calls for a test: the test itself, or what runs before or after it.
 *
 * @param method the method; a template, if it is a coroutine
 * @param twin what runs in its place, if it is one
 * @param timeout how long it may take; also in virtual time
 */
record Step(Method method, Optional<Twin> twin, Optional<Duration> timeout) {

  static Step of(Method method, ExtensionContext context, boolean isTest) {
    Optional<Twin> twin = Twin.of(method);
    if (twin.isEmpty() && AnnotationSupport.isAnnotated(method, CoroutineTest.class)) {
      throw new ExtensionConfigurationException(
          method.getName()
              + " has no twin in "
              + Twin.className(method.getDeclaringClass())
              + ": the Fermata processor did not run over the tests. Name"
              + " io.fermata:fermata-processor in Maven's <annotationProcessorPaths> or Gradle's"
              + " testAnnotationProcessor configuration.");
    }
    return new Step(method, twin, Settings.timeout(method, isTest, context));
  }

  static Step of(
      ReflectiveInvocationContext<Method> called, ExtensionContext context, boolean isTest) {
    return of(called.getExecutable(), context, isTest);
  }

  /** {@code pays()}. */
  String name() {
    return method.getName() + "()";
  }

  boolean isCoroutine() {
    return twin.isPresent();
  }

  /** Runs it, on the loop of the run if it is a coroutine. */
  @Nullable Object run(CoroutineRun run, @Nullable Object target, List<?> arguments)
      throws TimeoutException {
    if (twin.isEmpty()) {
      return ReflectionSupport.invokeMethod(method, target, arguments.toArray());
    }
    try {
      return run.run(twin.get().create(target, arguments), name(), timeout);
    } catch (TimeLimitException e) {
      throw (TimeoutException) new TimeoutException(name() + ": " + e.getMessage()).initCause(e);
    }
  }
}
