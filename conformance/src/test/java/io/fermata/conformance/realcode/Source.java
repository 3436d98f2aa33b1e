package io.fermata.conformance.realcode;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.Trees;
import javax.lang.model.util.Types;

/**
 * A source that javac has analysed.
 *
 * @param name the path of the file: {@code java/util/List.java}
 */
record Source(String name, String text, CompilationUnitTree unit, Trees trees, Types types) {

  int start(Tree tree) {
    return (int) trees.getSourcePositions().getStartPosition(unit, tree);
  }

  int end(Tree tree) {
    return (int) trees.getSourcePositions().getEndPosition(unit, tree);
  }
}
