package io.fermata.processor.checks;

import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where a piece of code stands, as far as it matters to a resume point.
 *
 * @param code what runs it
 * @param sink the {@code Emitter} or {@code Yielder} parameter of the generator it stands in
 * @param template whether a coroutine stands around it, however far out
 * @param monitor whether it holds a monitor
 */
record Surroundings(Code code, @Nullable Element sink, Template template, Monitor monitor) {

  /** What runs a piece of code. */
  enum Code {
    COROUTINE,
    ASYNC_GENERATOR,
    GENERATOR,
    METHOD,
    INITIALIZER,
    LAMBDA,
    CLASS
  }

  enum Template {
    AROUND,
    NONE
  }

  enum Monitor {
    FREE,
    HELD
  }

  static final Surroundings INITIALIZER =
      new Surroundings(Code.INITIALIZER, null, Template.NONE, Monitor.FREE);
  static final Surroundings METHOD =
      new Surroundings(Code.METHOD, null, Template.NONE, Monitor.FREE);

  static Surroundings coroutine(Code code, @Nullable Element sink) {
    return new Surroundings(code, sink, Template.AROUND, Monitor.FREE);
  }

  boolean hasTemplate() {
    return template == Template.AROUND;
  }

  boolean isCoroutine() {
    return code == Code.COROUTINE || code == Code.ASYNC_GENERATOR;
  }

  /** A plain lambda here. */
  Surroundings lambda() {
    return hasTemplate()
        ? inside(Code.LAMBDA)
        : new Surroundings(code, null, template, Monitor.FREE);
  }

  /** A coroutine lambda here. */
  Surroundings coroutineLambda() {
    return new Surroundings(Code.COROUTINE, null, Template.AROUND, Monitor.FREE);
  }

  /** A method or an initializer of a class that is declared here. */
  Surroundings member(Surroundings ofItsOwn) {
    return hasTemplate() ? inside(Code.CLASS) : ofItsOwn;
  }

  Surroundings holdingMonitor() {
    return new Surroundings(code, sink, template, Monitor.HELD);
  }

  private Surroundings inside(Code inner) {
    return new Surroundings(inner, null, template, Monitor.FREE);
  }
}
