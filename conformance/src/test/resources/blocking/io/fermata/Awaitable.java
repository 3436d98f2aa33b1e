package io.fermata;

public interface Awaitable<T> {
  Promise<T> toPromise();
}
