package io.fermata.net;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test of what the simulated network has not; only the real one runs it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsKernel.Condition.class)
@interface NeedsKernel {

  /** Why. */
  String value();

  /** Leaves it out of the tests on the simulated network. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      NeedsKernel why = context.getRequiredTestMethod().getAnnotation(NeedsKernel.class);
      return context.getRequiredTestClass().isAnnotationPresent(OnSimulation.class)
          ? ConditionEvaluationResult.disabled(why.value())
          : ConditionEvaluationResult.enabled("on the system's network");
    }
  }
}
