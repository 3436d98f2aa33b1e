package io.fermata.internal;

import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON that may stand in a script of a page: what is not ASCII, and each {@code <}, {@code
 * >} and {@code &}, is escaped. Commas come by themselves.
 */
public final class JsonWriter {
  private static final String DIGITS = "0123456789abcdef";

  private final Writer out;
  private boolean first = true;

  /** Writes there, and closes nothing. */
  public JsonWriter(Writer out) {
    this.out = out;
  }

  public JsonWriter open(char bracket) throws IOException {
    separate();
    out.write(bracket);
    first = true;
    return this;
  }

  public JsonWriter close(char bracket) throws IOException {
    out.write(bracket);
    first = false;
    return this;
  }

  /** Begins a member of an object: its value comes next. */
  public JsonWriter name(String name) throws IOException {
    text(name);
    out.write(':');
    first = true;
    return this;
  }

  public JsonWriter number(long number) throws IOException {
    separate();
    out.write(Long.toString(number));
    return this;
  }

  /** A finite number. */
  public JsonWriter number(double number) throws IOException {
    separate();
    out.write(Double.toString(number));
    return this;
  }

  /** Nanoseconds in microseconds. */
  public JsonWriter micros(long nanos) throws IOException {
    separate();
    if (nanos < 0) {
      out.write('-');
    }
    out.write(Long.toString(Math.abs(nanos / 1000)));
    long rest = Math.abs(nanos % 1000);
    if (rest != 0) {
      out.write('.');
      out.write((char) ('0' + rest / 100));
      out.write((char) ('0' + rest / 10 % 10));
      out.write((char) ('0' + rest % 10));
    }
    return this;
  }

  public JsonWriter bool(boolean value) throws IOException {
    separate();
    out.write(Boolean.toString(value));
    return this;
  }

  public JsonWriter text(@Nullable String text) throws IOException {
    separate();
    if (text == null) {
      out.write("null");
      return this;
    }
    out.write('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.write('"');
    return this;
  }

  private void character(char c) throws IOException {
    if (c == '"' || c == '\\') {
      out.write('\\');
      out.write(c);
    } else if (c < ' ' || c > '~' || c == '<' || c == '>' || c == '&') {
      out.write("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        out.write(DIGITS.charAt((c >> shift) & 15));
      }
    } else {
      out.write(c);
    }
  }

  private void separate() throws IOException {
    if (!first) {
      out.write(',');
    }
    first = false;
  }
}
