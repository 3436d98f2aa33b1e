package io.fermata.conformance.realcode;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.ReferenceType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Awaits in a body: conditions, initialisers, results and the like, some of the arguments, operands
 * and receivers, and the calls of methods that have copies.
 *
 * <pre>{@code
 * if (isEmpty(s)) {
 *   return 0;
 * }
 * int n = s.length();
 *
 * // with awaits:
 * if (await(Steps.<Boolean>later(((boolean) await(UtilsAsync.isEmptyCo(s)))))) {
 *   return 0;
 * }
 * int n = await(Steps.<Integer>later(s.length()));
 * }</pre>
 *
 * <p>Lambdas, classes and synchronized blocks stay as they are.
 */
final class AwaitPlaces extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private static final String AWAIT = "io.fermata.Async.await(";
  private static final String LATER = AWAIT + Steps.class.getName() + ".%slater(";

  private final Source source;
  private final Predicate<Element> isCalledByItsTwin;
  private final List<Edit> edits = new ArrayList<>();
  private int places;

  private AwaitPlaces(Source source, Predicate<Element> isCalledByItsTwin) {
    this.source = source;
    this.isCalledByItsTwin = isCalledByItsTwin;
  }

  /**
   * The body of a method.
   *
   * @param isCalledByItsTwin chooses static methods: the twins of their copies are called instead
   */
  static String inBody(
      Source source, TreePath method, Awaits awaits, Predicate<Element> isCalledByItsTwin) {
    AwaitPlaces places = new AwaitPlaces(source, isCalledByItsTwin);
    if (awaits == Awaits.EVERYWHERE) {
      places.scan(method, null);
    }
    BlockTree body = ((MethodTree) method.getLeaf()).getBody();
    String rest = places.apply(source.start(body) + 1, source.end(body));
    return "{ " + LATER.formatted("") + "1)); " + rest;
  }

  /** Text to put in at a place; {@code removed} characters go. */
  private record Edit(int at, int order, int removed, String inserted) {}

  private String apply(int from, int to) {
    edits.sort(Comparator.comparingInt(Edit::at).thenComparingInt(Edit::order));
    StringBuilder result = new StringBuilder();
    int at = from;
    for (Edit edit : edits) {
      result.append(source.text(), at, edit.at()).append(edit.inserted());
      at = edit.at() + edit.removed();
    }
    return result.append(source.text(), at, to).toString();
  }

  /** At the same place ends come before starts, inner ends first, outer starts first. */
  private void around(Tree tree, String before, String after) {
    int order = edits.size() + 1;
    edits.add(new Edit(source.start(tree), order, 0, before));
    edits.add(new Edit(source.end(tree), -order, 0, after));
  }

  private void replace(Tree tree, String text) {
    int start = source.start(tree);
    edits.add(new Edit(start, edits.size() + 1, source.end(tree) - start, text));
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    if (tree instanceof ExpressionTree expression && isAwaited(expression)) {
      await(expression);
    }
    return super.scan(tree, null);
  }

  private boolean isAwaited(ExpressionTree tree) {
    Tree parent = getCurrentPath().getLeaf();
    return switch (parent.getKind()) {
      case IF, WHILE_LOOP, DO_WHILE_LOOP, ENHANCED_FOR_LOOP, SWITCH, SWITCH_EXPRESSION -> true;
      case RETURN, THROW -> true;
      case FOR_LOOP -> isTurn(3);
      case CONDITIONAL_EXPRESSION -> ((ConditionalExpressionTree) parent).getCondition() == tree;
      case VARIABLE -> ((VariableTree) parent).getInitializer() == tree && isInBlock();
      case ASSIGNMENT -> ((AssignmentTree) parent).getExpression() == tree && isTurn(3);
      case ARRAY_ACCESS -> ((ArrayAccessTree) parent).getIndex() == tree && isTurn(2);
      case METHOD_INVOCATION -> isLast(tree, (MethodInvocationTree) parent) && isTurn(2);
      case MEMBER_SELECT -> tree instanceof MethodInvocationTree && isTurn(4);
      default -> isOperand(tree, parent) && isTurn(3);
    };
  }

  /** So that plain code stands beside what awaits. */
  private boolean isTurn(int every) {
    return places++ % every == 0;
  }

  /** Whether the variable is neither that of a loop nor a resource. */
  private boolean isInBlock() {
    Tree around = getCurrentPath().getParentPath().getLeaf();
    return around instanceof BlockTree || around instanceof CaseTree;
  }

  private static boolean isLast(ExpressionTree argument, MethodInvocationTree call) {
    List<? extends ExpressionTree> all = call.getArguments();
    return !all.isEmpty() && all.get(all.size() - 1) == argument;
  }

  private static boolean isOperand(ExpressionTree tree, Tree parent) {
    if (parent instanceof CompoundAssignmentTree assignment) {
      return assignment.getExpression() == tree;
    }
    return parent instanceof BinaryTree && !(tree instanceof BinaryTree);
  }

  private void await(ExpressionTree tree) {
    TypeMirror type = source.trees().getTypeMirror(new TreePath(getCurrentPath(), tree));
    ExpressionTree bare = bare(tree);
    if (type == null || needsItsPlace(bare) || declaresVariable(bare)) {
      return;
    }
    if (type instanceof PrimitiveType primitive) {
      around(bare, LATER.formatted("<" + source.types().boxedClass(primitive) + ">"), "))");
    } else if (type instanceof ReferenceType && type.getKind() != TypeKind.NULL) {
      around(bare, LATER.formatted(""), "))");
    }
  }

  private static ExpressionTree bare(ExpressionTree tree) {
    return tree instanceof ParenthesizedTree inner ? bare(inner.getExpression()) : tree;
  }

  /** Whether the meaning of an expression hangs on where it stands. */
  private static boolean needsItsPlace(ExpressionTree tree) {
    return tree instanceof LiteralTree
        || tree instanceof NewArrayTree
        || tree instanceof LambdaExpressionTree
        || tree instanceof MemberReferenceTree;
  }

  private static boolean declaresVariable(Tree tree) {
    boolean[] declares = {false};
    tree.accept(
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitInstanceOf(InstanceOfTree tree, @Nullable Void unused) {
            declares[0] |= tree.getPattern() != null;
            return super.visitInstanceOf(tree, null);
          }
        },
        null);
    return declares[0];
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
    Tree select = tree.getMethodSelect();
    if (source.trees().getElement(new TreePath(getCurrentPath(), select))
            instanceof ExecutableElement called
        && isCalledByItsTwin.test(called)
        && tree.getTypeArguments().isEmpty()) {
      callTwin(tree, called);
      // Not awaited: with overloads, the call could become ambiguous.
      tree.getArguments().forEach(each -> super.scan(each, null));
      return null;
    }
    return super.visitMethodInvocation(tree, null);
  }

  private void callTwin(MethodInvocationTree tree, ExecutableElement called) {
    boolean isStatement =
        getCurrentPath().getParentPath().getLeaf() instanceof ExpressionStatementTree;
    TypeKind result = called.getReturnType().getKind();
    if (result.isPrimitive() && !isStatement) {
      around(tree, "((" + result.name().toLowerCase(Locale.ROOT) + ") " + AWAIT, "))");
    } else {
      around(tree, AWAIT, ")");
    }
    String twins = requireNonNull(called.getEnclosingElement()).getSimpleName() + "Async.";
    replace(
        tree.getMethodSelect(), twins + CoroutineCopies.copyOf(called.getSimpleName().toString()));
  }

  @Override
  public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable Void unused) {
    return null;
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
    return null;
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
    return null;
  }

  @Override
  public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void unused) {
    return null;
  }
}
