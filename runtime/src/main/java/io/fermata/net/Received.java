package io.fermata.net;

import java.net.SocketAddress;

/**
 * What {@link DatagramEndpoint#receiveInto} has put into a buffer.
 *
 * @param count how many bytes
 * @param sender who sent them
 * @param truncated whether the datagram was longer, and its rest is gone
 */
public record Received(int count, SocketAddress sender, boolean truncated) {}
