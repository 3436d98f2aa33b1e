package io.fermata.conformance.env;

import io.fermata.AsyncScope;
import io.fermata.Awaitable;
import io.fermata.conformance.script.Boom;
import org.jspecify.annotations.Nullable;

/** A scope that notes when it is entered and left, and waits at both. */
public final class Scope implements AsyncScope {

  /** What {@code exit} makes of a throwable. */
  public enum Manner {
    /** Gives it back. */
    QUIET,
    /** Gives null. */
    SWALLOWS,
    /** Gives another. */
    REPLACES,
    /** Fails itself. */
    FAILS
  }

  private final Env env;
  private final String name;
  private final Manner manner;

  Scope(Env env, String name, Manner manner) {
    this.env = env;
    this.name = name;
    this.manner = manner;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  @Override
  public Awaitable<?> enter() {
    env.trace("enter " + name);
    return env.value("enter " + name, name);
  }

  @Override
  @SuppressWarnings("NullAway") // it does not infer a nullable type argument here
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    env.trace("exit " + name, thrown);
    Boom other = new Boom("exit " + name);
    return switch (manner) {
      case QUIET -> env.value("left " + name, thrown);
      case SWALLOWS -> env.value("left " + name, null);
      case REPLACES -> env.value("left " + name, other);
      case FAILS -> env.failing("left " + name, other, other);
    };
  }
}
