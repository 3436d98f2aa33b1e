package io.fermata.internal;

import org.jspecify.annotations.Nullable;

/** The two things that Java's types can't tell: what a slot holds, and what is thrown through. */
public final class Unchecked {
  private Unchecked() {}

  /** Takes a value for what the reader knows it to be. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  public static <T extends @Nullable Object> T cast(@Nullable Object value) {
    return (T) value;
  }

  /** Throws any throwable as it is; to be written {@code throw sneak(t)}. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <X extends Throwable> RuntimeException sneak(Throwable throwable) throws X {
    throw (X) throwable;
  }
}
