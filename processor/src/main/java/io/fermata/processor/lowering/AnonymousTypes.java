package io.fermata.processor.lowering;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.fermata.processor.declaration.TypeReader;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the anonymous classes of a body that need a name: those with a member that is used where
 * the object comes out of a variable of the generated class, and those that stand as a type
 * argument in the type of such a variable.
 *
 * <pre>
 * new Object() { int f(int q) { … } }.f(await(p))     Name t = …; t.f(…)
 * var it = List.of(new Task() { … }).iterator();      Iterator&lt;Name&gt; it = …
 * new Task() { … }.start(await(p))                    Task t = …; t.start(…)
 * </pre>
 */
final class AnonymousTypes extends TreePathScanner<@Nullable Void, @Nullable Void> {

  private final BodyFacts facts;
  private final Set<Element> types = new LinkedHashSet<>();
  private final Set<TypeMirror> open = new HashSet<>();

  private AnonymousTypes(BodyFacts facts) {
    this.facts = facts;
  }

  static Set<Element> find(BodyFacts facts) {
    AnonymousTypes scanner = new AnonymousTypes(facts);
    scanner.scan(facts.path(facts.methodTree()), null);
    return scanner.types;
  }

  // Types that are written down

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    if (tree instanceof ExpressionTree && facts.suspends(getCurrentPath().getLeaf())) {
      noteArguments(facts.typeIfAny(tree));
    }
    return super.scan(tree, null);
  }

  @Override
  public @Nullable Void visitVariable(VariableTree variable, @Nullable Void unused) {
    if (isOpened(getCurrentPath().getParentPath())) {
      noteArguments(facts.typeIfAny(variable));
    }
    return super.visitVariable(variable, null);
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, @Nullable Void unused) {
    if (facts.isCoroutineLambda(lambda)) {
      noteArguments(facts.typeIfAny(lambda));
    }
    return super.visitLambdaExpression(lambda, null);
  }

  /** An object alone can do with its supertype. */
  private void noteArguments(@Nullable TypeMirror type) {
    if (type instanceof IntersectionType intersection) { // javac's are declared types, too
      intersection.getBounds().forEach(this::noteArguments);
    } else if (type instanceof ArrayType array) {
      noteArguments(array.getComponentType());
    } else if (type instanceof DeclaredType declared) {
      declared.getTypeArguments().forEach(this::note);
      noteArguments(declared.getEnclosingType());
    } else if (type instanceof TypeVariable variable && open.add(variable)) {
      noteArguments(variable.getUpperBound());
      open.remove(variable);
    }
  }

  private void note(@Nullable TypeMirror type) {
    if (type instanceof WildcardType wildcard) {
      note(wildcard.getExtendsBound());
      note(wildcard.getSuperBound());
    } else if (type instanceof TypeVariable variable && open.add(variable)) {
      note(variable.getUpperBound());
      open.remove(variable);
    } else if (type instanceof ArrayType array) {
      note(array.getComponentType());
    } else {
      if (type instanceof DeclaredType declared
          && isAnonymous(TypeReader.outermost(declared.asElement()))) {
        types.add(TypeReader.outermost(declared.asElement()));
      }
      noteArguments(type);
    }
  }

  // Members

  @Override
  public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
    noteMember(select, isSplit(select));
    return super.visitMemberSelect(select, null);
  }

  @Override
  public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
    noteMember(tree, facts.suspends(tree));
    return super.visitMemberReference(tree, null);
  }

  /**
   * A member of an anonymous class.
   *
   * @param isSplit whether a resume point comes between the object and the use of its member
   */
  private void noteMember(Tree use, boolean isSplit) {
    Element member = facts.element(use);
    if (member == null || !(member.getEnclosingElement() instanceof TypeElement declarer)) {
      return;
    }
    Element type = TypeReader.outermost(declarer);
    if (isAnonymous(type) && (isSplit || !keptAround(use).equals(keptAround(creation(type))))) {
      types.add(type);
    }
  }

  private Tree creation(Element type) {
    return facts.parent(facts.declaration(type));
  }

  private boolean isAnonymous(Element type) {
    return facts.isLocal(type)
        && type.getSimpleName().contentEquals("")
        && !facts.isEnumConstant(type);
  }

  /** The whole of the code around this tree that stays in one piece. */
  private Tree keptAround(Tree tree) {
    Tree kept = tree;
    for (TreePath path = facts.pathAround(tree);
        path != null && (!isOpened(path) || staysWith(kept, path.getLeaf()));
        path = path.getParentPath()) {
      kept = path.getLeaf();
    }
    return kept;
  }

  /** Whether what stands directly in this tree is lowered on its own. */
  private boolean isOpened(TreePath path) {
    Tree tree = path.getLeaf();
    if (facts.suspends(tree) || tree == facts.methodTree() || facts.isCoroutineLambda(tree)) {
      return true;
    }
    boolean isPart = tree instanceof CaseTree || tree instanceof CatchTree;
    boolean isBlock =
        tree instanceof BlockTree && !(path.getParentPath().getLeaf() instanceof BlockTree);
    return (isPart || isBlock) && isOpened(path.getParentPath());
  }

  /** Whether an object that is created with a resume point is used where it is created. */
  private boolean staysWith(Tree object, Tree around) {
    return around instanceof ParenthesizedTree
        || (around instanceof MemberSelectTree select && !isSplit(select))
        || (around instanceof MethodInvocationTree call && call.getMethodSelect() == object);
  }

  private boolean isSplit(MemberSelectTree select) {
    Tree member = select;
    TreePath around = Objects.requireNonNull(facts.pathAround(select));
    while (around.getLeaf() instanceof ParenthesizedTree) {
      member = around.getLeaf();
      around = around.getParentPath();
    }
    Tree use = around.getLeaf();
    if (use instanceof MethodInvocationTree call && call.getMethodSelect() == member) {
      return call.getArguments().stream().anyMatch(facts::suspends);
    }
    if (use instanceof AssignmentTree assignment && assignment.getVariable() == member) {
      return facts.suspends(assignment.getExpression());
    }
    return use instanceof CompoundAssignmentTree assignment
        && assignment.getVariable() == member
        && facts.suspends(assignment.getExpression());
  }
}
