/** A public code base whose methods are made coroutines, and do what they did. */
@NullMarked
package io.fermata.conformance.realcode;

import org.jspecify.annotations.NullMarked;
