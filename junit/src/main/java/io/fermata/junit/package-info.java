/**
 * Tests of coroutines with JUnit: {@link io.fermata.junit.CoroutineTest} runs one in virtual time,
 * {@link io.fermata.junit.Schedules} in many orders, {@link io.fermata.junit.InjectFaults} with a
 * fault at each of its resume points.
 */
@NullMarked
package io.fermata.junit;

import org.jspecify.annotations.NullMarked;
