package io.fermata.processor.lowering;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.Part;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/**
 * The names in code: variables, fields, methods, {@code this} and {@code super}, simple and behind
 * a dot.
 */
final class CutNames {

  private final Cut cut;
  private final BodyContext context;

  CutNames(Cut cut) {
    this.cut = cut;
    this.context = cut.context;
  }

  void identifier(IdentifierTree tree) {
    String name = tree.getName().toString();
    Element element = context.facts().element(tree);
    if (element == null || context.body().start(tree) < 0) {
      return;
    }
    if (name.equals("this")) {
      self(element, tree);
    } else if (name.equals("super")) {
      reportSuper(element, tree);
    } else {
      name(element, tree);
    }
  }

  private void self(Element element, Tree tree) {
    TypeElement type = typeAround(element);
    if (!context.facts().staysIn(tree, type)) {
      objectOf(type, "this", tree).ifPresent(object -> cut.replace(tree, object.parts()));
    }
  }

  /** The object that {@code this}, or {@code Outer.this}, means. */
  Optional<Code> thisObject(ExpressionTree tree, Part.Place place) {
    TypeElement type = typeAround(context.facts().requireElement(ExpressionLowering.bare(tree)));
    return context
        .names()
        .object(type, context.body().text(tree), tree, context.variables().self(), place);
  }

  /** The object that {@code this} or {@code super} of this class means where it has no name. */
  private Optional<Code> objectOf(TypeElement type, String member, Tree tree) {
    return context.facts().isLocal(type)
        ? object(type, member, tree).map(Code::of)
        : context
            .names()
            .object(type, context.body().text(tree), tree, context.variables().self(), cut.place());
  }

  private static TypeElement typeAround(Element member) {
    return (TypeElement) Objects.requireNonNull(member.getEnclosingElement());
  }

  /** The object of a class around; a fault if that class can't be named. */
  private Optional<Part> object(TypeElement type, String member, Tree at) {
    if (context.facts().isEnumConstant(type)) {
      context.names().reportEnumConstant(member, at);
      return Optional.empty();
    }
    return Optional.of(cut.reading(context.instance(type)));
  }

  private void reportSuper(Element element, Tree tree) {
    Element type = element.getEnclosingElement();
    Tree parent = context.facts().parent(tree);
    boolean isConstructorCall = parent instanceof MethodInvocationTree;
    if (!isConstructorCall && (type == null || !context.facts().staysIn(tree, type))) {
      context.names().reportOwnClassOnly(context.body().text(parent), parent);
    }
  }

  private void name(Element element, IdentifierTree tree) {
    if (element instanceof TypeParameterElement parameter) {
      cut.replace(tree, List.of(new Part.Text(context.nameOf(parameter))));
    } else if (element instanceof TypeElement type) {
      cut.types.type(type, tree);
    } else if (element.getKind().isField()) {
      field(element, tree);
    } else if (element.getKind() == ElementKind.METHOD) {
      context.names().check(element, tree);
      qualify(element, tree);
    } else {
      variable(element, tree);
    }
  }

  private void field(Element element, IdentifierTree tree) {
    if (isCaseLabel(tree) && element.getKind() == ElementKind.ENUM_CONSTANT) {
      new PrivateTypes(context).checkNamed(element.asType(), tree);
      return;
    }
    Optional<String> constant = context.names().inlined(element);
    if (constant.isPresent()) {
      cut.replace(tree, List.of(new Part.Text(constant.get())));
      return;
    }
    if (context.names().isReadThroughAccessor(element)) {
      cut.edits.after(context.body().end(tree), List.of(new Part.Text("()")));
    } else if (cut.privates.read(tree, element)) {
      return;
    } else {
      context.names().check(element, tree);
    }
    qualify(element, tree);
  }

  void qualify(Element member, Tree tree) {
    qualifier(member, tree, cut.place())
        .ifPresent(code -> cut.edits.before(context.body().start(tree), code.parts()));
  }

  Optional<Code> qualifier(Element member, Tree tree, Part.Place place) {
    Optional<TypeElement> holder = context.facts().holder(member, tree);
    return holder.filter(context.facts()::isLocal).isPresent()
        ? localQualifier(member, holder.get(), tree)
        : context.names().qualifier(member, tree, context.variables().self(), place);
  }

  /** What stands before a member of a class of the body; nothing in that class itself. */
  private Optional<Code> localQualifier(Element member, TypeElement holder, Tree tree) {
    if (context.facts().staysIn(tree, holder)) {
      return Optional.empty();
    }
    Optional<Part> qualifier =
        member.getModifiers().contains(Modifier.STATIC)
            ? Optional.of(context.names().typeName(nameable(member, holder)))
            : object(holder, member.getSimpleName().toString(), tree);
    return qualifier.map(part -> Code.of(part, new Part.Text(".")));
  }

