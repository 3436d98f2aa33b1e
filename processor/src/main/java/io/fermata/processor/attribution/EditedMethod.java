package io.fermata.processor.attribution;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SimpleTreeVisitor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a method whose tree a processor has edited, since its text no longer says what the tree
 * means, and what was put in has places that are not its own.
 *
 * <pre>
 * void m(@NonNull String s) {          void m(@NonNull String s) {
 *   log(s);                              if (s == null) { throw new NullPointerException(…); }
 * }                                      log(s);
 *                                      }
 * </pre>
 *
 * <p>Guarantees: what stands in the text and means the same is copied from there, to the byte; only
 * the rest is printed.
 */
final class EditedMethod extends SimpleTreeVisitor<@Nullable Void, Integer> {

  private final WrittenTrees written;
  private final ToPosition starts;
  private final ToPosition ends;
  private final CharSequence source;
  private final EditedText out;

  /** Where a tree of the edited method says that it stands. */
  @FunctionalInterface
  interface ToPosition {
    int of(Tree tree);
  }

  private final Predicate<AnnotationTree> isDone;
  private final Set<AnnotationTree> kept = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param isDone whether what an annotation asks for has been done to the tree
   */
  EditedMethod(
      WrittenTrees written,
      ToPosition starts,
      ToPosition ends,
      CharSequence source,
      Predicate<AnnotationTree> isDone,
      EditedText out) {
    this.written = written;
    this.starts = starts;
    this.ends = ends;
    this.source = source;
    this.isDone = isDone;
    this.out = out;
  }

  private boolean isWritten(Tree tree, Tree text) {
    return isWritten(tree, text, written, starts, ends) && !hasDone(tree);
  }

  private boolean hasDone(Tree tree) {
    return (tree instanceof AnnotationTree annotation && goes(annotation))
        || WrittenTrees.children(tree).stream().anyMatch(this::hasDone);
  }

  private boolean goes(AnnotationTree annotation) {
    return isDone.test(annotation) && !kept.contains(annotation);
  }

  /** Whether the tree is what stands in the text, there where it says that it is. */
  static boolean isWritten(
      Tree tree, Tree text, WrittenTrees written, ToPosition starts, ToPosition ends) {
    return tree.toString().equals(text.toString())
        && hasSamePlaces(tree, text, written, starts, ends);
  }

  private static boolean hasSamePlaces(
      Tree tree, Tree text, WrittenTrees written, ToPosition starts, ToPosition ends) {
    List<Tree> children = WrittenTrees.children(tree);
    List<Tree> others = WrittenTrees.children(text);
    if (tree.getKind() != text.getKind()
        || starts.of(tree) != written.start(text)
        || ends.of(tree) != written.end(text)
        || children.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < children.size(); i++) {
      if (!hasSamePlaces(children.get(i), others.get(i), written, starts, ends)) {
        return false;
      }
    }
    return true;
  }

  /** Writes the edited method in the place of the one that stands in the text. */
  void write(MethodTree edited, MethodTree text) {
    // They are part of the signature, by which the method is known.
    edited.getParameters().forEach(each -> kept.addAll(each.getModifiers().getAnnotations()));
    if (!replaceChildren(edited, text)) {
      print(edited, written.start(text));
    }
  }

  private void write(@Nullable Tree tree, int origin) {
    if (tree == null) {
      return;
    }
    Optional<Tree> text = written.at(tree.getKind(), starts.of(tree), ends.of(tree));
    if (text.isPresent() && isWritten(tree, text.get())) {
      out.copy(source, starts.of(tree), ends.of(tree));
    } else if (text.isEmpty() || !replaceChildren(tree, text.get())) {
      print(tree, starts.of(tree) < 0 ? origin : starts.of(tree));
    }
  }

