/**
 * About the least that coroutines can cost on a JVM: a state machine and a loop written by hand,
 * without failures, cancellation, context or checks of any kind. A yardstick, and nothing to use.
 */
@NullMarked
package io.fermata.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
