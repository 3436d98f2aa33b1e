/** Streams and servers on the simulated network, in coroutines that Maven compiles. */
@NullMarked
package io.fermata.conformance.net;

import org.jspecify.annotations.NullMarked;
