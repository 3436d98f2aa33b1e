/** What the runtime's tools show of coroutines in another JVM, in the lines of their source. */
@NullMarked
package io.fermata.conformance.outside;

import org.jspecify.annotations.NullMarked;
