package io.fermata.internal.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * One side of a connection, without a buffer of its own. Never blocks; for the loop's thread.
 *
 * <pre>
 *  connecting --finishConnect--&gt; open --shutdownOutput--&gt; half-closed
 *      |                          |                          |
 *      +-------close, reset-------+--------------------------+--&gt; closed
 * </pre>
 */
public interface Transport {
  /** There is something to read: data, the end, or a failure. */
  int READ = SelectionKey.OP_READ;

  /** There is room to write, or a failure. */
  int WRITE = SelectionKey.OP_WRITE;

  /** The connect has succeeded or failed. */
  int CONNECT = SelectionKey.OP_CONNECT;

  /** Somebody wants to be accepted. */
  int ACCEPT = SelectionKey.OP_ACCEPT;

  /**
   * Who is told of readiness from now on; nobody at first.
   *
   * @param listener in the place of the one before
   */
  void listener(ReadyListener listener);

  /**
   * Whether the connection stands; false if that is not known yet.
   *
   * @throws java.net.ConnectException and its like, if it can't be had; the transport is then
   *     closed
   */
  boolean finishConnect() throws IOException;

  /**
   * Reads what is there, as far as there is room.
   *
   * @return how many bytes; 0 if nothing is there, -1 at the end
   * @throws IOException if the connection was reset; the data before it are given first
   */
  int read(ByteBuffer target) throws IOException;

  /**
   * Takes as much as there is room for, from the position on.
   *
   * @return how many bytes, 0 for none
   * @throws IOException if the connection was reset, or the peer takes nothing any more
   */
  int write(ByteBuffer source) throws IOException;

  /**
   * What another thread may transfer a file to without being blocked, while nothing is written
   * otherwise; null if what is in files has to be read and written.
   */
  default @Nullable WritableByteChannel fileTarget() {
    return null;
  }

  /** Ends the outgoing side, behind all that was written. */
  void shutdownOutput() throws IOException;

  /** Whether {@link #shutdownOutput} leaves the other direction open. */
  default boolean canShutdownOutput() {
    return true;
  }

  /**
   * What the listener is to be told from now on; that a connect is over, at first.
   *
   * @param operations {@link #READ} and {@link #WRITE}, or'd; 0 for nothing
   */
  void interest(int operations);

  /** Ends the connection; the peer gets all that was written, and the end. Again: no effect. */
  void close();

  /** Ends the connection so that the peer gets a reset. Again, or after close: no effect. */
  void reset();

  /** This side's address, also after the end. */
  SocketAddress localAddress();

  /** The peer's address, also after the end. */
  SocketAddress remoteAddress();
}
