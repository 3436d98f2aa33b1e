/** Locks and queues in coroutines that Maven compiles with the processor. */
@NullMarked
package io.fermata.conformance.sync;

import org.jspecify.annotations.NullMarked;
