package io.fermata.processor.lowering;

/** Finds where the name of a variable stands in its declaration, which javac does not tell. */
final class NamePosition {

  private final CharSequence source;

  NamePosition(CharSequence source) {
    this.source = source;
  }

  /** The last place where {@link #find} finds {@code name}; -1 if there is none. */
  int findLast(String name, int from, int end) {
    int last = -1;
    for (int at = find(name, from, end); at >= 0; at = find(name, at + 1, end)) {
      last = at;
    }
    return last;
  }

  /**
   * The first place from {@code from} on, before {@code end}, where {@code name} stands as a word
   * of its own outside comments; -1 if there is none.
   */
  int find(String name, int from, int end) {
    int at = from;
    while (at < end) {
      char c = source.charAt(at);
      if (startsWith("//", at)) {
        at = skipTo("\n", at + 2, end);
      } else if (startsWith("/*", at)) {
        at = skipTo("*/", at + 2, end);
      } else if (c == '"' || c == '\'') {
        at = skipLiteral(at, end);
      } else if (Character.isJavaIdentifierStart(c)) {
        int wordEnd = at + 1;
        while (wordEnd < end && Character.isJavaIdentifierPart(source.charAt(wordEnd))) {
          wordEnd++;
        }
        if (source.subSequence(at, wordEnd).toString().equals(name)) {
          return at;
        }
        at = wordEnd;
      } else {
        at++;
      }
    }
    return -1;
  }

  /** The first opening brace from {@code from} on that stands in no comment. */
  int findBrace(int from, int end) {
    int at = from;
    while (at < end && source.charAt(at) != '{') {
      if (startsWith("//", at)) {
        at = skipTo("\n", at + 2, end);
      } else if (startsWith("/*", at)) {
        at = skipTo("*/", at + 2, end);
      } else {
        at++;
      }
    }
    return at;
  }

  private boolean startsWith(String prefix, int at) {
    return at + prefix.length() <= source.length()
        && source.subSequence(at, at + prefix.length()).toString().equals(prefix);
  }

  private int skipTo(String mark, int from, int end) {
    int at = from;
    while (at < end && !startsWith(mark, at)) {
      at++;
    }
    return Math.min(end, at + mark.length());
  }

  private int skipLiteral(int from, int end) {
    if (startsWith("\"\"\"", from)) {
      int at = from + 3;
      while (at < end && !startsWith("\"\"\"", at)) {
        at += source.charAt(at) == '\\' ? 2 : 1;
      }
      return Math.min(end, at + 3);
    }
    char quote = source.charAt(from);
    int at = from + 1;
    while (at < end && source.charAt(at) != quote) {
      at += source.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(end, at + 1);
  }
}
