package io.fermata.processor.lowering;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.fermata.processor.attribution.AsyncArguments;
import io.fermata.processor.attribution.AttributedBody;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import org.jspecify.annotations.Nullable;

/** The one look over a method: what stands where. {@link BodyFacts} answers from it. */
final class BodyLook extends TreePathScanner<@Nullable Void, @Nullable Void> {

  final IdentityHashMap<Tree, TreePath> paths = new IdentityHashMap<>();
  final Set<Tree> suspending = Collections.newSetFromMap(new IdentityHashMap<>());
  final IdentityHashMap<Tree, MethodInvocationTree> coroutineLambdas = new IdentityHashMap<>();
  final Map<Element, Tree> roots = new HashMap<>();
  final IdentityHashMap<Tree, Tree> rootsOfClasses = new IdentityHashMap<>();
  final Map<Element, Integer> lastUse = new HashMap<>();
  final List<VariableTree> variables = new ArrayList<>();
  final Set<Element> bindings = new HashSet<>();
  final Map<Element, ClassTree> localClasses = new LinkedHashMap<>();
  final Set<String> names = new HashSet<>();
  final Leftovers leftovers;
  private final BodyFacts facts;
  private final AttributedBody body;
  private Tree root;

  BodyLook(BodyFacts facts, AttributedBody body) {
    this.facts = facts;
    this.body = body;
    this.leftovers = new Leftovers(body);
    this.root = body.tree();
  }

  @Override
  public @Nullable Void scan(TreePath path, @Nullable Void unused) {
    paths.put(path.getLeaf(), path);
    return super.scan(path, null);
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    if (tree == null) {
      return null;
    }
    paths.put(tree, new TreePath(getCurrentPath(), tree));
    return super.scan(tree, null);
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
    super.visitMethodInvocation(call, null);
    boolean emits = facts.isEmit(call) || facts.isEmitAll(call);
    if (facts.isAwait(call) || (emits && root == body.tree())) {
      mark();
    }
    if (facts.isAwait(call) || emits || facts.isAsync(call)) {
      Element method = Objects.requireNonNull(facts.element(call.getMethodSelect()));
      leftovers.add(call.getMethodSelect(), method.getSimpleName().toString());
    }
    return null;
  }

  @Override
  public @Nullable Void visitTry(TryTree tree, @Nullable Void unused) {
    super.visitTry(tree, null);
    for (Tree resource : tree.getResources()) {
      if (facts.isA(facts.type(resource), "io.fermata.ThrowingScope")) {
        mark();
      }
    }
    return null;
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree loop, @Nullable Void unused) {
    super.visitEnhancedForLoop(loop, null);
    if (facts.isA(facts.type(loop.getExpression()), "io.fermata.AsyncIterable")
        || facts.isGeneratorCall(loop.getExpression(), "io.fermata.Generator")) {
      mark();
    }
    return null;
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, @Nullable Void unused) {
    Optional<MethodInvocationTree> call =
        AsyncArguments.callAround(getCurrentPath()).filter(facts::isAsync);
    if (call.isEmpty()) {
      return super.visitLambdaExpression(lambda, null);
    }
    coroutineLambdas.put(lambda, call.get());
    Tree outer = root;
    root = lambda;
    super.visitLambdaExpression(lambda, null);
    root = outer;
    return null;
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
    Element element = facts.element(tree);
    if (element != null) {
      localClasses.put(element, tree);
    }
    names.add(tree.getSimpleName().toString());
    Tree outer = root;
    if (element != null) {
      roots.put(element, outer);
    }
    rootsOfClasses.put(tree, outer);
    root = tree;
    super.visitClass(tree, null);
    root = outer;
    return null;
  }

  @Override
  public @Nullable Void visitVariable(VariableTree variable, @Nullable Void unused) {
    names.add(variable.getName().toString());
    variables.add(variable);
    Element element = facts.element(variable);
    if (element != null && !element.getKind().isField() && !isMadeUp(variable)) {
      roots.put(element, root);
    }
    return super.visitVariable(variable, null);
  }

  /** Whether javac has put this parameter there, for a constructor without a parameter list. */
  private boolean isMadeUp(VariableTree variable) {
    Tree around = getCurrentPath().getParentPath().getLeaf();
    return around instanceof MethodTree && body.start(variable) < body.start(around);
  }

  @Override
  public @Nullable Void visitBindingPattern(BindingPatternTree pattern, @Nullable Void unused) {
    super.visitBindingPattern(pattern, null);
    Element element = facts.element(pattern.getVariable());
    if (element != null) {
      bindings.add(element);
    }
    return null;
  }

  @Override
  public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void unused) {
    names.add(name.getName().toString());
    Element element = facts.element(name);
    if (element != null && element.getKind() == ElementKind.BINDING_VARIABLE) {
      lastUse.merge(element, body.start(name), Math::max);
    }
    return super.visitIdentifier(name, null);
  }

  @Override
  public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
    names.add(select.getIdentifier().toString());
    return super.visitMemberSelect(select, null);
  }

  /** This tree and all around it up to the coroutine that it belongs to, if not marked yet. */
  private void mark() {
    for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
      Tree leaf = path.getLeaf();
      if (leaf instanceof LambdaExpressionTree
          || leaf instanceof ClassTree
          || leaf == body.tree()
          || !suspending.add(leaf)) {
        return;
      }
    }
  }
}
