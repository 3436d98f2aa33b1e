package io.fermata.processor.attribution;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.diagnostics.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine's body with its types. All of it but {@link #method} belongs to the nested compile
 * and is valid only while the {@link BodyConsumer} runs; nothing of it may be handed to the outer
 * one.
 *
 * @param method what the signature says; outlives the nested compile
 * @param tree the method
 * @param path of {@code tree}: {@code trees.getElement(new TreePath(path, child))} and {@code
 *     getTypeMirror} answer for everything below
 * @param element of {@code tree}
 * @param trees of the nested compile; also {@code trees.getSourcePositions()}
 * @param source the text of the file, which the positions index
 * @param origins null if this is the user's own text
 */
public record AttributedBody(
    CoroutineMethod method,
    MethodTree tree,
    TreePath path,
    ExecutableElement element,
    Trees trees,
    Types types,
    Elements elements,
    CharSequence source,
    @Nullable Origins origins) {

  private static final Pattern PRIVATE = Pattern.compile("\\bprivate\\b");

  /**
   * Where a source that was rewritten came from, since a processor had edited its trees.
   *
   * @param lines of the user's file
   */
  record Origins(EditedText text, LineMap lines) {}

  /** The file that the body stands in. */
  public CompilationUnitTree unit() {
    return path.getCompilationUnit();
  }

  /** Where a tree of this file starts in {@link #source}, -1 for what javac made up. */
  public int start(Tree part) {
    return (int) trees.getSourcePositions().getStartPosition(unit(), part);
  }

  /** Where a tree of this file ends in {@link #source} (exclusive), -1 for what javac made up. */
  public int end(Tree part) {
    int end = (int) trees.getSourcePositions().getEndPosition(unit(), part);
    // javac lets a variable that is a resource end behind its semicolon.
    boolean endsTooLate =
        part instanceof ExpressionTree && end > 0 && source.charAt(end - 1) == ';';
    return endsTooLate ? end - 1 : end;
  }

  /** The user's text of a tree of this file. */
  public String text(Tree part) {
    return source.subSequence(start(part), end(part)).toString();
  }

  /** The user's line, counted from 1. */
  public int line(int position) {
    return origins == null
        ? (int) unit().getLineMap().getLineNumber(position)
        : (int) origins.lines().getLineNumber(origins.text().originOf(position));
  }

  /** The user's line of the method itself, below its annotations. */
  public int line() {
    return line(start(tree.getReturnType()));
  }

  /** Whether a private member is so in its source, and was not made so by a processor. */
  public boolean isWrittenPrivate(Element member) {
    TreePath declaration = trees.getPath(member);
    if (declaration == null) {
      return true;
    }
    CompilationUnitTree file = declaration.getCompilationUnit();
    Tree leaf = declaration.getLeaf();
    Tree modifiers =
        leaf instanceof VariableTree variable
            ? variable.getModifiers()
            : leaf instanceof MethodTree declared
                ? declared.getModifiers()
                : leaf instanceof ClassTree type ? type.getModifiers() : leaf;
    int start = (int) trees.getSourcePositions().getStartPosition(file, modifiers);
    int end = (int) trees.getSourcePositions().getEndPosition(file, modifiers);
    try {
      return start >= 0
          && end >= start
          && PRIVATE
              .matcher(file.getSourceFile().getCharContent(true).subSequence(start, end))
              .find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fault at its place in the user's file. */
  public Fault inUsersFile(Fault fault) {
    if (origins == null || fault.start() < 0) {
      return fault;
    }
    int start = origins.text().originOf(fault.start());
    int end = origins.text().originOf(Math.max(fault.start(), fault.end() - 1)) + 1;
    return fault.at(start, Math.max(start, end));
  }
}
