package io.fermata.internal;

/**
 * Suppresses one failure in another, or makes it its cause. The two may be one object, since the
 * JVM throws the same {@link OutOfMemoryError} again and again, and so may a user; {@link
 * Throwable} refuses that with an exception, which would take the failure's place.
 */
public final class Suppression {
  private Suppression() {}

  /** Suppresses {@code other} in {@code primary}, unless they are one and the same. */
  public static void add(Throwable primary, Throwable other) {
    if (primary != other) {
      primary.addSuppressed(other);
    }
  }

  /**
   * Gives {@code made} its cause, and returns it: for exceptions of the JDK that have no
   * constructor with one.
   *
   * @param made newly made, with no cause yet, and so never the cause itself
   */
  public static <X extends Throwable> X withCause(X made, Throwable cause) {
    made.initCause(cause);
    return made;
  }
}
