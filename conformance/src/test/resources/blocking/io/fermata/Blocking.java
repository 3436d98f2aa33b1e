package io.fermata;

/** Code that runs to its end. */
public interface Blocking<T> {
  T run() throws Throwable;
}
