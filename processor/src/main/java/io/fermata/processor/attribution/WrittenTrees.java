package io.fermata.processor.attribution;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The trees of a source as its text says, which no other processor has seen. */
final class WrittenTrees {

  private record Place(Tree.Kind kind, long start, long end) {}

  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final Map<Place, Tree> byPlace = new HashMap<>();

  WrittenTrees(CompilationUnitTree unit, SourcePositions positions) {
    this.unit = unit;
    this.positions = positions;
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
        if (tree != null) {
          byPlace.putIfAbsent(new Place(tree.getKind(), start(tree), end(tree)), tree);
        }
        return super.scan(tree, null);
      }
    }.scan(unit, null);
  }

  /** The tree of this kind that stands exactly there. */
  Optional<Tree> at(Tree.Kind kind, long start, long end) {
    return start < 0 || end < 0
        ? Optional.empty()
        : Optional.ofNullable(byPlace.get(new Place(kind, start, end)));
  }

  /** The method that ends there: what stands before it may have been taken away. */
  Optional<MethodTree> methodEndingAt(CharSequence name, long end) {
    return byPlace.values().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .filter(each -> each.getName().contentEquals(name) && end(each) == end)
        .findFirst();
  }

  int start(Tree tree) {
    return (int) positions.getStartPosition(unit, tree);
  }

  int end(Tree tree) {
    return (int) positions.getEndPosition(unit, tree);
  }

  /** The trees right below a tree, in their order. */
  static List<Tree> children(Tree tree) {
    List<Tree> children = new ArrayList<>();
    tree.accept(
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void scan(@Nullable Tree child, @Nullable Void unused) {
            if (child != null) {
              children.add(child);
            }
            return null;
          }
        },
        null);
    return children;
  }
}
