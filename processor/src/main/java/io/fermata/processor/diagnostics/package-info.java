/**
 * What the compiler tells the user: all messages in one place, and the way to the user's line. In:
 * faults found by any pass; out: javac's own errors and warnings.
 */
@NullMarked
package io.fermata.processor.diagnostics;

import org.jspecify.annotations.NullMarked;
