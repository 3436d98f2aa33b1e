package io.fermata.processor.machine;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads plain statements just well enough to know whether javac holds their end reachable (JLS
 * 14.22), and whether they declare names that what follows would see.
 *
 * <p>When in doubt the answer is the one that costs only looks: the end may be unreachable.
 */
final class StatementScanner {
  private static final Set<String> LOOPS = Set.of("for", "while", "do");
  private static final Set<String> CLASS_KEYWORDS = Set.of("class", "interface", "enum", "record");

  /** Stands for a variable: no constant. */
  private static final String NAME = "#name";

  /** Stands for a type or a lambda. */
  private static final String OTHER = "#other";

  private static final String DECLARED = "#declared";
  private static final String JUMP = "#jump";
  private static final String END = "#end";

  private final List<String> tokens = new ArrayList<>();
  private int at;
  private boolean declares;

  private StatementScanner(Code code) {
    code.parts().forEach(this::tokenize);
    tokens.add(END);
  }

  /** Whether javac holds the end of {@code code} reachable, beyond doubt. */
  static boolean completesForSure(Code code) {
    return new StatementScanner(code).statementsComplete();
  }

  /** Whether a name declared by {@code code} is in scope behind it. */
  static boolean declaresForWhatFollows(Code code) {
    StatementScanner scanner = new StatementScanner(code);
    scanner.statementsComplete();
    return scanner.declares;
  }

  /** What has to stand around {@code code}. */
  static Step.Run.Wrap wrapOf(Code code) {
    if (!completesForSure(code)) {
      return Step.Run.Wrap.IF_TRUE;
    }
    return declaresForWhatFollows(code) ? Step.Run.Wrap.BRACES : Step.Run.Wrap.NONE;
  }

  /** Whether a loop may stand in {@code code}. */
  static boolean hasLoop(Code code) {
    return new StatementScanner(code).tokens.stream().anyMatch(LOOPS::contains);
  }

  /**
   * Whether the statement that is the part {@code index} of {@code code} stands in a list of
   * statements, beyond doubt, and not as the only one behind an {@code if} or the like.
   */
  static boolean isAmongStatements(Code code, int index) {
    if (index == 0) {
      return true;
    }
    List<String> before = new StatementScanner(Code.of(code.parts().get(index - 1))).tokens;
    String last = before.size() > 1 ? before.get(before.size() - 2) : "";
    return last.equals("{") || last.equals("}") || last.equals(";");
  }

  // Statements

  private boolean statementsComplete() {
    boolean complete = true;
    while (!peek().equals(END) && !peek().equals("}")) {
      int start = at;
      complete &= statementCompletes();
      if (at == start) {
        at++;
      }
    }
    return complete;
  }

  private boolean statementCompletes() {
    return switch (peek()) {
      case "{" -> block();
      case "if" -> ifStatement();
      case "while" -> whileStatement();
      case "do" -> doStatement();
      case "for" -> forStatement();
      case "try" -> tryStatement();
      case "switch" -> switchStatement();
      case "synchronized" -> synchronizedStatement();
      case JUMP -> skipJump();
      case "throw", "return", "break", "continue", "yield" -> abruptOrExpression();
      default -> simpleStatement();
    };
  }

  private boolean block() {
    boolean declaredBefore = declares;
    expect("{");
    boolean complete = statementsComplete();
    expect("}");
    declares = declaredBefore;
    return complete;
  }

  private boolean ifStatement() {
    at++;
    declares |= parenthesized().contains(DECLARED);
    boolean then = nestedStatement();
    if (!peek().equals("else")) {
      return true;
    }
    at++;
    boolean otherwise = nestedStatement();
    return then || otherwise;
  }

  private boolean whileStatement() {
    at++;
    List<String> condition = parenthesized();
    declares |= condition.contains(DECLARED);
    nestedStatement();
    return isNoConstant(condition);
  }

  private boolean doStatement() {
    at++;
    boolean body = nestedStatement();
    expect("while");
    List<String> condition = parenthesized();
    expect(";");
    return body && isNoConstant(condition);
  }

  private boolean forStatement() {
    at++;
    List<String> header = parenthesized();
    nestedStatement();
    int first = header.indexOf(";");
    if (first < 0) {
      return true;
    }
    List<String> rest = header.subList(first + 1, header.size());
    int second = rest.indexOf(";");
    return second > 0 && isNoConstant(rest.subList(0, second));
  }

  private boolean tryStatement() {
    at++;
    if (peek().equals("(")) {
      parenthesized();
    }
    boolean complete = block();
    while (peek().equals("catch")) {
      at++;
      parenthesized();
      complete |= block();
    }
    if (peek().equals("finally")) {
      at++;
      complete &= block();
    }
    return complete;
  }

