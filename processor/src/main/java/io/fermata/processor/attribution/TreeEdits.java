package io.fermata.processor.attribution;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * What processors such as Lombok have made of the methods of the nested compile: finds those whose
 * trees are no longer what stands in the source, and rewrites the source for them. What is put into
 * a tree has a place that is not its own, so that nothing can be cut from the text by it.
 */
final class TreeEdits {

  /** A source as it stands, and what was edited in it. */
  private record Edited(
      WrittenTrees written, CompilationUnitTree unit, CharSequence text, List<Pair> methods) {}

  private record Pair(TreePath edited, MethodTree text) {}

  private final List<String> options;
  private final Predicate<String> isClass;
  private final Map<URI, Edited> files = new HashMap<>();

  /**
   * Nothing found yet.
   *
   * @param options the language level
   * @param isClass whether there is a class of this name
   */
  TreeEdits(List<String> options, Predicate<String> isClass) {
    this.options = options;
    this.isClass = isClass;
  }

  /** Compares a method with what stands in its file. */
  void compare(TreePath method, Trees trees) {
    Edited file = files.computeIfAbsent(sourceOf(method).toUri(), uri -> parse(sourceOf(method)));
    MethodTree tree = (MethodTree) method.getLeaf();
    Optional<MethodTree> text =
        file.written().methodEndingAt(tree.getName(), end(tree, method, trees));
    text.filter(
            each ->
                !EditedMethod.isWritten(
                    tree,
                    each,
                    file.written(),
                    part -> start(part, method, trees),
                    part -> end(part, method, trees)))
        .ifPresent(each -> file.methods().add(new Pair(method, each)));
  }

  /** The new texts of the files in which methods were edited, with the lines of the old ones. */
  Map<URI, AttributedBody.Origins> rewritten(Trees trees) {
    Map<URI, AttributedBody.Origins> rewritten = new LinkedHashMap<>();
    files.forEach(
        (uri, file) -> {
          if (!file.methods().isEmpty()) {
            LineMap lines = file.unit().getLineMap();
            rewritten.put(uri, new AttributedBody.Origins(rewrite(file, trees), lines));
          }
        });
    return rewritten;
  }

  private EditedText rewrite(Edited file, Trees trees) {
    List<Pair> methods = new ArrayList<>(file.methods());
    methods.sort(Comparator.comparingInt(each -> file.written().start(each.text())));
    EditedText out = new EditedText();
    int at = 0;
    for (Pair each : methods) {
      out.copy(file.text(), at, file.written().start(each.text()));
      new EditedMethod(
              file.written(),
              part -> start(part, each.edited(), trees),
              part -> end(part, each.edited(), trees),
              file.text(),
              annotation -> isDone(annotation, file.unit()),
              out)
          .write((MethodTree) each.edited().getLeaf(), each.text());
      at = file.written().end(each.text());
    }
    out.copy(file.text(), at, file.text().length());
    return out;
  }

  /** Whether it is one of Lombok's; what a builder asks for is done outside the method. */
  private boolean isDone(AnnotationTree annotation, CompilationUnitTree unit) {
    String name = annotation.getAnnotationType().toString();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    return !simple.endsWith("Builder") && (name.startsWith("lombok.") || isImported(name, unit));
  }

  private boolean isImported(String name, CompilationUnitTree unit) {
    String outer = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    return unit.getImports().stream()
        .map(each -> each.getQualifiedIdentifier().toString())
        .filter(each -> each.startsWith("lombok."))
        .anyMatch(
            each ->
                each.endsWith("." + outer)
                    || (each.endsWith(".*")
                        && isClass.test(each.substring(0, each.length() - 1) + outer)));
  }

  private Edited parse(JavaFileObject file) {
    try {
      JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
      JavacTask task =
          (JavacTask) javac.getTask(null, null, diagnostic -> {}, options, null, List.of(file));
      CompilationUnitTree unit = task.parse().iterator().next();
      WrittenTrees written = new WrittenTrees(unit, Trees.instance(task).getSourcePositions());
      return new Edited(written, unit, file.getCharContent(true), new ArrayList<>());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaFileObject sourceOf(TreePath method) {
    return method.getCompilationUnit().getSourceFile();
  }

  private static int start(Tree tree, TreePath method, Trees trees) {
    return (int) trees.getSourcePositions().getStartPosition(method.getCompilationUnit(), tree);
  }

  private static int end(Tree tree, TreePath method, Trees trees) {
    return (int) trees.getSourcePositions().getEndPosition(method.getCompilationUnit(), tree);
  }
}
