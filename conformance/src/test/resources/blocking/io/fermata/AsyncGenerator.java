package io.fermata;

public final class AsyncGenerator<T> implements AsyncIterable<T>, AsyncScope {
  private final Handover<T> body;

  AsyncGenerator(Handover<T> body) {
    this.body = body;
  }

  @Override
  public AsyncIterator<T> asyncIterator() {
    return new AsyncIterator<>() {
      @Override
      public Awaitable<Boolean> moveNext() {
        return new ThrowingCoro<>(body::moveNext);
      }

      @Override
      public T current() {
        return body.current();
      }
    };
  }

  @Override
  public Awaitable<?> enter() {
    return Async.completed(null);
  }

  @Override
  public Awaitable<Throwable> exit(Throwable thrown) {
    return new ThrowingCoro<>(
        () -> {
          body.close();
          return thrown;
        });
  }

  @Override
  public void close() {
    body.close();
  }
}