  /** In doubt if anything in it could be abrupt. */
  private boolean switchStatement() {
    at++;
    parenthesized();
    int start = at;
    boolean declaredBefore = declares;
    skipBalanced("{", "}");
    declares = declaredBefore;
    List<String> body = tokens.subList(start, at);
    return body.stream().noneMatch(Set.of(JUMP, "throw", "return", "while", "for", "do")::contains)
        && !body.contains("yield");
  }

  private boolean synchronizedStatement() {
    at++;
    parenthesized();
    return block();
  }

  private boolean skipJump() {
    at++;
    return false;
  }

  /** {@code yield} may also be the name of a method's receiver or of a variable. */
  private boolean abruptOrExpression() {
    boolean isName =
        peek().equals("yield") && Set.of(".", "=", "[", "(").contains(tokens.get(at + 1));
    boolean complete = simpleStatement();
    return isName && complete;
  }

  private boolean nestedStatement() {
    boolean declaredBefore = declares;
    boolean complete = statementCompletes();
    declares = declaredBefore;
    return complete;
  }

  /** An expression, a declaration, a labelled statement, or nothing but a semicolon. */
  private boolean simpleStatement() {
    if (tokens.get(at + 1).equals(":") && !peek().equals("default")) {
      at += 2;
      return statementCompletes();
    }
    boolean isClass = false;
    while (!peek().equals(END)) {
      String token = tokens.get(at);
      if (token.equals(";")) {
        at++;
        return true;
      }
      isClass |= CLASS_KEYWORDS.contains(token) && !isMemberName();
      declares |= token.equals(DECLARED) || isClass;
      if (token.equals("(")) {
        skipBalanced("(", ")");
      } else if (token.equals("[")) {
        skipBalanced("[", "]");
      } else if (token.equals("{")) {
        skipBalanced("{", "}");
        if (isClass) {
          return true;
        }
      } else {
        at++;
      }
    }
    return true;
  }

  /** {@code Foo.class}, or a variable named {@code record}. */
  private boolean isMemberName() {
    boolean isQualified = at > 0 && tokens.get(at - 1).equals(".");
    String next = tokens.get(at + 1);
    boolean isVariable = !next.isEmpty() && !Character.isJavaIdentifierStart(next.charAt(0));
    return isQualified || (isVariable && !next.startsWith("#"));
  }

  /** A constant that is true would make a loop endless in javac's eyes. */
  private static boolean isNoConstant(List<String> condition) {
    return condition.contains(NAME) || condition.contains("(");
  }

  // Tokens

  private String peek() {
    return tokens.get(at);
  }

  private void expect(String token) {
    if (peek().equals(token)) {
      at++;
    }
  }

  /** What stands between parentheses. */
  private List<String> parenthesized() {
    int start = at;
    skipBalanced("(", ")");
    return start + 1 < at ? tokens.subList(start + 1, at - 1) : List.of();
  }

  private void skipBalanced(String open, String close) {
    int depth = 0;
    do {
      if (peek().equals(open)) {
        depth++;
      } else if (peek().equals(close)) {
        depth--;
      }
      if (peek().equals(END)) {
        return;
      }
      at++;
    } while (depth > 0);
  }

  private void tokenize(Part part) {
    if (part instanceof Part.Text text) {
      tokenize(text.text());
    } else if (part instanceof Part.Declare) {
      tokens.add(DECLARED);
    } else if (part instanceof Part.Jump) {
      tokens.add(JUMP);
    } else if (part instanceof Part.Read || part instanceof Part.Write) {
      tokens.add(NAME);
    } else if (!(part instanceof Part.Lines)) {
      tokens.add(OTHER);
    }
  }

  private void tokenize(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
      } else if (text.startsWith("//", i)) {
        i = endOf(text, i, "\n");
      } else if (text.startsWith("/*", i)) {
        i = endOf(text, i + 2, "*/");
      } else if (text.startsWith("\"\"\"", i)) {
        i = endOfQuoted(text, i + 3, "\"\"\"");
      } else if (c == '"' || c == '\'') {
        i = endOfQuoted(text, i + 1, String.valueOf(c));
      } else if (Character.isJavaIdentifierStart(c)) {
        int start = i;
        while (i < text.length() && Character.isJavaIdentifierPart(text.charAt(i))) {
          i++;
        }
        tokens.add(text.substring(start, i));
      } else if (text.startsWith("::", i) || text.startsWith("->", i)) {
        tokens.add(text.substring(i, i + 2));
        i += 2;
      } else {
        tokens.add(String.valueOf(c));
        i++;
      }
    }
  }

  private static int endOf(String text, int from, String end) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  private int endOfQuoted(String text, int from, String quote) {
    tokens.add("\"");
    int i = from;
    while (i < text.length() && !text.startsWith(quote, i)) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), i + quote.length());
  }
}
