/**
 * What other threads may do to a loop, each against the loop's own thread: the inbox by itself,
 * waking the loop, handing it coroutines, and cancelling. A test's outcomes are told on its class;
 * any other fails it.
 */
@NullMarked
package io.fermata.stress;

import org.jspecify.annotations.NullMarked;
