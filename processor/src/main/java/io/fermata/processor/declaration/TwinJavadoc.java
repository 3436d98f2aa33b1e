package io.fermata.processor.declaration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comment of a coroutine as that of its twin, which takes other parameters, returns another
 * type, throws nothing, and stands in a file with other imports.
 *
 * <p>So there are words for {@code self}, for the type parameters of the class and for the
 * coroutine that is returned; what is thrown is told in the description; and a link to what the
 * twin's file may not see is plain code.
 */
final class TwinJavadoc {

  private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(\\w[\\w.-]*)");
  private static final Pattern NAMED = Pattern.compile("^(<?[\\w$]+>?)(.*)", Pattern.DOTALL);
  private static final Pattern REFERENCE =
      Pattern.compile("^([\\w.$]*(?:#[\\w$]+)?(?:\\([^)]*\\))?)(.*)", Pattern.DOTALL);

  private final String owner;
  private final StringBuilder description = new StringBuilder();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final List<String> others = new ArrayList<>();
  private String returned = "the coroutine";

  private TwinJavadoc(String owner) {
    this.owner = owner;
  }

  /** The comment of a twin's method, from that of the coroutine. */
  static String of(String comment, CoroutineMethod method) {
    TwinJavadoc twin = new TwinJavadoc(String.join(".", method.owner().names()));
    method.typeParameters().forEach(each -> twin.parameters.put("<" + each.name() + ">", ""));
    method
        .self()
        .ifPresent(each -> twin.parameters.put(each.name(), "the object that runs the coroutine"));
    method.parameters().forEach(each -> twin.parameters.put(each.name(), ""));
    method.self().ifPresent(each -> twin.classParameters(each.type()));
    twin.read(comment);
    return twin.text();
  }

  /** The type parameters of the class are told there. */
  private void classParameters(TypeRef self) {
    if (self instanceof TypeRef.Declared type) {
      if (type.outer() != null) {
        classParameters(type.outer());
      }
      for (TypeRef each : type.arguments()) {
        if (each instanceof TypeRef.Variable variable) {
          parameters.computeIfPresent(
              "<" + variable.name() + ">", (name, text) -> "as in {@link " + owner + "}");
        }
      }
    }
  }

  private void read(String comment) {
    Matcher tag = BLOCK_TAG.matcher(comment);
    int start = 0;
    String name = "";
    while (tag.find()) {
      add(name, comment.substring(start, tag.start()));
      name = tag.group(1);
      start = tag.end();
    }
    add(name, comment.substring(start));
  }

  private void add(String tag, String raw) {
    String text = withoutLinks(raw).strip();
    switch (tag) {
      case "" -> description.append(text);
      case "param" -> parameter(text);
      case "return" -> returned = "the coroutine, which gives " + text;
      case "throws", "exception" -> thrown(text);
      case "see" -> {
        // What it names may be out of sight of the twin's file.
      }
      default -> others.add("@" + tag + (text.isEmpty() ? "" : " " + text));
    }
  }

  private void parameter(String text) {
    Matcher named = NAMED.matcher(text);
    if (named.matches()) {
      parameters.computeIfPresent(named.group(1), (name, none) -> named.group(2).strip());
    }
  }

  private void thrown(String text) {
    Matcher reference = REFERENCE.matcher(text);
    if (reference.matches()) {
      String when = reference.group(2).strip();
      description
          .append("\n\n<p>Awaiting it throws {@code ")
          .append(reference.group(1))
          .append(when.isEmpty() ? "}." : "}: ")
          .append(when);
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder(description.toString().strip()).append("\n\n");
    parameters.forEach(
        (name, about) -> {
          if (!about.isEmpty()) {
            text.append("@param ").append(name).append(' ').append(about).append('\n');
          }
        });
    text.append("@return ").append(returned).append('\n');
    others.forEach(each -> text.append(each).append('\n'));
    return text.toString();
  }

  // Inline tags

  private String withoutLinks(String text) {
    StringBuilder result = new StringBuilder();
    int at = 0;
    for (int open = text.indexOf("{@"); open >= 0; open = text.indexOf("{@", at)) {
      int close = closing(text, open);
      result.append(text, at, open).append(inline(text.substring(open + 2, close)));
      at = Math.min(close + 1, text.length());
    }
    return result.append(text.substring(at)).toString();
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return text.length();
  }

  private String inline(String tag) {
    String[] parts = tag.split("\\s+", 2);
    String content = parts.length < 2 ? "" : parts[1];
    return switch (parts[0]) {
      case "link" -> link(content, "{@code ", "}");
      case "linkplain" -> link(content, "", "");
      case "value" -> "{@code " + content.replace("#", "") + "}";
      case "inheritDoc" -> "";
      case "return" -> "Gives " + content + ".";
      default -> "{@" + tag + "}";
    };
  }

  /** A member of the class itself is known in the twin's file, and types named there may not be. */
  private String link(String content, String open, String close) {
    Matcher reference = REFERENCE.matcher(content.strip());
    if (!reference.matches()) {
      return open + content + close;
    }
    String target = reference.group(1);
    String label = reference.group(2).strip();
    if (target.matches("#[\\w$]+")) {
      String shown = label.isEmpty() ? target.substring(1) : label;
      return "{@link " + owner + target + " " + shown + "}";
    }
    String shown = target.startsWith("#") ? target.substring(1) : target.replace('#', '.');
    return open + (label.isEmpty() ? shown : label) + close;
  }
}