  /** The text around the parts stays, if the tree has as many of them as there are in the text. */
  private boolean replaceChildren(Tree tree, Tree text) {
    List<Tree> edited = WrittenTrees.children(tree);
    List<Tree> old = WrittenTrees.children(text);
    if (edited.size() != old.size()
        || tree instanceof ModifiersTree
        || !namesAreEqual(tree, text)) {
      return false;
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < old.size(); i++) {
      boolean same = isWritten(edited.get(i), old.get(i));
      if (!same && (written.start(old.get(i)) < 0 || written.end(old.get(i)) < 0)) {
        return false;
      }
      if (!same) {
        order.add(i);
      }
    }
    order.sort(Comparator.comparingInt(i -> written.start(old.get(i))));
    int at = written.start(text);
    for (int i : order) {
      out.copy(source, at, written.start(old.get(i)));
      write(edited.get(i), written.start(old.get(i)));
      at = written.end(old.get(i));
    }
    out.copy(source, at, written.end(text));
    return true;
  }

  /** What a tree says itself, beside its parts. */
  private static boolean namesAreEqual(Tree tree, Tree text) {
    if (tree instanceof MemberSelectTree one && text instanceof MemberSelectTree other) {
      return one.getIdentifier().contentEquals(other.getIdentifier());
    }
    if (tree instanceof VariableTree one && text instanceof VariableTree other) {
      return one.getName().contentEquals(other.getName());
    }
    boolean isLeaf = WrittenTrees.children(tree).isEmpty();
    return !isLeaf || tree.toString().equals(text.toString());
  }

  // What is not in the text

  private void print(Tree tree, int origin) {
    tree.accept(this, origin);
  }

  private void add(String text, int origin) {
    out.insert(text, origin);
  }

  private void writeAll(List<? extends Tree> trees, String separator, int origin) {
    for (int i = 0; i < trees.size(); i++) {
      if (i > 0) {
        add(separator, origin);
      }
      write(trees.get(i), origin);
    }
  }

  @Override
  protected @Nullable Void defaultAction(Tree tree, Integer origin) {
    add(tree.toString(), origin);
    return null;
  }

  @Override
  public @Nullable Void visitModifiers(ModifiersTree tree, Integer origin) {
    for (AnnotationTree each : tree.getAnnotations()) {
      if (!goes(each)) {
        write(each, origin);
        add(" ", origin);
      }
    }
    for (Modifier each : tree.getFlags()) {
      add(each + " ", origin);
    }
    return null;
  }

  @Override
  public @Nullable Void visitAnnotation(AnnotationTree tree, Integer origin) {
    return defaultAction(tree, origin);
  }

  @Override
  public @Nullable Void visitBlock(BlockTree tree, Integer origin) {
    add("{", origin);
    tree.getStatements().forEach(each -> statement(each, origin));
    add(" }", origin);
    return null;
  }

  /** On a line of its own where it has one in the text, so that lines can be counted. */
  private void statement(Tree tree, int origin) {
    int from = out.copiedTo();
    int to = starts.of(tree);
    long lines =
        from < 0 || to < from
            ? 0
            : source.subSequence(from, to).chars().filter(each -> each == '\n').count();
    add(lines == 0 ? " " : "\n".repeat((int) lines), origin);
    write(tree, origin);
    if (tree instanceof VariableTree && !out.endsWith(';')) {
      add(";", origin);
    }
  }

  @Override
  public @Nullable Void visitVariable(VariableTree tree, Integer origin) {
    variable(tree, origin);
    // A declaration has its semicolon, and the variable of a loop or a lambda has none.
    int end = ends.of(tree);
    if (end > 0 && source.charAt(end - 1) == ';') {
      add(";", origin);
    }
    return null;
  }

  private void variable(VariableTree tree, Integer origin) {
    write(tree.getModifiers(), origin);
    if (tree.getType() == null) {
      add("var", origin);
    } else {
      write(tree.getType(), origin);
    }
    add(" " + tree.getName(), origin);
    if (tree.getInitializer() != null) {
      add(" = ", origin);
      write(tree.getInitializer(), origin);
    }
  }

  @Override
  public @Nullable Void visitExpressionStatement(ExpressionStatementTree tree, Integer origin) {
    write(tree.getExpression(), origin);
    add(";", origin);
    return null;
  }

