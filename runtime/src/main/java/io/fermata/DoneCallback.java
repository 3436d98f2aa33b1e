package io.fermata;

import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.ValueText;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A user's callback on a promise, and the context that it runs in. */
final class DoneCallback<T extends @Nullable Object> implements PromiseCallback {
  final Consumer<? super Promise<T>> callback;
  private final Context context;

  DoneCallback(Consumer<? super Promise<T>> callback, Context context) {
    this.callback = callback;
    this.context = context;
  }

  @Override
  public void onDone(Promise<?> promise) {
    callback.accept(Unchecked.<Promise<T>>cast(promise));
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public String toString() {
    return ValueText.of(callback);
  }
}
