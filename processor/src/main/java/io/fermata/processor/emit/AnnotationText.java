package io.fermata.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads annotations from source text, such as {@code @org.foo.Size(min = 1, max = 2)}, so that
 * their types are imported.
 */
final class AnnotationText {
  private static final Pattern NAMED = Pattern.compile("\\s*(\\w+)\\s*=(?!=)(.*)", Pattern.DOTALL);

  private AnnotationText() {}

  static AnnotationSpec parse(String text) {
    String stripped = text.strip();
    int open = stripped.indexOf('(');
    String name = open < 0 ? stripped.substring(1) : stripped.substring(1, open);
    AnnotationSpec.Builder spec = AnnotationSpec.builder(className(name.strip()));
    if (open >= 0) {
      String arguments = stripped.substring(open + 1, stripped.lastIndexOf(')'));
      split(arguments).forEach(argument -> add(argument, spec));
    }
    return spec.build();
  }

  /** Packages in lower case, then classes; what has no such seam is a top-level class. */
  private static ClassName className(String name) {
    String[] names = name.split("\\.");
    int first = 0;
    while (first < names.length - 1 && !Character.isUpperCase(names[first].charAt(0))) {
      first++;
    }
    String packageName = String.join(".", List.of(names).subList(0, first));
    String[] nested = List.of(names).subList(first + 1, names.length).toArray(String[]::new);
    return ClassName.get(packageName, names[first], nested);
  }

  private static void add(String argument, AnnotationSpec.Builder spec) {
    Matcher named = NAMED.matcher(argument);
    if (named.matches()) {
      spec.addMember(named.group(1), "$L", named.group(2).strip());
    } else if (!argument.isBlank()) {
      spec.addMember("value", "$L", argument.strip());
    }
  }

  /** Splits at the commas that stand neither in brackets nor in quotes. */
  private static List<String> split(String arguments) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < arguments.length(); i++) {
      char c = arguments.charAt(i);
      if (c == '"' || c == '\'') {
        i = endOfQuoted(arguments, i);
      } else if (c == '(' || c == '{') {
        depth++;
      } else if (c == ')' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(arguments.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(arguments.substring(start));
    return parts;
  }

  private static int endOfQuoted(String text, int open) {
    int i = open + 1;
    while (i < text.length() && text.charAt(i) != text.charAt(open)) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }
}
