/**
 * What stands under {@code io.fermata.net}: a network that gives connections, listeners and
 * datagrams without ever blocking. The system's network is one, the simulated one of {@code
 * io.fermata.testing} another; readers, writers and servers are the same classes on both.
 *
 * <p>Nothing outside the runtime may call it.
 */
@NullMarked
package io.fermata.internal.net;

import org.jspecify.annotations.NullMarked;
