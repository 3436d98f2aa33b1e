package io.fermata.junit;

import io.fermata.EventLoop;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * What JUnit meant to call once, to be called in each run.
 *
 * @param step the method
 * @param target JUnit's instance; null for a static method
 * @param arguments its arguments, with any loop in place of the run's
 */
record RecordedCall(Step step, @Nullable Object target, List<@Nullable Object> arguments) {

  static RecordedCall of(
      ReflectiveInvocationContext<Method> called, ExtensionContext context, boolean isTest) {
    return new RecordedCall(
        Step.of(called, context, isTest), called.getTarget().orElse(null), called.getArguments());
  }

  /** Calls it, on the run's loop and one of its instances. */
  void replay(CoroutineRun run, Instances instances, List<Object> renewed) throws TimeoutException {
    List<@Nullable Object> own = new ArrayList<>(arguments);
    own.replaceAll(each -> each instanceof EventLoop ? run.loop() : each);
    step.run(run, instances.counterpart(target, renewed), own);
  }
}
