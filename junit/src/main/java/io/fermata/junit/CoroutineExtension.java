package io.fermata.junit;

import io.fermata.EventLoop;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs the methods of tests that are coroutines: wherever JUnit would call the template, its twin
 * runs on the test's loop. {@link CoroutineTest} brings it along. For other tests that are
 * coroutines, and for {@code @BeforeAll}, it is named at the class:
 *
 * <pre>{@code
 * @ExtendWith(CoroutineExtension.class)
 * class PricesTest {
 *   @BeforeEach @Coroutine
 *   void open() { … }
 *
 *   @ParameterizedTest @ValueSource(ints = {1, 2}) @Coroutine
 *   void doubles(int price) { … }
 * }
 * }</pre>
 *
 * <p>Each test has a loop of its own, as {@link CoroutineTest} tells; methods with
 * {@code @BeforeAll} and {@code @AfterAll} share another one. Methods that are no coroutines are
 * called as ever.
 */
public final class CoroutineExtension
    implements InvocationInterceptor, ParameterResolver, AfterEachCallback, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(CoroutineExtension.class);

  /** For JUnit. */
  public CoroutineExtension() {}

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    Repetitions repetitions = Repetitions.of(context);
    if (repetitions == null) {
      intercept(invocation, called, context, true);
    } else {
      invocation.skip();
      repetitions.run(called, context);
    }
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    Repetitions.checkNone(context);
    intercept(invocation, called, context, true);
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the factory's own type
  public <T> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    Repetitions.checkNone(context);
    return (T) intercept(invocation, called, context, true);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    Repetitions repetitions = Repetitions.of(context);
    if (repetitions == null) {
      intercept(invocation, called, context, false);
    } else {
      invocation.skip();
      repetitions.addBefore(called, context);
    }
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    if (Repetitions.of(context) == null) {
      intercept(invocation, called, context, false);
    } else {
      invocation.skip();
    }
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    intercept(invocation, called, context, false);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    intercept(invocation, called, context, false);
  }

  private static @Nullable Object intercept(
      Invocation<?> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context,
      boolean isTest)
      throws Throwable {
    Step step = Step.of(called, context, isTest);
    if (!step.isCoroutine()) {
      return invocation.proceed();
    }
    invocation.skip();
    return step.run(runOf(context), called.getTarget().orElse(null), called.getArguments());
  }

  // The loop of a test, or of a class for what runs once for all of its tests.

  private static CoroutineRun runOf(ExtensionContext context) {
    Store store = context.getStore(NAMESPACE);
    CoroutineRun run = store.get(context.getUniqueId(), CoroutineRun.class);
    if (run == null) {
      run = CoroutineRun.of(Settings.of(context));
      store.put(context.getUniqueId(), run);
    }
    return run;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    end(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    end(context);
  }

  private static void end(ExtensionContext context) {
    CoroutineRun run =
        context.getStore(NAMESPACE).remove(context.getUniqueId(), CoroutineRun.class);
    if (run != null) {
      Throwable thrown = context.getExecutionException().orElse(null);
      Findings findings = run.end(thrown);
      if (thrown == null) {
        findings.throwIfAny();
      } else {
        findings.addTo(thrown);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return isLoop(parameter.getParameter()) && parameter.getDeclaringExecutable() instanceof Method;
  }

  private static boolean isLoop(Parameter parameter) {
    return parameter.getType() == EventLoop.class || parameter.getType() == VirtualTimeLoop.class;
  }

  @Override
  public EventLoop resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Repetitions repetitions = Repetitions.of(context);
    EventLoop loop = repetitions == null ? runOf(context).loop() : repetitions.anyLoop();
    if (!parameter.getParameter().getType().isInstance(loop)) {
      throw new ParameterResolutionException(
          "the loop of a test in real time is no VirtualTimeLoop: write EventLoop for "
              + parameter.getParameter()
              + ", or take @RealTime away.");
    }
    return loop;
  }
}
