/** What tests of coroutines cost. */
@NullMarked
package io.fermata.benchmarks.testing;

import org.jspecify.annotations.NullMarked;
