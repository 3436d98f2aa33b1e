/**
 * Finds coroutines used the wrong way, anywhere in the compile. In: the user's classes after
 * javac's own analysis, so that nothing is attributed for the sake of a check; out: faults for the
 * reporter. The driver installs the listener.
 */
@NullMarked
package io.fermata.processor.checks;

import org.jspecify.annotations.NullMarked;
