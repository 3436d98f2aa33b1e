package io.fermata.processor.depth;

import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How deep the code of a method is nested.
 *
 * @param levels how many trees stand around the innermost one
 * @param start where the statement starts in the file that most of them stand in
 * @param end where it ends (exclusive)
 */
public record Depth(int levels, int start, int end) {

  /** From here on javac's stack may end; what people write has a tenth of it. */
  private static final int SUSPICIOUS = 150;

  /** That of no code. */
  public static final Depth NONE = new Depth(0, 0, 0);

  private record Node(Tree tree, int level, @Nullable Node around) {}

  /** The depth of a method, found without going deep itself. */
  public static Depth of(TreePath method, SourcePositions positions) {
    Node deepest = new Node(method.getLeaf(), 0, null);
    Deque<Node> work = new ArrayDeque<>(List.of(deepest));
    while (!work.isEmpty()) {
      Node node = work.pop();
      if (node.level() > deepest.level()) {
        deepest = node;
      }
      childrenOf(node.tree()).forEach(each -> work.push(new Node(each, node.level() + 1, node)));
    }
    Tree place = statementAround(deepest);
    return new Depth(
        deepest.level(),
        (int) positions.getStartPosition(method.getCompilationUnit(), place),
        (int) positions.getEndPosition(method.getCompilationUnit(), place));
  }

  /** The greater of the two. */
  public Depth or(Depth other) {
    return other.levels > levels ? other : this;
  }

  /** Whether it may be too deep for javac. */
  public boolean isSuspicious() {
    return levels > SUSPICIOUS;
  }

  /** The innermost statement with half of the levels in it; the method, if there is none. */
  private static Tree statementAround(Node deepest) {
    Node node = deepest;
    while (node.around() != null
        && !(node.tree() instanceof StatementTree && node.level() <= deepest.level() / 2)) {
      node = node.around();
    }
    return node.tree();
  }

  private static List<Tree> childrenOf(Tree tree) {
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
