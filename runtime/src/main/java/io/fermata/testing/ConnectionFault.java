package io.fermata.testing;

/**
 * What goes wrong with a connection of a {@link SimulatedNetwork}, by chance; see {@link
 * SimulatedNetwork#faults}.
 */
public enum ConnectionFault {
  /** It is refused. */
  REFUSED,

  /** Nobody answers, as behind a firewall that drops packets. */
  UNANSWERED,

  /** It is reset after some bytes in one of its directions. */
  RESET,

  /** Both sides read the end after some bytes in one of its directions, in a message or not. */
  ENDED
}
