package io.fermata;

import org.jspecify.annotations.Nullable;

/** A promise for the end of another one, whatever it ends with. */
final class Ending implements PromiseCallback {
  private final Promise<@Nullable Void> ended;

  private Ending(Promise<@Nullable Void> ended) {
    this.ended = ended;
  }

  static Promise<@Nullable Void> of(Promise<?> promise) {
    Ending ending = new Ending(promise.loop.createPromise());
    promise.addCallback(ending);
    return ending.ended;
  }

  @Override
  public void onDone(Promise<?> promise) {
    ended.completeIfPending();
  }

  @Override
  public Promise<?> waiter() {
    return ended;
  }
}
