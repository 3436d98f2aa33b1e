package io.fermata.processor.remedies;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a modifier away from a declaration: {@code private int count;} becomes {@code int count;}.
 */
public final class DroppedModifier {

  /** A comment, or a word with the white space behind it. */
  private static final Pattern TOKEN =
      Pattern.compile("//[^\\n]*|/\\*.*?\\*/|([\\w-]+)\\s*", Pattern.DOTALL);

  private DroppedModifier() {}

  /** The remedy; none where the modifier does not stand in the text. */
  public static Remedy of(TreePath declaration, String modifier, SourcePositions positions) {
    ModifiersTree modifiers = modifiers(declaration.getLeaf());
    CompilationUnitTree unit = declaration.getCompilationUnit();
    int start = modifiers == null ? -1 : (int) positions.getStartPosition(unit, modifiers);
    int end = modifiers == null ? -1 : (int) positions.getEndPosition(unit, declaration.getLeaf());
    if (modifiers == null || start < 0 || end < start) {
      return Remedy.NONE;
    }
    int modifiersEnd = (int) positions.getEndPosition(unit, modifiers);
    Matcher token = TOKEN.matcher(text(unit)).region(start, end);
    while (token.find() && token.start() < modifiersEnd) {
      if (modifier.equals(token.group(1)) && !isInAnnotation(token, modifiers, unit, positions)) {
        return Remedy.of(Edit.delete(token.start(), token.end()));
      }
    }
    return Remedy.NONE;
  }

  private static boolean isInAnnotation(
      Matcher token, ModifiersTree modifiers, CompilationUnitTree unit, SourcePositions positions) {
    for (AnnotationTree each : modifiers.getAnnotations()) {
      if (positions.getStartPosition(unit, each) <= token.start()
          && token.start() < positions.getEndPosition(unit, each)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable ModifiersTree modifiers(Tree declaration) {
    if (declaration instanceof VariableTree variable) {
      return variable.getModifiers();
    }
    if (declaration instanceof MethodTree method) {
      return method.getModifiers();
    }
    return declaration instanceof ClassTree type ? type.getModifiers() : null;
  }

  private static CharSequence text(CompilationUnitTree unit) {
    try {
      return unit.getSourceFile().getCharContent(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
