/**
 * What coroutines cost, beside a hand-written state machine and beside others that do the same: a
 * class for each row of the table that {@link io.fermata.benchmarks.Comparison} prints.
 */
@NullMarked
package io.fermata.benchmarks;

import org.jspecify.annotations.NullMarked;
