package io.fermata.conformance.env;

import io.fermata.Awaitable;
import io.fermata.ThrowingScope;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A scope whose entering and leaving may fail with an {@link IOException}, which javac sees. */
public final class FileScope implements ThrowingScope<IOException> {

  /** Where it fails. */
  public enum Fault {
    /** Nowhere, unless the scenario has an awaitable fail. */
    NONE,
    /** When it is entered. */
    ENTER,
    /** When it is left. */
    EXIT,
    /** Gives a failure in the place of what the block threw. */
    REPLACES
  }

  private final Env env;
  private final String name;
  private final Fault fault;

  FileScope(Env env, String name, Fault fault) {
    this.env = env;
    this.name = name;
    this.fault = fault;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  @Override
  public Awaitable<?> enter() {
    env.trace("enter " + name);
    return fault == Fault.ENTER
        ? env.failing("enter " + name, name, new FileNotFoundException(name))
        : env.file("enter " + name, name);
  }

  @Override
  @SuppressWarnings("NullAway") // it does not infer a nullable type argument here
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    env.trace("exit " + name, thrown);
    IOException failure = new IOException("exit " + name);
    return switch (fault) {
      case EXIT -> env.failing("left " + name, failure, failure);
      case REPLACES -> env.file("left " + name, failure);
      default -> env.file("left " + name, thrown);
    };
  }
}