  /** A class by whose name a static member of {@code holder} can be reached. */
  private TypeElement nameable(Element member, TypeElement holder) {
    return context.facts().isEnumConstant(holder)
            && member.getEnclosingElement() instanceof TypeElement declarer
        ? declarer
        : holder;
  }

  private void variable(Element element, IdentifierTree tree) {
    if (context.isSink(element)) {
      // Only its calls mean anything; what else is done with it is a fault reported elsewhere.
      cut.replace(
          tree,
          List.of(
              new Part.Text("(("),
              new Part.TypeName(context.describe(element.asType())),
              new Part.Text(") null)")));
      return;
    }
    Optional<IrLocal> found = context.variables().find(element).map(cut::current);
    if (found.isEmpty()) {
      return;
    }
    IrLocal local = found.get();
    boolean isConstant =
        element instanceof VariableElement variable && variable.getConstantValue() != null;
    cut.replace(
        tree,
        isConstant && !cut.depths.containsKey(local)
            ? List.of(new Part.Text(ConstantText.of(constant(element))))
            : List.of(cut.reading(local)));
  }

  /** The value of a constant variable (JLS 4.12.4), which the hoisted one no longer is. */
  private Object constant(Element variable) {
    return Objects.requireNonNull(((VariableElement) variable).getConstantValue());
  }

  private boolean isCaseLabel(Tree tree) {
    Tree parent = context.facts().parent(tree);
    return parent instanceof CaseTree || parent.getKind().name().equals("CONSTANT_CASE_LABEL");
  }

  void select(MemberSelectTree tree) {
    Element element = context.facts().element(tree);
    String name = tree.getIdentifier().toString();
    if (element == null || name.equals("class") || (name.equals("length") && isArray(tree))) {
      cut.scan(tree.getExpression());
      return;
    }
    if (name.equals("this")) {
      self(element, tree);
      return;
    }
    if (name.equals("super")) {
      if (context.facts().isType(tree.getExpression())) {
        reportSuper(element, tree);
      } else { // outer.super(…)
        cut.scan(tree.getExpression());
      }
      return;
    }
    if (element.getKind() == ElementKind.PACKAGE) {
      return;
    }
    if (element instanceof TypeElement type) {
      if (isParameterized(tree.getExpression())) { // Outer<T>.Inner
        context.names().check(type, tree);
        cut.scan(tree.getExpression());
        return;
      }
      cut.types.type(type, tree);
      return;
    }
    member(element, tree);
  }

  private static boolean isParameterized(Tree type) {
    if (type instanceof AnnotatedTypeTree annotated) {
      return isParameterized(annotated.getUnderlyingType());
    }
    return type instanceof ParameterizedTypeTree
        || (type instanceof MemberSelectTree select && isParameterized(select.getExpression()));
  }

  /** {@code super.count} becomes {@code ((Base) self).count}. */
  private void superField(Element field, MemberSelectTree tree) {
    ExpressionTree name = tree.getExpression();
    TypeElement type = typeAround(context.facts().requireElement(name));
    if (context.facts().staysIn(tree, type)) {
      return;
    }
    context.names().check(field, tree);
    if (type.getSuperclass() instanceof DeclaredType superclass) {
      context.names().check(superclass.asElement(), tree);
      Part cast = new Part.TypeName(context.describe(superclass));
      objectOf(type, field.getSimpleName().toString(), name)
          .map(object -> Code.of(new Part.Text("(("), cast, new Part.Text(") ")).then(object))
          .ifPresent(object -> cut.replace(name, object.then(")").parts()));
    }
  }

  private void member(Element element, MemberSelectTree tree) {
    Optional<String> constant = context.names().inlined(element);
    if (constant.isPresent()) {
      cut.replace(tree, List.of(new Part.Text(constant.get())));
      return;
    }
    if (isSuper(tree.getExpression()) && element.getKind().isField()) {
      superField(element, tree);
      return;
    }
    if (context.names().isReadThroughAccessor(element)) {
      cut.edits.after(context.body().end(tree), List.of(new Part.Text("()")));
    } else if (element.getKind() == ElementKind.FIELD && cut.privates.read(tree, element)) {
      checkReceiver(tree.getExpression());
      return;
    } else if (!isSuper(tree.getExpression())) {
      context.names().check(element, tree);
    }
    cut.scan(tree.getExpression());
    checkReceiver(tree.getExpression());
  }

  /** Of an object whose class can't be named no member can be used. */
  private void checkReceiver(ExpressionTree tree) {
    if (!cut.operands.containsKey(tree) && !context.facts().isType(tree) && !isSuper(tree)) {
      new PrivateTypes(context).checkReceiver(tree);
    }
  }

  private boolean isSuper(ExpressionTree tree) {
    return context.facts().isSuper(tree);
  }

  private boolean isArray(MemberSelectTree tree) {
    return context.facts().type(tree.getExpression()).getKind() == TypeKind.ARRAY;
  }
}
