package io.fermata.benchmarks;

import java.util.OptionalDouble;

/**
 * What one process has told.
 *
 * @param value what the row measures
 * @param bytes those allocated per operation, if they are counted
 * @param result what the work gave: the same for all who do it
 */
record Sample(double value, OptionalDouble bytes, String result) {}
