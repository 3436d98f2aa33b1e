package io.fermata;

/** Always done: there is no "later" in the blocking world. */
public class Promise<T> implements Awaitable<T> {
  private final T value;
  private final Throwable failure;

  Promise(T value, Throwable failure) {
    this.value = value;
    this.failure = failure;
  }

  static <T> Promise<T> of(Blocking<T> code) {
    try {
      return new Promise<>(code.run(), null);
    } catch (Throwable thrown) {
      return new Promise<>(null, thrown);
    }
  }

  @Override
  public Promise<T> toPromise() {
    return this;
  }

  public boolean isDone() {
    return true;
  }

  public boolean isCancelled() {
    return failure instanceof CancelledError;
  }

  public Throwable exception() {
    if (failure instanceof CancelledError cancelled) {
      throw cancelled;
    }
    return failure;
  }

  public T result() {
    if (failure != null) {
      throw Promise.<RuntimeException>sneaky(failure);
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  static <X extends Throwable> X sneaky(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
