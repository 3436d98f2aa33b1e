/**
 * The soak program: everything that a long-lived service does, by the hundred thousand, in a small
 * heap and beside a task that never lets the loop come to rest.
 */
@NullMarked
package io.fermata.conformance.soak;

import org.jspecify.annotations.NullMarked;
