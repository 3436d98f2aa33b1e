package io.fermata.processor.ir;

/**
 * A place in the user's file.
 *
 * @param line counted from 1; 0 for code that has no line
 * @param text the source there, on one line, for comments in the generated code
 */
public record Span(int line, String text) {

  /** Code that stands nowhere in the source. */
  public static final Span NONE = new Span(0, "");
}
