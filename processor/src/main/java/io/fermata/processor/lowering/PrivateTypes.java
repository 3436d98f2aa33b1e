package io.fermata.processor.lowering;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.declaration.TypeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/**
 * Reports operands that a variable has to hold as what they are, and can't, since a class in their
 * type is private: the variable is of the nearest type that has a name, {@code Base<?>} for {@code
 * Base<Hidden>}, which is enough for most that is done with a receiver.
 */
final class PrivateTypes {

  private final BodyContext context;

  PrivateTypes(BodyContext context) {
    this.context = context;
  }

  /** Checks an operand of {@code tree} that a variable holds. */
  void check(ExpressionTree tree, ExpressionTree operand) {
    TypeMirror type = context.facts().type(operand);
    if (isArgument(tree, operand) || isNeeded(tree, type)) {
      checkNamed(type, operand);
    }
  }

  /** Checks a type that the generated class has to name for {@code tree}. */
  void checkNamed(TypeMirror type, Tree tree) {
    in(type).findFirst().ifPresent(hidden -> context.names().check(hidden, tree));
  }

  /** Checks the class of an object of which a member is used. What names it is reported there. */
  void checkReceiver(ExpressionTree tree) {
    if (context.facts().typeIfAny(tree) instanceof DeclaredType type
        && isHidden(type)
        && (ExpressionLowering.bare(tree) instanceof MethodInvocationTree
            || !context.names().isReported(type.asElement()))) {
      checkNamed(type, tree);
    }
  }

  /**
   * Checks an argument that is a variable: it may be of a wider type than the source has for it.
   */
  void checkArgument(MethodInvocationTree call, int index) {
    ExpressionTree select = call.getMethodSelect();
    if (context.facts().element(select) instanceof ExecutableElement method
        && context.facts().typeIfAny(select) instanceof ExecutableType type
        && index < method.getParameters().size()
        && !isOwn(method.getParameters().get(index).asType(), method)) {
      checkNamed(type.getParameterTypes().get(index), call.getArguments().get(index));
    }
  }

  /** Whether any type fits there. */
  private static boolean isOwn(TypeMirror parameter, ExecutableElement method) {
    return parameter instanceof TypeVariable variable
        && method.getTypeParameters().contains(variable.asElement());
  }

  /**
   * Checks a lambda or a method reference: javac has to reach the interface that it implements, and
   * what its method takes, gives and throws. Parameters of a lambda are reported on their own.
   */
  void checkFunction(ExpressionTree tree) {
    if (!(context.facts().typeIfAny(tree) instanceof DeclaredType function)
        || !function.asElement().getKind().isInterface()) {
      return;
    }
    ExecutableElement method = context.facts().function((TypeElement) function.asElement());
    ExecutableType type = (ExecutableType) context.body().types().asMemberOf(function, method);
    List<TypeMirror> reached = new ArrayList<>(List.of(function, type.getReturnType()));
    reached.addAll(type.getThrownTypes());
    if (tree instanceof MemberReferenceTree) {
      reached.addAll(type.getParameterTypes());
    }
    reached.stream()
        .flatMap(each -> classOf(each).stream())
        .findFirst()
        .ifPresent(hidden -> context.names().check(hidden, tree));
  }

  /** The private class that a value of this type is of, or an element of the array. */
  private static Optional<Element> classOf(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return classOf(array.getComponentType());
    }
    return type instanceof DeclaredType declared
        ? TypeReader.privateAround(declared.asElement())
        : Optional.empty();
  }

  private static boolean isHidden(DeclaredType type) {
    return TypeReader.privateAround(type.asElement()).isPresent();
  }

  private static boolean isArgument(ExpressionTree tree, ExpressionTree operand) {
    return (tree instanceof MethodInvocationTree call && call.getArguments().contains(operand))
        || (tree instanceof NewClassTree creation && creation.getArguments().contains(operand));
  }

  /** Whether what is done with a receiver depends on what is hidden. */
  private boolean isNeeded(ExpressionTree tree, TypeMirror type) {
    if (!(tree instanceof MethodInvocationTree call)
        || !(context.facts().element(call.getMethodSelect()) instanceof ExecutableElement method)) {
      return false;
    }
    List<TypeMirror> used = new ArrayList<>();
    method.getParameters().forEach(parameter -> used.add(parameter.asType()));
    used.add(method.getReturnType());
    return (type instanceof DeclaredType declared && isHidden(declared))
        || used.stream().anyMatch(CapturedArguments::isOfClassInPart);
  }

  /** The private classes in a type. */
  private static Stream<Element> in(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return in(array.getComponentType());
    }
    if (type instanceof WildcardType wildcard) {
      return Stream.of(
              Optional.ofNullable(wildcard.getExtendsBound()),
              Optional.ofNullable(wildcard.getSuperBound()))
          .flatMap(Optional::stream)
          .flatMap(PrivateTypes::in);
    }
    return type instanceof DeclaredType declared
        ? Stream.concat(
            TypeReader.privateAround(declared.asElement()).stream(),
            declared.getTypeArguments().stream().flatMap(PrivateTypes::in))
        : Stream.empty();
  }
}
