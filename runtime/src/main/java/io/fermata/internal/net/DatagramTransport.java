package io.fermata.internal.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A socket for datagrams. Never blocks; for the loop's thread. */
public interface DatagramTransport {

  /**
   * The next datagram, as far as there is room; its sender, or null if none is there.
   *
   * @throws java.net.PortUnreachableException on a connected socket, once per message of the net
   */
  @Nullable SocketAddress receive(ByteBuffer target) throws IOException;

  /**
   * Sends all that remains as one datagram.
   *
   * @param target where to; null on a connected socket
   * @return false if there is no room now; nothing was sent then
   */
  boolean send(ByteBuffer source, @Nullable SocketAddress target) throws IOException;

  /**
   * Gets what is sent to a group from now on.
   *
   * @return leaves the group
   */
  Runnable join(InetAddress group, NetworkInterface through) throws IOException;

  /**
   * What the listener is to be told from now on.
   *
   * @param operations {@link Transport#READ} and {@link Transport#WRITE}, or'd; 0 for nothing
   */
  void interest(int operations);

  /** Ends it. Again: no effect. */
  void close();

  /** This side's address, also after the end. */
  SocketAddress localAddress();
}
