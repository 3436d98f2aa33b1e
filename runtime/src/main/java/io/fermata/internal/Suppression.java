package io.fermata.internal;

/**
 * Suppresses one failure in another. The two may be one object, since the JVM throws the same
 * {@link OutOfMemoryError} again and again, and so may a user; {@link Throwable} refuses that with
 * an exception, which would take the failure's place.
 */
public final class Suppression {
  private Suppression() {}

  /** Suppresses {@code other} in {@code primary}, unless they are one and the same. */
  public static void add(Throwable primary, Throwable other) {
    if (primary != other) {
      primary.addSuppressed(other);
    }
  }
}
