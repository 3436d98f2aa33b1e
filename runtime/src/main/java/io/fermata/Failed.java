package io.fermata;

import io.fermata.internal.reports.StackTraces;
import io.fermata.internal.reports.ThrowableAccess;

/**
 * What a promise has failed with, and the stack trace that it had then: each who awaits the promise
 * gets the trace that goes on from there, however many they are.
 */
final class Failed {
  final Throwable failure;
  final StackTraceElement[] trace;

  private Failed(Throwable failure) {
    this.failure = failure;
    this.trace = ThrowableAccess.traceOf(failure);
  }

  /** Of what a task has ended with, whose trace is told. */
  static Failed of(Throwable told) {
    return new Failed(told);
  }

  /** Of what the running code hands over. */
  static Failed handedOver(Throwable failure) {
    StackTraces.handedOver(failure);
    return new Failed(failure);
  }
}
