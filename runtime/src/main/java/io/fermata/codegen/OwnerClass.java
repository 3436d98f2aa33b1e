package io.fermata.codegen;

import io.fermata.internal.Suppression;
import java.lang.invoke.MethodHandles;

/**
 * A class that declares static coroutines. The first step of such a coroutine initialises it, as a
 * call of a static method does (JLS 12.4.1). Generated classes have one where initialising the
 * class runs code.
 *
 * <p>Thread-safe.
 */
public final class OwnerClass {
  private final MethodHandles.Lookup lookup;
  private final Class<?> owner;

  /** What the class's initialiser did is seen by every thread that sees this. */
  private volatile boolean isInitialized;

  private OwnerClass(MethodHandles.Lookup lookup, Class<?> owner) {
    this.lookup = lookup;
    this.owner = owner;
  }

  /**
   * {@return the class that declares the coroutines of the class that calls this}
   *
   * @param lookup of the generated class, which can name {@code owner}
   * @param owner the user's class
   */
  public static OwnerClass of(MethodHandles.Lookup lookup, Class<?> owner) {
    return new OwnerClass(lookup, owner);
  }

  /**
   * Initialises the class, unless it is, or this thread is at it.
   *
   * @throws ExceptionInInitializerError if that fails
   * @throws NoClassDefFoundError if it has failed before
   */
  public void initialize() {
    if (!isInitialized) {
      try {
        lookup.ensureInitialized(owner);
      } catch (IllegalAccessException e) {
        throw Suppression.withCause(new IllegalAccessError(e.getMessage()), e);
      }
      isInitialized = true;
    }
  }
}
