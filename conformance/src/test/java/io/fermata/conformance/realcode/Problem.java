package io.fermata.conformance.realcode;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * An error of a compile.
 *
 * @param file the name of a source, the whole path of a generated file, or nothing
 * @param position where it stands in the file's text
 * @param code the line of the file
 */
record Problem(String file, long position, long line, String message, String code) {

  private static final Pattern LINES = Pattern.compile("\\(lines? ([\\d, ]+)\\)");

  static Problem of(Diagnostic<? extends JavaFileObject> diagnostic) {
    JavaFileObject file = diagnostic.getSource();
    return new Problem(
        file == null ? "" : Javac.nameOf(file),
        diagnostic.getPosition(),
        diagnostic.getLineNumber(),
        diagnostic
            .getMessage(Locale.ROOT)
            .lines()
            .limit(3)
            .map(String::strip)
            .collect(joining(" ")),
        line(file, diagnostic.getLineNumber()));
  }

  /** The lines of the file that the message names: those that use what is private. */
  List<Integer> namedLines() {
    return LINES
        .matcher(message)
        .results()
        .flatMap(each -> Arrays.stream(each.group(1).split(", ")))
        .map(Integer::valueOf)
        .toList();
  }

  private static String line(@Nullable JavaFileObject file, long number) {
    if (file == null || number < 1) {
      return "";
    }
    try {
      String text = file.getCharContent(true).toString();
      return text.lines().skip(number - 1).findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return file + ":" + line + ": " + message + "\n    " + code;
  }
}
