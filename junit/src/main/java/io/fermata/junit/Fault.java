package io.fermata.junit;

/** What {@link InjectFaults} has go wrong when a task is about to go on. */
public enum Fault {
  /** The task is cancelled. */
  CANCEL,

  /** What the task waits for fails: a sleep, a promise or task of the program, or the network. */
  FAIL,

  /** So much time has passed that every deadline is over. */
  TIMEOUT
}
