package io.fermata.conformance.env;

/** An enum to switch on. */
public enum Color {
  /** The first. */
  RED,
  /** The second. */
  GREEN,
  /** The third. */
  BLUE
}
