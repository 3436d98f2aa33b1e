package io.fermata.internal.net;

/** Who is told that an operation would get on; on the loop's thread. */
public interface ReadyListener {

  /**
   * Something can be done.
   *
   * @param operations of {@link Transport}, or'd
   */
  void ready(int operations);

  /** The loop is being closed; the network closes the socket afterwards. */
  void loopCloses();
}
