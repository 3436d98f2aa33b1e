package io.fermata.processor.diagnostics;

/**
 * A coroutine's use of what is private.
 *
 * @param type the class that declares the member, or the class itself, by its qualified name
 * @param member the field's name, or the key of the method or constructor; empty for the class
 * @param coroutine {@code Counter.countTo}
 * @param line the user's, counted from 1
 */
public record MemberUse(String type, String member, String coroutine, int line) {

  /** The private class of this name. */
  public static MemberUse ofType(String type, String coroutine, int line) {
    return new MemberUse(type, "", coroutine, line);
  }
}
