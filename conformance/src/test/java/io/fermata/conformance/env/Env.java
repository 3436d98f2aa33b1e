package io.fermata.conformance.env;

import io.fermata.Awaitable;
import io.fermata.conformance.script.Boom;
import io.fermata.conformance.script.Description;
import io.fermata.conformance.script.Ending;
import io.fermata.conformance.script.Recorder;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a case gets: awaitables that end as the scenario says, and a trace. */
public final class Env {
  private final Recorder recorder;

  /** For one run. */
  public Env(Recorder recorder) {
    this.recorder = recorder;
  }

  /** Notes {@code event}. */
  public void trace(String event) {
    recorder.trace(event);
  }

  /** Notes a value under a name. */
  public void trace(String name, @Nullable Object value) {
    recorder.trace(name + "=" + Description.of(value));
  }

  /** Notes a caught throwable. */
  public void caught(Throwable thrown) {
    recorder.trace("caught " + Description.of(thrown));
  }

  /** Notes {@code name} and gives {@code value}: shows when an operand is evaluated. */
  public <T extends @Nullable Object> T tag(String name, T value) {
    recorder.trace(name);
    return value;
  }

  /** As {@link #tag} for an int. */
  public int i(String name, int value) {
    recorder.trace(name);
    return value;
  }

  /** As {@link #tag} for a long. */
  public long l(String name, long value) {
    recorder.trace(name);
    return value;
  }

  /** As {@link #tag} for a boolean. */
  public boolean b(String name, boolean value) {
    recorder.trace(name);
    return value;
  }

  /** An awaitable of {@code value}; fails with a {@link Boom} where the scenario says so. */
  public <T extends @Nullable Object> Awaitable<T> value(String name, T value) {
    recorder.trace("?" + name);
    Ending ending = recorder.nextEnding();
    return Awaitables.make(ending, name.hashCode(), name, value, new Boom(name));
  }

  /** As {@link #value}, but fails with an {@link IOException}. */
  public <T extends @Nullable Object> Awaitable<T> file(String name, T value) {
    recorder.trace("?" + name);
    Ending ending = recorder.nextEnding();
    return Awaitables.make(ending, name.hashCode(), name, value, new IOException(name));
  }

  /** An awaitable that always fails with {@code failure}, at once or later. */
  public <T extends @Nullable Object> Awaitable<T> failing(String name, T like, Throwable failure) {
    recorder.trace("?" + name);
    Ending ending = recorder.nextEnding();
    Ending failing =
        ending == Ending.DONE
            ? Ending.FAILED
            : ending == Ending.LATER ? Ending.FAILS_LATER : ending;
    return Awaitables.make(failing, name.hashCode(), name, like, failure);
  }

  /** As {@link #value}, as a stage. */
  public <T extends @Nullable Object> CompletionStage<T> stage(String name, T value) {
    recorder.trace("?" + name);
    return Awaitables.stage(recorder.nextEnding(), name, value, new Boom(name));
  }

  /** An exception to throw. */
  public Boom boom(String name) {
    recorder.trace("new " + name);
    return new Boom(name);
  }

  /** A plain resource: notes that it is opened and closed. */
  public Resource resource(String name) {
    recorder.trace("open " + name);
    return new Resource(this, name, null);
  }

  /** A plain resource whose {@code close} fails. */
  public Resource badResource(String name) {
    recorder.trace("open " + name);
    return new Resource(this, name, new Boom("close " + name));
  }

  /** A scope whose {@code enter} and {@code exit} wait. */
  public Scope scope(String name) {
    recorder.trace("make " + name);
    return new Scope(this, name, Scope.Manner.QUIET);
  }

  /** A scope that behaves as {@code manner} says. */
  public Scope scope(String name, Scope.Manner manner) {
    recorder.trace("make " + name);
    return new Scope(this, name, manner);
  }

  /** A scope that may fail with an {@link IOException}. */
  public FileScope fileScope(String name) {
    return fileScope(name, FileScope.Fault.NONE);
  }

  /** A scope that fails with an {@link IOException} where {@code fault} says so. */
  public FileScope fileScope(String name, FileScope.Fault fault) {
    recorder.trace("make " + name);
    return new FileScope(this, name, fault);
  }
}
