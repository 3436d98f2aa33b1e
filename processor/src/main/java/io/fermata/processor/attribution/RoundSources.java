package io.fermata.processor.attribution;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/** The sources of the outer compile: those of the root elements of all rounds so far. */
public final class RoundSources {

  private final Elements elements;
  private final Trees trees;
  private final Map<String, Map<String, SourceFile>> byPackage = new LinkedHashMap<>();

  private final Set<String> imports = new LinkedHashSet<>();

  /** For a whole compile. */
  public RoundSources(Elements elements, Trees trees) {
    this.elements = elements;
    this.trees = trees;
  }

  /** Adds the root elements of a round. */
  public void add(Set<? extends Element> roots) {
    for (Element root : roots) {
      if (root instanceof TypeElement type) {
        TreePath path = trees.getPath(type);
        if (path != null && !isMadeUp(type)) {
          add(type, path.getCompilationUnit().getSourceFile());
          path.getCompilationUnit().getImports().stream()
              .map(each -> each.getQualifiedIdentifier().toString())
              .forEach(imports::add);
        }
      }
    }
  }

  /** Lombok asks for another round with a class that has no file. */
  private boolean isMadeUp(TypeElement type) {
    return elements.getPackageOf(type).getQualifiedName().contentEquals("lombok.dummy");
  }

  private void add(TypeElement type, JavaFileObject file) {
    String binaryName = elements.getBinaryName(type).toString();
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    byPackage
        .computeIfAbsent(packageName, name -> new LinkedHashMap<>())
        .put(binaryName, new SourceFile(file, binaryName));
  }

  /** The simple name of the file that a class stands in: {@code Hello.java}. */
  public String fileNameOf(TypeElement type) {
    TreePath path = trees.getPath(type);
    if (path == null) {
      throw new IllegalArgumentException(type + " is no source of this compile");
    }
    String name = path.getCompilationUnit().getSourceFile().getName();
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  /**
   * Whether the outermost class around this one, or itself, has no declaration in its file (JLS
   * 8.1.8): it is final, and no modifier of it stands in the source.
   */
  public boolean isInImplicitClass(TypeElement type) {
    TypeElement outermost = type;
    while (outermost.getEnclosingElement() instanceof TypeElement outer) {
      outermost = outer;
    }
    TreePath path = trees.getPath(outermost);
    if (path == null || !(path.getLeaf() instanceof ClassTree tree)) {
      return false;
    }
    SourcePositions positions = trees.getSourcePositions();
    return tree.getModifiers().getFlags().contains(Modifier.FINAL)
        && positions.getStartPosition(path.getCompilationUnit(), tree.getModifiers()) < 0;
  }

  /** What the sources import, as it stands there: {@code java.util.*}. */
  Set<String> imports() {
    return imports;
  }

  /** The files of this compile, each once. */
  Collection<SourceFile> all() {
    Map<URI, SourceFile> files = new LinkedHashMap<>();
    byPackage.values().stream()
        .flatMap(sources -> sources.values().stream())
        .forEach(file -> files.putIfAbsent(file.toUri(), file));
    return files.values();
  }

  /** The sources of a package, each under the binary name of the class that it was added for. */
  Collection<SourceFile> inPackage(String packageName) {
    return byPackage.getOrDefault(packageName, Map.of()).values();
  }

  /** The source of a top-level class. */
  Optional<SourceFile> of(String packageName, String binaryName) {
    return Optional.ofNullable(byPackage.getOrDefault(packageName, Map.of()).get(binaryName));
  }

  /** The text of the file that a top-level class stands in; empty if it can't be read. */
  public String textOf(String packageName, String binaryName) {
    try {
      return of(packageName, binaryName).orElseThrow().getCharContent(true).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether the class, or the one that it is nested in, is a source of this compile. */
  boolean isSource(String packageName, String binaryName) {
    Map<String, SourceFile> sources = byPackage.getOrDefault(packageName, Map.of());
    if (sources.containsKey(binaryName)) {
      return true;
    }
    // A `$` may also be part of a name: any of them may part the outer class from the inner one.
    for (int i = binaryName.indexOf('$'); i >= 0; i = binaryName.indexOf('$', i + 1)) {
      if (sources.containsKey(binaryName.substring(0, i))) {
        return true;
      }
    }
    return false;
  }
}
