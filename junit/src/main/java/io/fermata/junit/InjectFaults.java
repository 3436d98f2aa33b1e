package io.fermata.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a {@link CoroutineTest} once undisturbed, and once more for each fault at each resume point
 * that the code under test reaches, until one run fails.
 *
 * <pre>{@code
 * @CoroutineTest @InjectFaults({CANCEL, FAIL, TIMEOUT})
 * void theConnectionGoesBackToThePool() {
 *   try {
 *     await(CheckoutAsync.pay(pool));
 *   } finally {
 *     assertEquals(pool.size(), pool.idle());
 *   }
 * }
 * }</pre>
 *
 * <p>A run passes if the code under test gets over the fault, or if the fault, or what was made of
 * it, comes out of the test; it fails with anything else, with an assertion above all, and with
 * what {@link Finding} lists. Resume points that only a fault leads to, as in a {@code catch} or
 * {@code finally}, get one as well.
 *
 * <p>The test method's own resume points are spared. A resume point that several coroutines await,
 * or one several times, counts once for each way that leads to it.
 *
 * <p>A report entry tells the <b>coverage</b>: how many of the resume points of the classes that
 * were met had a fault, and which had none. Where JUnit's configuration parameter {@code
 * fermata.junit.coverage} names a folder, each test has a page there.
 *
 * <p>Each run has a new instance of the test class, as {@link Schedules} tells.
 */
@Documented
@ExtendWith(CoroutineExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface InjectFaults {
  /**
   * What goes wrong.
   *
   * @return the faults, each of which is tried alone
   */
  Fault[] value() default {Fault.CANCEL, Fault.FAIL, Fault.TIMEOUT};

  /**
   * The exception that {@link Fault#FAIL} has thrown. It has a constructor that takes a message, or
   * one that takes nothing.
   *
   * @return its class
   */
  Class<? extends Throwable> failure() default InjectedFailure.class;

  /**
   * Where a fault is injected, as a failure tells: {@code "Checkout.java:31"}.
   *
   * @return a file and line; everywhere, if it is empty
   */
  String at() default "";

  /**
   * The least part of the resume points of the classes that are met which must have had a fault.
   *
   * @return from 0 to 1; the test fails below it
   */
  double coverage() default 0;
}
