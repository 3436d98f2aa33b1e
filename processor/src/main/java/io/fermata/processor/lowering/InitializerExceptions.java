package io.fermata.processor.lowering;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
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
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Finds the checked exceptions that the fields and initializers of an anonymous class may throw:
 * its constructor, which nobody writes, has them in its {@code throws} clause (JLS 11.2.3).
 */
final class InitializerExceptions extends TreeScanner<@Nullable Void, @Nullable Void> {

  private final BodyFacts facts;
  private final Elements elements;
  private final Types types;
  private final List<TypeMirror> thrown = new ArrayList<>();

  private InitializerExceptions(BodyContext context) {
    this.facts = context.facts();
    this.elements = context.body().elements();
    this.types = context.body().types();
  }

  static List<TypeMirror> of(ClassTree anonymous, BodyContext context) {
    InitializerExceptions scanner = new InitializerExceptions(context);
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

  @Override
  public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void unused) {
    note(facts.type(tree.getExpression()));
    return super.visitThrow(tree, null);
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
    if (facts.typeIfAny(call.getMethodSelect()) instanceof ExecutableType method) {
      method.getThrownTypes().forEach(this::note);
    }
    return super.visitMethodInvocation(call, null);
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree creation, @Nullable Void unused) {
    ((ExecutableElement) facts.requireElement(creation)).getThrownTypes().forEach(this::note);
    if (creation.getClassBody() != null) {
      scanInitializers(creation.getClassBody());
    }
    return super.visitNewClass(creation, null);
  }

  @Override
  public @Nullable Void visitTry(TryTree tree, @Nullable Void unused) {
    int before = thrown.size();
    for (Tree resource : tree.getResources()) {
      scan(resource, null);
      noteClosing(facts.type(resource));
    }
    scan(tree.getBlock(), null);
    List<TypeMirror> inside = thrown.subList(before, thrown.size());
    for (CatchTree clause : tree.getCatches()) {
      inside.removeIf(type -> isCaught(type, clause));
    }
    tree.getCatches().forEach(clause -> scan(clause.getBlock(), null));
    scan(tree.getFinallyBlock(), null);
    return null;
  }

  private void noteClosing(TypeMirror resource) {
    TypeElement type = (TypeElement) types.asElement(types.erasure(resource));
    ExecutableElement close =
        ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
            .filter(each -> each.getSimpleName().contentEquals("close"))
            .filter(each -> each.getParameters().isEmpty())
            .findFirst()
            .orElseThrow();
    close.getThrownTypes().forEach(this::note);
  }

  private boolean isCaught(TypeMirror type, CatchTree clause) {
    Tree caught = Objects.requireNonNull(clause.getParameter().getType());
    List<? extends Tree> alternatives =
        caught instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(caught);
    return alternatives.stream().anyMatch(each -> types.isSubtype(type, facts.type(each)));
  }

  private void note(TypeMirror type) {
    if (ThrownTypes.isChecked(type, types, elements)
        && thrown.stream().noneMatch(each -> types.isSubtype(type, each))) {
      thrown.add(type);
    }
  }
}
