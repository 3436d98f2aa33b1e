/**
 * The network of {@code io.fermata.testing.SimulatedNetwork}: hosts, routes between them, and
 * sockets that exist in memory only. Time comes from the loop that runs, chance from one seed;
 * there is no thread, no selector and no socket of the system's.
 *
 * <p>Sockets behave as those of Linux do, to the message of what they throw: {@code
 * SimulatedSocketsTest} compares the two.
 *
 * <p>Nothing outside the runtime may call it.
 */
@NullMarked
package io.fermata.internal.net.simulated;

import org.jspecify.annotations.NullMarked;
