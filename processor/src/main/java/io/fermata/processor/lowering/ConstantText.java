package io.fermata.processor.lowering;

/** Writes the value of a compile-time constant as Java source. */
final class ConstantText {

  private ConstantText() {}

  static String of(Object value) {
    if (value instanceof String text) {
      return quoted(text, '"');
    }
    if (value instanceof Character c) {
      return quoted(String.valueOf(c), '\'');
    }
    if (value instanceof Long number) {
      return number + "L";
    }
    if (value instanceof Float number) {
      return ofFloat(number);
    }
    if (value instanceof Double number) {
      return ofDouble(number);
    }
    if (value instanceof Byte || value instanceof Short) {
      String type = value instanceof Byte ? "byte" : "short";
      return "(" + type + ") " + value;
    }
    return value.toString();
  }

  private static String ofFloat(float number) {
    if (Float.isNaN(number)) {
      return "(0f / 0f)";
    }
    return Float.isInfinite(number) ? "(" + (number > 0 ? "1f" : "-1f") + " / 0f)" : number + "f";
  }

  private static String ofDouble(double number) {
    if (Double.isNaN(number)) {
      return "(0d / 0d)";
    }
    return Double.isInfinite(number) ? "(" + (number > 0 ? "1d" : "-1d") + " / 0d)" : number + "d";
  }

  private static String quoted(String text, char quote) {
    StringBuilder out = new StringBuilder().append(quote);
    for (int i = 0; i < text.length(); i++) {
      out.append(escaped(text.charAt(i), quote));
    }
    return out.append(quote).toString();
  }

  private static String escaped(char c, char quote) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\\' -> "\\\\";
      default ->
          c == quote
              ? "\\" + c
              : c < 0x20 || c > 0x7e ? String.format("\\u%04x", (int) c) : String.valueOf(c);
    };
  }
}
