/**
 * Fault injection: programs over groups, timeouts, locks and queues, in which something goes wrong
 * at every resume point in turn.
 */
@NullMarked
package io.fermata.conformance.faults;

import org.jspecify.annotations.NullMarked;
