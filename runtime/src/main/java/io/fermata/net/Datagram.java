package io.fermata.net;

import java.net.SocketAddress;
import java.util.Objects;

/**
 * A datagram that was received.
 *
 * @param data its bytes, a fresh array of the receiver's
 * @param sender who sent it
 */
@SuppressWarnings("ArrayRecordComponent") // the array is the receiver's, as that of read is
public record Datagram(byte[] data, SocketAddress sender) {

  /**
   * A datagram that was received.
   *
   * @param data its bytes
   * @param sender who sent it
   */
  public Datagram {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(sender, "sender");
  }
}
