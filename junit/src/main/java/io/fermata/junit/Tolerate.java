package io.fermata.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets findings pass that would fail a test of coroutines: {@code @Tolerate(TASK_LEFT_RUNNING)}. At
 * a class it holds for all its tests and those of its nested classes; the one nearest to a test
 * counts alone.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Tolerate {
  /**
   * What does not fail the test.
   *
   * @return the findings; none to undo what stands at the class
   */
  Finding[] value();
}
