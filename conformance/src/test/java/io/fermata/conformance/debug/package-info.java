/** What a debugger shows of coroutines. */
@NullMarked
package io.fermata.conformance.debug;

import org.jspecify.annotations.NullMarked;
