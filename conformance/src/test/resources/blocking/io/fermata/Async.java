package io.fermata;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The functions of the blocking world: {@code await} returns or throws on the spot. */
public final class Async {
  private Async() {}

  public static <T> T await(Awaitable<T> awaitable) {
    return awaitable.toPromise().result();
  }

  public static <T, X extends Throwable> T await(ThrowingCoro<T, X> coro) throws X {
    return coro.toPromise().result();
  }

  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw Promise.<RuntimeException>sneaky(e.getCause());
    } catch (java.util.concurrent.CancellationException e) {
      throw new CancelledError(null);
    }
  }

  public static <T, X extends Throwable> T await(Awaitable<T> awaitable, Class<X> x) throws X {
    return await(awaitable);
  }

  public static <T, X extends Throwable> T await(CompletionStage<T> stage, Class<X> x) throws X {
    return await(stage);
  }

  public static <T, X extends Throwable, Y extends Throwable> T await(
      Awaitable<T> awaitable, Class<X> x, Class<Y> y) throws X, Y {
    return await(awaitable);
  }

  public static <T, X extends Throwable, Y extends Throwable> T await(
      CompletionStage<T> stage, Class<X> x, Class<Y> y) throws X, Y {
    return await(stage);
  }

  public static <T, X extends Throwable> ThrowingCoro<T, X> async(AsyncCallable<T, X> body) {
    return new ThrowingCoro<>(body::call);
  }

  public static <X extends Throwable> ThrowingCoro<Void, X> async(AsyncRunnable<X> body) {
    return new ThrowingCoro<>(
        () -> {
          body.run();
          return null;
        });
  }

  public static Coro<Void> sleep(Duration delay) {
    return new ThrowingCoro<>(() -> null);
  }

  public static <T> Coro<T> sleep(Duration delay, T result) {
    return new ThrowingCoro<>(() -> result);
  }

  public static <T> Task<T> createTask(Coro<T> coro) {
    return new Task<>(coro);
  }

  @SafeVarargs
  public static <T> Promise<List<T>> gather(Awaitable<? extends T>... all) {
    return gather(List.of(all));
  }

  public static <T> Promise<List<T>> gather(Collection<? extends Awaitable<? extends T>> all) {
    List<Promise<? extends T>> done = new ArrayList<>();
    for (Awaitable<? extends T> one : all) {
      done.add(one.toPromise());
    }
    return Promise.of(
        () -> {
          List<T> results = new ArrayList<>();
          for (Promise<? extends T> one : done) {
            results.add(one.result());
          }
          return results;
        });
  }

  public static <T> Promise<T> completed(T value) {
    return new Promise<>(value, null);
  }

  public static <T> Promise<T> failed(Throwable failure) {
    return new Promise<>(null, failure);
  }

  public static <T> Promise<T> ensurePromise(Awaitable<T> awaitable) {
    return awaitable.toPromise();
  }
}
