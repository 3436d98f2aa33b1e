package io.fermata;

/** Runs on the spot. */
public class Task<T> extends Promise<T> {
  Task(Coro<T> coro) {
    this(coro.toPromise());
  }

  private Task(Promise<T> done) {
    super(done.isCancelled() || done.exception() != null ? null : done.result(),
        done.isCancelled() ? cancelled(done) : done.exception());
  }

  private static Throwable cancelled(Promise<?> promise) {
    try {
      promise.result();
      return null;
    } catch (CancelledError error) {
      return error;
    }
  }

  public boolean cancel() {
    return false;
  }
}
