/**
 * Public code whose methods are made coroutines: those of one library do what they did, those of
 * many others compile.
 */
@NullMarked
package io.fermata.conformance.realcode;

import org.jspecify.annotations.NullMarked;
