package io.fermata;

import org.jspecify.annotations.Nullable;

/** A settled promise and one of its callbacks, standing in the ready queue. */
final class Notification extends Ready {
  private final PromiseCallback callback;
  private final Promise<?> promise;

  /** For observers: whose code has settled the promise. */
  int settledBy;

  Notification(PromiseCallback callback, Promise<?> promise) {
    this.callback = callback;
    this.promise = promise;
  }

  /** Whether the callback is a user's. */
  boolean isOfUser() {
    return callback instanceof DoneCallback;
  }

  @Override
  void run(EventLoop loop) {
    loop.code.callbackContext = callback.context();
    try {
      callback.onDone(promise);
    } catch (Throwable t) {
      fail(loop, t);
    }
  }

  @Override
  void fail(EventLoop loop, Throwable failure) {
    String message = "Exception in callback " + this;
    loop.reports.callbackFailed(
        failure,
        new ExceptionContext(message, failure, null, promise, null, null),
        callback.context());
  }

  @Override
  void abandon() {
    callback.onAbandoned(promise);
  }

  @Override
  @Nullable Context runsIn() {
    return callback.context();
  }

  @Override
  EventLoop loop() {
    return promise.loop;
  }

  @Override
  public String toString() {
    return "done callback " + callback + " of " + promise;
  }
}
