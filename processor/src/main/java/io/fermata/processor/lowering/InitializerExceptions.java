package io.fermata.processor.lowering;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.declaration.ThrownTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Finds the checked exceptions that the fields and initializers of an anonymous class may throw:
 * its constructor, which nobody writes, has them in its {@code throws} clause (JLS 11.2.3).
 */
final class InitializerExceptions extends TreeScanner<@Nullable Void, @Nullable Void> {

  private final BodyContext context;
  private final BodyFacts facts;
  private final ThrownTypes types;
  private final Map<Element, List<TypeMirror>> rethrown = new HashMap<>();
  private final Set<Element> assigned = new HashSet<>();
  private List<TypeMirror> thrown = new ArrayList<>();

  private InitializerExceptions(BodyContext context) {
    this.context = context;
    this.facts = context.facts();
    this.types = new ThrownTypes(context.body().types(), context.body().elements());
  }

  static List<TypeMirror> of(ClassTree anonymous, BodyContext context) {
    InitializerExceptions scanner = new InitializerExceptions(context);
    new Assigned(scanner).scan(anonymous, null);
    scanner.scanInitializers(anonymous);
    return scanner.thrown;
  }

  private void scanInitializers(ClassTree anonymous) {
    for (Tree member : anonymous.getMembers()) {
      if (member instanceof VariableTree field && !isStatic(field)) {
        scan(field.getInitializer(), null);
      } else if (member instanceof BlockTree block && !block.isStatic()) {
        scan(block, null);
      }
    }
  }

  private static boolean isStatic(VariableTree field) {
    return field.getModifiers().getFlags().contains(Modifier.STATIC);
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
    return null;
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
    return null;
  }

  /** What a catch clause has caught and throws on is what the block before it throws (11.2.2). */
  @Override
  public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void unused) {
    Tree bare = ExpressionLowering.bare(tree.getExpression());
    List<TypeMirror> precise =
        bare instanceof IdentifierTree ? rethrown.get(facts.element(bare)) : null;
    if (precise == null) {
      types.add(facts.type(tree.getExpression()), thrown);
    } else {
      precise.forEach(type -> types.add(type, thrown));
    }
    return super.visitThrow(tree, null);
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
    if (facts.typeIfAny(call.getMethodSelect()) instanceof ExecutableType method) {
      method.getThrownTypes().forEach(type -> types.add(type, thrown));
    }
    return super.visitMethodInvocation(call, null);
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree creation, @Nullable Void unused) {
    new ConstructorExceptions(context).of(creation).forEach(type -> types.add(type, thrown));
    if (creation.getClassBody() != null) {
      scanInitializers(creation.getClassBody());
    }
    return super.visitNewClass(creation, null);
  }

  @Override
  public @Nullable Void visitTry(TryTree tree, @Nullable Void unused) {
    List<TypeMirror> before = thrown;
    thrown = new ArrayList<>();
    for (Tree resource : tree.getResources()) {
      scan(resource, null);
      types.ofClose(facts.type(resource)).forEach(type -> types.add(type, thrown));
    }
    scan(tree.getBlock(), null);
    List<TypeMirror> uncaught = thrown;
    thrown = new ArrayList<>();
    for (CatchTree clause : tree.getCatches()) {
      scan(clause, uncaught);
    }
    boolean endsNormally =
        tree.getFinallyBlock() == null || new Completion(facts).canComplete(tree.getFinallyBlock());
    List<TypeMirror> leaving =
        endsNormally ? Stream.concat(uncaught.stream(), thrown.stream()).toList() : List.of();
    thrown = before;
    leaving.forEach(type -> types.add(type, thrown));
    scan(tree.getFinallyBlock(), null);
    return null;
  }

  /** Takes what a clause catches out of {@code uncaught}, and adds what its block throws. */
  private void scan(CatchTree clause, List<TypeMirror> uncaught) {
    Element parameter = facts.requireElement(clause.getParameter());
    List<TypeMirror> caught = caughtBy(clause);
    if (!assigned.contains(parameter)) {
      rethrown.put(parameter, types.common(caught, uncaught));
    }
    uncaught.removeIf(
        type -> caught.stream().anyMatch(each -> context.body().types().isSubtype(type, each)));
    scan(clause.getBlock(), null);
  }

  private List<TypeMirror> caughtBy(CatchTree clause) {
    Tree caught = Objects.requireNonNull(clause.getParameter().getType());
    List<? extends Tree> alternatives =
        caught instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(caught);
    return alternatives.stream().map(facts::type).toList();
  }

  /** Finds what is assigned to: such a parameter of a catch clause is not effectively final. */
  private static final class Assigned extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final InitializerExceptions exceptions;

    Assigned(InitializerExceptions exceptions) {
      this.exceptions = exceptions;
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
      Tree bare = ExpressionLowering.bare(tree.getVariable());
      Element variable = exceptions.facts.element(bare);
      if (variable != null) {
        exceptions.assigned.add(variable);
      }
      return super.visitAssignment(tree, null);
    }
  }
}
