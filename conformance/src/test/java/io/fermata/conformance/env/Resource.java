package io.fermata.conformance.env;

import org.jspecify.annotations.Nullable;

/** A plain resource that notes when it is closed. */
public final class Resource implements AutoCloseable {
  private final Env env;
  private final String name;
  private final @Nullable RuntimeException failure;

  Resource(Env env, String name, @Nullable RuntimeException failure) {
    this.env = env;
    this.name = name;
    this.failure = failure;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    env.trace("close " + name);
    if (failure != null) {
      throw failure;
    }
  }
}
