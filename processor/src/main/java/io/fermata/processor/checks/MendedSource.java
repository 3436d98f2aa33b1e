package io.fermata.processor.checks;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/** The text of a file that is to be mended, and the names that new text in it can use. */
final class MendedSource {

  private static final String ASYNC = "io.fermata.Async";

  private final Api api;
  private final Trees trees;
  private final CompilationUnitTree unit;
  private final String text;

  /** What the new text needs. */
  private final Set<String> imports = new TreeSet<>();

  MendedSource(Api api, Trees trees, CompilationUnitTree unit) {
    this.api = api;
    this.trees = trees;
    this.unit = unit;
    try {
      this.text = unit.getSourceFile().getCharContent(true).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> imports() {
    return imports;
  }

  int start(Tree tree) {
    return (int) trees.getSourcePositions().getStartPosition(unit, tree);
  }

  int end(Tree tree) {
    return (int) trees.getSourcePositions().getEndPosition(unit, tree);
  }

  String text(Tree tree) {
    return text.substring(start(tree), end(tree));
  }

  /** Whether a tree stands there as its author wrote it, and was not put there by a processor. */
  boolean isWritten(Tree tree) {
    if (start(tree) < 0 || end(tree) < start(tree)) {
      return false;
    }
    if (tree instanceof IdentifierTree name) {
      return name.getName().contentEquals(text(tree));
    }
    if (tree instanceof MemberSelectTree select) {
      return text(tree).endsWith(select.getIdentifier().toString());
    }
    if (tree instanceof CatchTree) {
      return text(tree).startsWith("catch");
    }
    boolean isCall = tree instanceof MethodInvocationTree || tree instanceof NewClassTree;
    return !isCall || text(tree).endsWith(")");
  }

  /** Where the first of these characters stands from a place on; what is before it has no code. */
  int find(char c, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != c) {
      at = text.startsWith("//", at) ? lineEnd(at) : behindComment(at) + 1;
    }
    return at;
  }

  private int behindComment(int at) {
    return text.startsWith("/*", at) ? text.indexOf("*/", at + 2) + 1 : at;
  }

  private int lineEnd(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** What ends the lines of the file. */
  String lineEnd() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** The white space before the line of a place. */
  String indentAt(int position) {
    int start = text.lastIndexOf('\n', position - 1) + 1;
    int end = start;
    while (end < position && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  /** A function of {@code io.fermata.Async}, as code at this place calls it. */
  String function(String name, TreePath at) {
    if (isMethodAround(name, at) || isImportedFromElsewhere(name)) {
      return ASYNC + "." + name;
    }
    imports.add("static " + ASYNC + "." + name);
    return name;
  }

  private boolean isMethodAround(String name, TreePath at) {
    for (TreePath path = at; path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof ClassTree
          && trees.getElement(path) instanceof TypeElement type
          && api.elements().getAllMembers(type).stream()
              .anyMatch(
                  each ->
                      each.getKind() == ElementKind.METHOD
                          && each.getSimpleName().contentEquals(name))) {
        return true;
      }
    }
    return false;
  }

  private boolean isImportedFromElsewhere(String name) {
    return unit.getImports().stream()
        .filter(ImportTree::isStatic)
        .map(each -> each.getQualifiedIdentifier().toString())
        .anyMatch(each -> each.endsWith("." + name) && !each.startsWith(ASYNC + "."));
  }

  /** A class, as code of the file names it. */
  String type(String qualifiedName) {
    String simple = qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1);
    String packageName =
        qualifiedName.substring(0, Math.max(0, qualifiedName.length() - simple.length() - 1));
    if (isOtherType(simple, qualifiedName)) {
      return qualifiedName;
    }
    if (!packageName.equals("java.lang") && !packageName.equals(packageOfUnit())) {
      imports.add(qualifiedName);
    }
    return simple;
  }

  private String packageOfUnit() {
    return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
  }

  private boolean isOtherType(String simple, String qualifiedName) {
    boolean isImported =
        unit.getImports().stream()
            .filter(each -> !each.isStatic())
            .map(each -> each.getQualifiedIdentifier().toString())
            .anyMatch(each -> each.endsWith("." + simple) && !each.equals(qualifiedName));
    String here = packageOfUnit().isEmpty() ? simple : packageOfUnit() + "." + simple;
    PackageElement around = api.elements().getPackageElement(packageOfUnit());
    boolean isNeighbour =
        around != null
            && !here.equals(qualifiedName)
            && api.elements().getTypeElement(here) != null;
    return isImported || isNeighbour || isNested(simple);
  }

  private boolean isNested(String simple) {
    return unit.getTypeDecls().stream()
        .map(each -> trees.getElement(new TreePath(new TreePath(unit), each)))
        .anyMatch(each -> each instanceof TypeElement type && declares(type, simple));
  }

  private static boolean declares(Element type, String simple) {
    return type.getEnclosedElements().stream()
        .filter(TypeElement.class::isInstance)
        .anyMatch(each -> each.getSimpleName().contentEquals(simple) || declares(each, simple));
  }
}
