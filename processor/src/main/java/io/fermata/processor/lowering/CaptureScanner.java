package io.fermata.processor.lowering;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.declaration.TypeReader;
import io.fermata.processor.ir.IrTypeParameter;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a class of the body uses anything of the code around it that only lives there:
 * variables, objects around it, type parameters. One that does not might as well be a static member
 * (JLS 8.1.3).
 */
final class CaptureScanner extends TreeScanner<@Nullable Void, @Nullable Void> {

  private final BodyContext context;
  private final BodyFacts facts;
  private final ClassTree root;
  private final Set<Tree> seen;
  private boolean found;

  private CaptureScanner(BodyContext context, ClassTree root, Set<Tree> seen) {
    this.context = context;
    this.facts = context.facts();
    this.root = root;
    this.seen = seen;
  }

  /** Whether objects of this class need anything of the code in which it is declared. */
  static boolean captures(ClassTree tree, BodyContext context) {
    return captures(tree, context, new HashSet<>());
  }

  /** A class that was seen on the way here adds nothing. */
  private static boolean captures(ClassTree tree, BodyContext context, Set<Tree> seen) {
    if (!seen.add(tree)) {
      return false;
    }
    CaptureScanner scanner = new CaptureScanner(context, tree, seen);
    scanner.scan(tree, null);
    return scanner.found;
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    return found ? null : super.scan(tree, null);
  }

  @Override
  public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void unused) {
    Element element = facts.element(name);
    if (element instanceof VariableElement variable && !element.getKind().isField()) {
      found |= variable.getConstantValue() == null && !isDeclaredInside(element);
    } else if (element instanceof TypeParameterElement parameter) {
      found |= context.typeParametersAround(root).stream().anyMatch(isNamed(parameter));
    } else if (element instanceof TypeElement type) {
      found |= isInGenericScope(type);
    } else if (element != null
        && (element.getKind().isField() || element.getKind() == ElementKind.METHOD)
        && !element.getModifiers().contains(Modifier.STATIC)) {
      found |= !isInside(holder(element, name));
    }
    return null;
  }

  private Predicate<IrTypeParameter> isNamed(TypeParameterElement parameter) {
    String name = context.nameOf(parameter);
    return each -> each.name().equals(name);
  }

  /** The full name of such a class has the type parameters of the method in it. */
  private boolean isInGenericScope(TypeElement type) {
    Element top = TypeReader.outermost(type);
    return facts.isLocal(top)
        && !isInside(top)
        && !context.typeParametersAround(facts.declaration(top)).isEmpty()
        && captures(facts.declaration(top), context, seen);
  }

  /** The class whose object {@code this}, {@code super} or a member of it belongs to. */
  private @Nullable Element holder(Element element, IdentifierTree name) {
    boolean isKeyword =
        name.getName().contentEquals("this") || name.getName().contentEquals("super");
    return isKeyword ? element.getEnclosingElement() : facts.holder(element, name).orElse(null);
  }

  @Override
  public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
    boolean isThis = select.getIdentifier().contentEquals("this");
    if (isThis || select.getIdentifier().contentEquals("super")) {
      found |= !isInside(facts.element(select.getExpression()));
      return null;
    }
    return super.visitMemberSelect(select, null);
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree creation, @Nullable Void unused) {
    if (creation.getEnclosingExpression() == null) {
      create(facts.element(creation), creation);
    }
    return super.visitNewClass(creation, null);
  }

  @Override
  public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void unused) {
    if (reference.getMode() == MemberReferenceTree.ReferenceMode.NEW) {
      create(facts.element(reference), reference);
    }
    return super.visitMemberReference(reference, null);
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
    if (facts.requireElement(tree) instanceof TypeElement type
        && type.getSuperclass() instanceof DeclaredType superclass) {
      needObjectOf(superclass.asElement(), tree);
    }
    return super.visitClass(tree, null);
  }

  private void create(@Nullable Element constructor, Tree at) {
    if (constructor != null && constructor.getEnclosingElement() != null) {
      needObjectOf(constructor.getEnclosingElement(), at);
    }
  }

  /** What is created may need the object, or the variables, around its class. */
  private void needObjectOf(Element type, Tree at) {
    if (isInside(type)) {
      return;
    }
    if (facts.isInner(type)) {
      found |= facts.holder(type, at).filter(this::isInside).isEmpty();
    } else if (facts.isLocal(type)) {
      found |= captures(facts.declaration(type), context, seen);
    }
  }

  /** The continuation of a coroutine lambda takes what is around it along. */
  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, @Nullable Void unused) {
    found |= facts.isCoroutineLambda(lambda);
    return super.visitLambdaExpression(lambda, null);
  }

  private boolean isDeclaredInside(Element variable) {
    Tree declarer = facts.root(variable);
    return declarer != null && facts.isIn(declarer, root);
  }

  private boolean isInside(@Nullable Element type) {
    return type != null && facts.isLocal(type) && facts.isIn(facts.declaration(type), root);
  }
}
