package io.fermata.conformance.realcode;

/** How many awaits stand in a coroutine. */
enum Awaits {
  /** One before the first statement; the rest is plain code. */
  IN_FRONT("one await in front"),
  /** One before the first statement, and at as many expressions as can take one. */
  EVERYWHERE("awaits everywhere");

  private final String description;

  Awaits(String description) {
    this.description = description;
  }

  @Override
  public String toString() {
    return description;
  }
}
