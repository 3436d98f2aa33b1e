package io.fermata.processor.attribution;

import io.fermata.processor.declaration.OwnerClass;
import java.util.List;
import java.util.Map;

/**
 * What came of a nested compile.
 *
 * @param hope whether it is worth while to wait for the next round
 * @param messages for each class in which a coroutine's body has errors, what javac says of them
 */
public record BodyErrors(Map<OwnerClass, List<BodyError>> messages, Hope hope) {

  /** Whether another processor may make what the bodies miss. */
  public enum Hope {
    /** A class or a package is missing. */
    FOR_CLASSES,
    NONE
  }

  /**
   * An error of javac's in the body of a coroutine.
   *
   * @param start in the user's file, -1 if javac has no position
   */
  public record BodyError(String message, int start, int end) {

    /** For a class whose bodies were never looked at: its signatures have errors. */
    public static final BodyError UNKNOWN =
        new BodyError("a type in a signature is not found", 0, 0);
  }

  /** The errors in the bodies of the class. */
  public List<BodyError> of(OwnerClass owner) {
    return messages.getOrDefault(owner, List.of());
  }

  /** Whether the bodies of the class are free of errors. */
  public boolean isEmpty(OwnerClass owner) {
    return of(owner).isEmpty();
  }
}
