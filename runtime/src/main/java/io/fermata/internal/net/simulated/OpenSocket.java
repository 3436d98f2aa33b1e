package io.fermata.internal.net.simulated;

/** A socket that somebody has, and is to close. */
interface OpenSocket {

  /** Whose it is. */
  Machine machine();

  /** What it is and what it has, in a line. */
  String description();

  /** Its loop is closed: tells its listener, and closes it. */
  void loopCloses();

  /** What it is for, as its listener tells it. */
  String purpose();
}
