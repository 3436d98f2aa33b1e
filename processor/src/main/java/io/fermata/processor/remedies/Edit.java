package io.fermata.processor.remedies;

/**
 * A piece of a file that is to be another.
 *
 * @param start where it starts in the file
 * @param end exclusive; as {@code start} if only something is put in
 * @param text what is to stand there
 */
public record Edit(int start, int end, String text) {

  /** Puts something in. */
  public static Edit insert(int at, String text) {
    return new Edit(at, at, text);
  }

  /** Takes something away. */
  public static Edit delete(int start, int end) {
    return new Edit(start, end, "");
  }

  boolean deletes() {
    return text.isEmpty();
  }

  /** Whether the order of the two would matter, or one would change what the other does. */
  boolean isInWayOf(Edit other) {
    return start == other.start || (start < other.end && other.start < end);
  }
}