  @Override
  public @Nullable Void visitReturn(ReturnTree tree, Integer origin) {
    add("return ", origin);
    write(tree.getExpression(), origin);
    add(";", origin);
    return null;
  }

  @Override
  public @Nullable Void visitThrow(ThrowTree tree, Integer origin) {
    add("throw ", origin);
    write(tree.getExpression(), origin);
    add(";", origin);
    return null;
  }

  @Override
  public @Nullable Void visitIf(IfTree tree, Integer origin) {
    add("if ", origin);
    inParentheses(tree.getCondition(), origin);
    write(tree.getThenStatement(), origin);
    if (tree.getElseStatement() != null) {
      add(" else ", origin);
      write(tree.getElseStatement(), origin);
    }
    return null;
  }

  @Override
  public @Nullable Void visitSynchronized(SynchronizedTree tree, Integer origin) {
    add("synchronized ", origin);
    inParentheses(tree.getExpression(), origin);
    write(tree.getBlock(), origin);
    return null;
  }

  private void inParentheses(ExpressionTree tree, int origin) {
    boolean has = tree instanceof ParenthesizedTree;
    add(has ? "" : "(", origin);
    write(tree, origin);
    add(has ? " " : ") ", origin);
  }

  @Override
  public @Nullable Void visitTry(TryTree tree, Integer origin) {
    add("try ", origin);
    if (!tree.getResources().isEmpty()) {
      add("(", origin);
      writeAll(tree.getResources(), "; ", origin);
      add(") ", origin);
    }
    write(tree.getBlock(), origin);
    tree.getCatches().forEach(each -> write(each, origin));
    if (tree.getFinallyBlock() != null) {
      add(" finally ", origin);
      write(tree.getFinallyBlock(), origin);
    }
    return null;
  }

  @Override
  public @Nullable Void visitCatch(CatchTree tree, Integer origin) {
    add(" catch (", origin);
    variable(tree.getParameter(), origin);
    add(") ", origin);
    write(tree.getBlock(), origin);
    return null;
  }

  @Override
  public @Nullable Void visitMemberSelect(MemberSelectTree tree, Integer origin) {
    write(tree.getExpression(), origin);
    add("." + tree.getIdentifier(), origin);
    return null;
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, Integer origin) {
    List<? extends Tree> types = tree.getTypeArguments();
    ExpressionTree name = tree.getMethodSelect();
    if (!types.isEmpty() && name instanceof MemberSelectTree select) {
      write(select.getExpression(), origin);
      add(".<", origin);
      writeAll(types, ", ", origin);
      add(">" + select.getIdentifier(), origin);
    } else {
      write(name, origin);
    }
    add("(", origin);
    writeAll(tree.getArguments(), ", ", origin);
    add(")", origin);
    return null;
  }

  /** Of a class that Lombok adds members to, which no interface and no record in a body has. */
  private void header(ClassTree tree, Integer origin) {
    write(tree.getModifiers(), origin);
    add("class " + tree.getSimpleName(), origin);
    if (!tree.getTypeParameters().isEmpty()) {
      add("<", origin);
      writeAll(tree.getTypeParameters(), ", ", origin);
      add(">", origin);
    }
    if (tree.getExtendsClause() != null) {
      add(" extends ", origin);
      write(tree.getExtendsClause(), origin);
    }
    if (!tree.getImplementsClause().isEmpty()) {
      add(" implements ", origin);
      writeAll(tree.getImplementsClause(), ", ", origin);
    }
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, Integer origin) {
    String name = tree.getSimpleName().toString();
    header(tree, origin);
    add(" {\n", origin);
    for (Tree each : tree.getMembers()) {
      boolean isAdded = written.at(each.getKind(), starts.of(each), ends.of(each)).isEmpty();
      if (isAdded) {
        add(
            each.toString().replace("<init>", name) + (each instanceof VariableTree ? ";" : ""),
            origin);
      } else {
        write(each, origin);
      }
      add("\n", origin);
    }
    add("}", origin);
    return null;
  }
}
