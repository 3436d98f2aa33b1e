package io.fermata.junit;

import io.fermata.Coroutine;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is a coroutine: JUnit's {@link Test} and {@link Coroutine} in one.
 *
 * <pre>{@code
 * class CheckoutTest {
 *   @CoroutineTest
 *   void retriesUntilTheBankAnswers() {
 *     Task<Receipt> receipt = createTask(CheckoutAsync.pay(bank, order));
 *     await(sleep(ofMinutes(5)));
 *     assertEquals(3, bank.calls());
 *     await(receipt);
 *   }
 * }
 * }</pre>
 *
 * <p><b>Time</b> is virtual, unless the test or its class is marked with {@link RealTime}: it jumps
 * from timer to timer. A parameter of type {@link io.fermata.testing.VirtualTimeLoop} or {@link
 * io.fermata.EventLoop} is the test's loop. JUnit's {@link org.junit.jupiter.api.Timeout} at the
 * test or its class counts virtual time as well as real.
 *
 * <p><b>Before and after.</b> Methods with JUnit's {@code @BeforeEach} and {@code @AfterEach} that
 * are annotated with {@link Coroutine} run on the same loop, and its time goes on.
 *
 * <p><b>What fails it</b>, besides what it throws, is what {@link Finding} lists: tasks that it
 * leaves running, failures that nobody has looked at, and more. {@link Tolerate} lets some of them
 * pass.
 *
 * <p>The test is a template, as all coroutines are: it must not be private, and what it uses must
 * not be, either.
 *
 * @see CoroutineExtension
 */
@Documented
@Coroutine
@Test
@ExtendWith(CoroutineExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface CoroutineTest {}
