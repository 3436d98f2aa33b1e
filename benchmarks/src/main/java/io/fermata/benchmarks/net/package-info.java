/**
 * What the network costs, beside a hand-written server, Netty, virtual threads and asyncio. Each
 * {@link io.fermata.benchmarks.net.Peer} is a server in a process of its own on one core; one
 * {@link io.fermata.benchmarks.net.Client} on the other core asks them all by turns. {@link
 * io.fermata.benchmarks.net.NetworkComparison} is the program.
 */
@NullMarked
package io.fermata.benchmarks.net;

import org.jspecify.annotations.NullMarked;
