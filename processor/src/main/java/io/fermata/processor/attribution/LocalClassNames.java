package io.fermata.processor.attribution;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** The names of the classes that a method declares in its body. */
public final class LocalClassNames extends TreeScanner<@Nullable Void, @Nullable Void> {
  private final Set<String> names = new HashSet<>();

  private LocalClassNames() {}

  /** Of classes within classes, too. */
  public static Set<String> in(ExecutableElement method, Trees trees) {
    Tree tree = trees.getTree(method);
    LocalClassNames scanner = new LocalClassNames();
    scanner.scan(tree, null);
    return scanner.names;
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
    names.add(tree.getSimpleName().toString());
    return super.visitClass(tree, null);
  }
}
