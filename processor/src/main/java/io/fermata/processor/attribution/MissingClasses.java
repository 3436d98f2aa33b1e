package io.fermata.processor.attribution;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * Looks through javac's errors for a class or a package that is not there, which another processor
 * may generate. A method or a variable that is missing stays so.
 */
public final class MissingClasses {

  private static final Pattern CLASS = Pattern.compile("symbol:\\s+(static|class|package) ");
  private static final Pattern VARIABLE = Pattern.compile("symbol:\\s+variable ");

  private MissingClasses() {}

  /** Whether one of these is about such a class. */
  public static boolean in(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
    return diagnostics.stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .anyMatch(MissingClasses::isOne);
  }

  private static boolean isOne(Diagnostic<? extends JavaFileObject> error) {
    String code = String.valueOf(error.getCode());
    if (!code.startsWith("compiler.err.cant.resolve")) {
      return code.equals("compiler.err.doesnt.exist");
    }
    String message = error.getMessage(Locale.ENGLISH);
    return CLASS.matcher(message).find()
        || (VARIABLE.matcher(message).find() && isQualifier(error));
  }

  /** In {@code Later.VALUE}, javac takes {@code Later} for a variable. */
  private static boolean isQualifier(Diagnostic<? extends JavaFileObject> error) {
    try {
      CharSequence text = error.getSource().getCharContent(true);
      int end = (int) error.getEndPosition();
      while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      return end < text.length() && (text.charAt(end) == '.' || text.charAt(end) == ':');
    } catch (IOException e) {
      return true;
    }
  }
}
