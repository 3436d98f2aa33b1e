package io.fermata;

import java.io.IOException;

/**
 * Who is told that a channel is ready; see {@link EventLoop#watch}.
 *
 * <p><b>Thread.</b> The loop's. It must not block, nor run the loop.
 */
@FunctionalInterface
public interface ReadyHandler {

  /**
   * The channel is ready. As long as it is, and there is interest, this is called once per turn of
   * the loop: do what the channel is ready for, or take the interest back.
   *
   * <p>What this throws goes to the loop's exception handler, and the watch is closed.
   *
   * @param watch whose channel is ready
   * @param operations what it is ready for: those of {@link java.nio.channels.SelectionKey}, or'd
   * @throws IOException whatever the channel fails with
   */
  void ready(ChannelWatch watch, int operations) throws IOException;

  /**
   * The loop is closed although the watch is open: both end now, and the channel is closed behind
   * this call. Does nothing by default.
   *
   * @param watch the watch that ends
   */
  default void loopCloses(ChannelWatch watch) {}
}
