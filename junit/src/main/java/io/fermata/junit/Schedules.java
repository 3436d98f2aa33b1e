package io.fermata.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a {@link CoroutineTest} many times, each time with what is ready in another order, until one
 * run fails. The orders are the same in each build; a failure tells how to replay its own alone.
 *
 * <pre>{@code
 * @CoroutineTest @Schedules(1000)
 * void noTwoBuyersGetTheLastSeat() { … }
 *
 * @CoroutineTest @Schedules(seed = 516298)                 // one of them
 * @CoroutineTest @Schedules(value = 5000, exhaustive = true)   // all there are, 5000 at most
 * }</pre>
 *
 * <p>At a class it holds for all its {@code @CoroutineTest} methods and those of its nested classes
 * that have neither this annotation nor {@link InjectFaults} themselves.
 *
 * <p>Each run has a new instance of the test class, its {@code @BeforeEach} and {@code @AfterEach}
 * methods, and a loop of its own. What other extensions do for a test they do once; what they have
 * put into fields is put into those of each instance. Coroutines that are never awaited are looked
 * for in the first ten runs.
 */
@Documented
@Inherited
@ExtendWith(CoroutineExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Schedules {
  /**
   * How many orders are tried.
   *
   * @return the number; at most so many, if all are to be tried
   */
  int value() default 1000;

  /**
   * Seeds of orders, which a failure tells.
   *
   * @return what is tried in place of {@link #value} orders
   */
  long[] seed() default {};

  /**
   * Whether all orders are tried, one after the other, the natural one first: for programs of few
   * tasks. They are the orders of all that is ready for the same pass of the loop, tasks as well as
   * callbacks. A report entry tells how many were tried, and whether there are more.
   *
   * @return whether it is so
   */
  boolean exhaustive() default false;

  /**
   * One order out of all, which a failure tells.
   *
   * @return what is tried in place of all orders
   */
  int[] order() default {};
}
