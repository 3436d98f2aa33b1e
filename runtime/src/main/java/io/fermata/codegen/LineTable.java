package io.fermata.codegen;

import java.lang.StackWalker.Option;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the resume points and the statements of a generated class stand in the user's source. It is
 * what stack traces, call graphs and warnings are told from.
 *
 * <p>Thread-safe: a table never changes. The strings are read at the first look-up, so that a
 * program whose coroutines never fail does not pay for them.
 */
public final class LineTable {
  private static final int UNKNOWN_LINE = -1;

  private static final StackWalker CALLER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

  /** The tables by the generated class's name, for stack traces, which hold names only. */
  private static final Map<String, WeakReference<LineTable>> BY_GENERATED_CLASS =
      new ConcurrentHashMap<>();

  private final String className;
  private final String method;
  private final String file;
  private final String resumePoints;
  private final String lines;

  private LineTable(
      String className, String method, String file, String resumePoints, String lines) {
    this.className = className;
    this.method = method;
    this.file = file;
    this.resumePoints = resumePoints;
    this.lines = lines;
  }

  /**
   * {@return the table of the class that calls this, from its static initialiser}
   *
   * @param contractVersion {@link Continuation#CONTRACT} as it was when the class was generated
   * @param className binary name of the user's class, {@code app.Hello}
   * @param method the user's method, {@code sayAfter}
   * @param file the user's file, {@code Hello.java}
   * @param resumePoints {@code state:line} of the user's file for each state, {@code "2:12,-3:15"}
   * @param lines {@code generated:user} line numbers, sorted, each holding until the next, {@code
   *     "57:12,58:13"}
   * @throws IllegalStateException if the class was generated for another version of the contract
   */
  public static LineTable of(
      int contractVersion,
      String className,
      String method,
      String file,
      String resumePoints,
      String lines) {
    if (contractVersion != Continuation.CONTRACT) {
      throw new IllegalStateException(
          "coroutine "
              + className
              + "."
              + method
              + " was generated for version "
              + contractVersion
              + " of Fermata's contract, and this runtime has version "
              + Continuation.CONTRACT
              + ". Compile it with the fermata-processor of the runtime's major version.");
    }
    LineTable table = new LineTable(className, method, file, resumePoints, lines);
    BY_GENERATED_CLASS.put(CALLER.getCallerClass().getName(), new WeakReference<>(table));
    return table;
  }

  /**
   * {@return the table of a generated class, or null if the class is not one}
   *
   * @param name binary name of a class
   */
  public static @Nullable LineTable ofGeneratedClass(String name) {
    WeakReference<LineTable> reference = BY_GENERATED_CLASS.get(name);
    return reference == null ? null : reference.get();
  }

  /**
   * Binary name of the user's class.
   *
   * @return as {@code app.Outer$Inner}
   */
  public String className() {
    return className;
  }

  /** {@return the user's method} */
  public String method() {
    return method;
  }

  /**
   * {@code Hello.sayAfter}: the class without its package, and the method.
   *
   * @return class and method
   */
  public String shortName() {
    String simple = className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    return simple + "." + method;
  }

  /**
   * {@return the user's frame for a coroutine suspended in a state}
   *
   * @param state the number of a resume point
   */
  public StackTraceElement atState(int state) {
    return frame(lineOfState(state));
  }

  /**
   * {@return the user's frame for a line of the generated file}
   *
   * @param generatedLine a line of the generated file
   */
  public StackTraceElement atGeneratedLine(int generatedLine) {
    return frame(userLine(generatedLine));
  }

  /** {@return the user's frame for each resume point, in the order of their states' numbers} */
  public List<StackTraceElement> resumePoints() {
    return Arrays.stream(pairs(resumePoints)).map(pair -> frame(value(pair))).toList();
  }

  /**
   * {@return the line of the resume point with this state, or -1}
   *
   * @param state the number of a resume point
   */
  public int lineOfState(int state) {
    for (String pair : pairs(resumePoints)) {
      if (key(pair) == state) {
        return value(pair);
      }
    }
    return UNKNOWN_LINE;
  }

  /**
   * {@return the line of the user's file that a line of the generated file stands for, or -1}
   *
   * @param generatedLine a line of the generated file
   */
  public int userLine(int generatedLine) {
    int found = UNKNOWN_LINE;
    for (String pair : pairs(lines)) {
      if (key(pair) > generatedLine) {
        break;
      }
      found = value(pair);
    }
    return found;
  }

  /** The pairs of {@code "2:12,-3:15"}. */
  private static String[] pairs(String table) {
    return table.isEmpty() ? new String[0] : table.split(",", -1);
  }

  private static int key(String pair) {
    return Integer.parseInt(pair.substring(0, pair.indexOf(':')));
  }

  private static int value(String pair) {
    return Integer.parseInt(pair.substring(pair.indexOf(':') + 1));
  }

  private StackTraceElement frame(int line) {
    return new StackTraceElement(className, method, file, line);
  }

  @Override
  public String toString() {
    return "LineTable[" + className + "." + method + ", " + file + "]";
  }
}
