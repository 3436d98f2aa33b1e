/** The two worlds in which a case runs: as a coroutine, and blocking, which is the oracle. */
@NullMarked
package io.fermata.conformance.world;

import org.jspecify.annotations.NullMarked;
