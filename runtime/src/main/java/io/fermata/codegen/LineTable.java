package io.fermata.codegen;

import java.lang.StackWalker.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
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

  /** The names of a coroutine's lambdas begin so. */
  private static final String LAMBDA = "lambda$resume";

  /** The class around a user's local class, which holds what that captures. */
  private static final Pattern SCOPE = Pattern.compile("\\$([^$]+)Scope(\\$\\d+)?(?=\\$\\1)");

  private static final StackWalker CALLER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

  private final Class<?> owner;
  private final String className;
  private final String method;
  private final String file;
  private final String resumePoints;
  private final String lines;

  private volatile @Nullable Pairs byState;
  private volatile @Nullable Pairs byGeneratedLine;

  private LineTable(
      Class<?> owner,
      String className,
      String method,
      String file,
      String resumePoints,
      String lines) {
    this.owner = owner;
    this.className = className;
    this.method = method;
    this.file = file;
    this.resumePoints = resumePoints;
    this.lines = lines;
  }

  /**
   * The pairs of {@code "2:12 name,-3:15"}: numbers, the user's frame for each, and the fields of
   * his variables.
   */
  private static final class Pairs {
    final int[] keys;
    final List<StackTraceElement> frames;
    final List<List<String>> locals;

    Pairs(int[] keys, List<StackTraceElement> frames, List<List<String>> locals) {
      this.keys = keys;
      this.frames = frames;
      this.locals = locals;
    }
  }

  /**
   * {@return the table of the class that calls this, from its static initialiser}
   *
   * @param contractVersion {@link Continuation#CONTRACT} as it was when the class was generated
   * @param className binary name of the user's class, {@code app.Hello}
   * @param method the user's method, {@code sayAfter}
   * @param file the user's file, {@code Hello.java}
   * @param resumePoints {@code state:line} of the user's file for each state, and behind it the
   *     fields of the user's variables that are used later, {@code "2:12 name count,-3:15"}
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
    LineTable table =
        new LineTable(CALLER.getCallerClass(), className, method, file, resumePoints, lines);
    GeneratedClasses.add(table);
    return table;
  }

  /**
   * {@return the table of a generated class, or null if the class is not one}
   *
   * @param type a class
   */
  public static @Nullable LineTable ofGeneratedClass(Class<?> type) {
    return GeneratedClasses.find(type.getName(), type.getClassLoader());
  }

  /**
   * {@return the table of a generated class, or null if the class is not one, or if several classes
   * have the name and none of them is near}
   *
   * @param name binary name of a class
   * @param near the class loader of the class, or of one that calls it; null if it is not known
   */
  public static @Nullable LineTable ofGeneratedClass(String name, @Nullable ClassLoader near) {
    return GeneratedClasses.find(name, near);
  }

  /** {@return whether two generated classes of one name have been loaded, by two class loaders} */
  public static boolean haveNamesakes() {
    return GeneratedClasses.haveNamesakes();
  }

  /** The generated class. */
  Class<?> owner() {
    return owner;
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
    int index = indexOf(state);
    return index < 0 ? frame(UNKNOWN_LINE) : byState().frames.get(index);
  }

  /**
   * {@return the fields of the user's variables that a coroutine suspended in a state will still
   * use; empty too where the table had become too long with them}
   *
   * @param state the number of a resume point
   */
  public List<String> localsAt(int state) {
    int index = indexOf(state);
    return index < 0 ? List.of() : byState().locals.get(index);
  }

  private int indexOf(int state) {
    int[] states = byState().keys;
    for (int i = 0; i < states.length; i++) {
      if (states[i] == state) {
        return i;
      }
    }
    return -1;
  }

  /**
   * {@return the user's frame for a line of the generated file}
   *
   * @param generatedLine a line of the generated file
   */
  public StackTraceElement atGeneratedLine(int generatedLine) {
    Pairs table = byGeneratedLine();
    int found = Arrays.binarySearch(table.keys, generatedLine);
    int index = found < 0 ? -found - 2 : found;
    return index < 0 ? frame(UNKNOWN_LINE) : table.frames.get(index);
  }

  /**
   * {@return the user's frame for one of the generated class, or of a class that the user declares
   * in the coroutine}
   *
   * @param generated a frame of a stack trace
   */
  public StackTraceElement userFrame(StackTraceElement generated) {
    StackTraceElement inMethod = atGeneratedLine(generated.getLineNumber());
    String type = generated.getClassName();
    String name = generated.getMethodName();
    String nested = type.substring(Math.min(type.length(), owner.getName().length()));
    if (!nested.isEmpty()) {
      return frame(className + SCOPE.matcher(nested).replaceAll(""), name, inMethod);
    }
    return name.startsWith(LAMBDA)
        ? frame(className, "lambda$" + method + name.substring(name.lastIndexOf('$')), inMethod)
        : inMethod;
  }

  private StackTraceElement frame(String type, String methodName, StackTraceElement at) {
    return new StackTraceElement(type, methodName, file, at.getLineNumber());
  }

  /** {@return the user's frame for each resume point, in the order of their states' numbers} */
  public List<StackTraceElement> resumePoints() {
    return byState().frames;
  }

  /**
   * {@return the line of the resume point with this state, or -1}
   *
   * @param state the number of a resume point
   */
  public int lineOfState(int state) {
    return atState(state).getLineNumber();
  }

  /**
   * {@return the line of the user's file that a line of the generated file stands for, or -1}
   *
   * @param generatedLine a line of the generated file
   */
  public int userLine(int generatedLine) {
    return atGeneratedLine(generatedLine).getLineNumber();
  }

  private Pairs byState() {
    Pairs read = byState;
    if (read == null) {
      read = read(resumePoints);
      byState = read;
    }
    return read;
  }

  private Pairs byGeneratedLine() {
    Pairs read = byGeneratedLine;
    if (read == null) {
      read = read(lines);
      byGeneratedLine = read;
    }
    return read;
  }

  private Pairs read(String table) {
    int count = (int) table.chars().filter(c -> c == ':').count();
    int[] keys = new int[count];
    List<StackTraceElement> frames = new ArrayList<>();
    List<List<String>> locals = new ArrayList<>();
    for (int at = 0; at < table.length(); ) {
      int colon = table.indexOf(':', at);
      int comma = table.indexOf(',', colon);
      int end = comma < 0 ? table.length() : comma;
      keys[frames.size()] = Integer.parseInt(table, at, colon, 10);
      String[] words = table.substring(colon + 1, end).split(" ");
      frames.add(frame(Integer.parseInt(words[0])));
      locals.add(List.of(words).subList(1, words.length));
      at = end + 1;
    }
    return new Pairs(keys, List.copyOf(frames), locals);
  }

  private StackTraceElement frame(int line) {
    return new StackTraceElement(className, method, file, line);
  }

  @Override
  public String toString() {
    return "LineTable[" + className + "." + method + ", " + file + "]";
  }
}
