package io.fermata.processor.ecj;

import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** A source file with the text that ECJ compiles, which in an editor need not have been saved. */
final class EcjSource extends SimpleJavaFileObject {

  private final String className;
  private final String text;

  /**
   * A source file.
   *
   * @param className of a top-level class in it
   */
  EcjSource(URI uri, String className, String text) {
    super(uri, Kind.SOURCE);
    this.className = className;
    this.text = text;
  }

  /** The qualified name of a top-level class in it. */
  String className() {
    return className;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }

  /** The line of a position, from 1 on. */
  int line(int position) {
    int line = 1;
    for (int next = nextLine(0); next >= 0 && next <= position; next = nextLine(next)) {
      line++;
    }
    return line;
  }

  /** The column of a position, from 1 on. */
  int column(int position) {
    int start = 0;
    for (int next = nextLine(0); next >= 0 && next <= position; next = nextLine(next)) {
      start = next;
    }
    return position - start + 1;
  }

  /** The position of the last character of the word that begins at a position. */
  int lastOfWord(int start) {
    int last = start;
    while (last + 1 < text.length() && Character.isJavaIdentifierPart(text.charAt(last + 1))) {
      last++;
    }
    return last;
  }

  /** Where the line after the one of a position begins, -1 if it is the last one. */
  private int nextLine(int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return i + 1;
      }
      if (c == '\r') {
        return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
      }
    }
    return -1;
  }
}
