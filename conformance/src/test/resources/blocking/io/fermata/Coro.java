package io.fermata;

public abstract class Coro<T> implements Awaitable<T> {
  private final Blocking<T> body;
  private boolean started;

  Coro(Blocking<T> body) {
    this.body = body;
  }

  @Override
  public Promise<T> toPromise() {
    if (started) {
      throw new IllegalStateException("started twice");
    }
    started = true;
    return Promise.of(body);
  }

  public void close() {
    started = true;
  }
}
