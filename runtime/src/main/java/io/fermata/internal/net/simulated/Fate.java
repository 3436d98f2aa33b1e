package io.fermata.internal.net.simulated;

/** What goes wrong with a connection. */
public enum Fate {
  /** It is refused. */
  REFUSED,
  /** Nobody answers who wants to connect. */
  UNANSWERED,
  /** It is reset at some byte. */
  RESET,
  /** Both sides read the end at some byte. */
  ENDED
}
