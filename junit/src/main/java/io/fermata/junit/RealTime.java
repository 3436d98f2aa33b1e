package io.fermata.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The coroutines of a test, or of all tests of a class and of its nested ones, run on the loop that
 * {@link io.fermata.Async#run} takes: for tests of sockets and threads, where the clock matters.
 *
 * <p>That nothing can ever run again goes unnoticed then: give such tests a {@link
 * org.junit.jupiter.api.Timeout}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RealTime {}
