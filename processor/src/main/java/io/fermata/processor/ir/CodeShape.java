package io.fermata.processor.ir;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts code into other code with no more parentheses than it takes. */
public final class CodeShape {
  private static final String ARITHMETIC = " +-*/%";

  private CodeShape() {}

  /** The code in parentheses, unless no operator around it could tear it apart. */
  public static Code operand(Code code) {
    return isPrimary(code) ? code : Code.of("(").then(code).then(")");
  }

  /** The opposite of a condition: {@code a} for {@code !a}, {@code a != b} for {@code a == b}. */
  public static Code negated(Code condition) {
    Optional<Code> positive = without("!", condition);
    if (positive.isPresent() && isPrimary(positive.get())) {
      return positive.get();
    }
    return swapped(condition, " == ", " != ")
        .or(() -> swapped(condition, " != ", " == "))
        .orElseGet(() -> Code.of("!").then(operand(condition)));
  }

  private static Optional<Code> without(String start, Code code) {
    if (code.parts().isEmpty()
        || !(code.parts().get(0) instanceof Part.Text first)
        || !first.text().startsWith(start)) {
      return Optional.empty();
    }
    Code rest = new Code(code.parts().subList(1, code.parts().size()));
    return Optional.of(Code.of(first.text().substring(start.length())).then(rest));
  }

  /** With the other operator, if nothing that binds less stands beside it. */
  private static Optional<Code> swapped(Code code, String operator, String other) {
    for (int i = 0; i < code.parts().size(); i++) {
      int at = code.parts().get(i) instanceof Part.Text text ? text.text().indexOf(operator) : -1;
      if (at >= 0) {
        String text = code.parts().get(i).toString();
        Code left = part(code, 0, i).then(text.substring(0, at));
        Code right =
            Code.of(text.substring(at + operator.length()))
                .then(part(code, i + 1, code.parts().size()));
        return consistsOf(ARITHMETIC, left) && consistsOf(ARITHMETIC, right)
            ? Optional.of(left.then(other).then(right))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Code part(Code code, int from, int to) {
    return new Code(code.parts().subList(from, to));
  }

  /**
   * Whether the code is a name, a literal, a call or the like, beyond doubt: outside of brackets
   * and quotes it has nothing but names and dots.
   */
  static boolean isPrimary(Code code) {
    return consistsOf("", code);
  }

  private static boolean consistsOf(String operators, Code code) {
    Scan scan = new Scan(operators);
    return !code.parts().isEmpty()
        && code.parts().stream().allMatch(part -> accepts(part, scan))
        && scan.depth == 0;
  }

  private static boolean accepts(Part part, Scan scan) {
    if (part instanceof Part.Text text) {
      return scan.accepts(text.text());
    } else if (part instanceof Part.Operand operand) {
      return scan.depth > 0
          || operand.expr() instanceof IrExpr.Await
          || (operand.expr() instanceof IrExpr.Plain plain && isPrimary(plain.code()));
    }
    return !(part instanceof Part.Jump);
  }

  /** How deep in brackets the scan of a piece of code is. */
  private static final class Scan {
    private static final List<String> QUOTES = List.of("\"\"\"", "\"", "'");
    private final String operators;
    private int depth;

    Scan(String operators) {
      this.operators = operators;
    }

    boolean accepts(String text) {
      int i = 0;
      while (i < text.length()) {
        char c = text.charAt(i);
        OptionalInt quoted = quotedEnd(text, i);
        if (c == '"' || c == '\'') {
          if (quoted.isEmpty()) {
            return false;
          }
          i = quoted.getAsInt();
        } else if (text.startsWith("//", i) || text.startsWith("/*", i)) {
          return false;
        } else {
          depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
          if (depth < 0 || (depth == 0 && !isPartOfPrimary(text, i))) {
            return false;
          }
          i++;
        }
      }
      return true;
    }

    /** White space only before the dot of a chain of calls. */
    private boolean isPartOfPrimary(String text, int i) {
      char c = text.charAt(i);
      return Character.isJavaIdentifierPart(c)
          || ".)]".indexOf(c) >= 0
          || operators.indexOf(c) >= 0
          || (Character.isWhitespace(c) && text.substring(i).stripLeading().startsWith("."));
    }

    private static OptionalInt quotedEnd(String text, int start) {
      for (String quote : QUOTES) {
        if (text.startsWith(quote, start)) {
          int i = start + quote.length();
          while (i < text.length() && !text.startsWith(quote, i)) {
            i += text.charAt(i) == '\\' ? 2 : 1;
          }
          return i < text.length() ? OptionalInt.of(i + quote.length()) : OptionalInt.empty();
        }
      }
      return OptionalInt.empty();
    }
  }
}
