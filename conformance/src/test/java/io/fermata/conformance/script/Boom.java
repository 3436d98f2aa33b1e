package io.fermata.conformance.script;

/** The failure that a scenario puts into an awaitable. */
public final class Boom extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Made where {@code name} fails. */
  public Boom(String name) {
    super(name);
  }
}
