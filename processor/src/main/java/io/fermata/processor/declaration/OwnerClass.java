package io.fermata.processor.declaration;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The class that holds coroutines, and what its twin is called.
 *
 * @param packageName empty for the unnamed package
 * @param names the simple names from the outermost class to this one
 * @param binaryName {@code app.Outer$Inner}
 * @param fileName the user's source file, {@code Outer.java}
 * @param visibility of the twin: public if the class and all that enclose it are
 * @param hiding the simple names of classes of the package that an import would hide, or that hide
 *     a class of {@code java.lang}
 */
public record OwnerClass(
    String packageName,
    List<String> names,
    String binaryName,
    String fileName,
    Visibility visibility,
    Set<String> hiding) {

  /** Classes of {@code java.lang} that each continuation names, in text that knows no imports. */
  private static final Set<String> NAMED_BY_ALL = Set.of("AssertionError", "Object", "Throwable");

  /** The twin's simple name: {@code Outer_InnerAsync}. */
  public String twinName() {
    return String.join("_", names) + "Async";
  }

  /** The twin's full name: {@code app.Outer_InnerAsync}. */
  public String twinQualifiedName() {
    return packageName.isEmpty() ? twinName() : packageName + "." + twinName();
  }

  /**
   * The names that no type parameter may have in the twin: it would hide a class that generated
   * code speaks of, or be hidden by one.
   *
   * @param localClasses the names of the classes that a coroutine declares in its body
   */
  public Set<String> notForTypeParameters(Set<String> localClasses) {
    Set<String> names = new HashSet<>(NAMED_BY_ALL);
    names.add(twinName());
    names.addAll(localClasses);
    return names;
  }

  /** The class as it is written in source: {@code app.Outer.Inner}. */
  public String qualifiedName() {
    return (packageName.isEmpty() ? "" : packageName + ".") + String.join(".", names);
  }
}
