package io.fermata.processor.lowering;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.declaration.TypeReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Finds the arguments of a call that no variable can hold: their types share a captured wildcard
 * (JLS 5.1.10) with another operand, which the type of a variable can't say. They are passed raw.
 *
 * <pre>{@code
 * List<? extends Number> list = …;
 * transform(list, identity(), await(predicate));   // Function<C, C>, Predicate<C>, C of the list
 * }</pre>
 */
final class CapturedArguments {

  private final BodyContext context;

  CapturedArguments(BodyContext context) {
    this.context = context;
  }

  /**
   * Those arguments of {@code tree}, if it is a call, that a resume point may come behind and that
   * fit no longer with the types that variables have for them.
   */
  Set<ExpressionTree> of(ExpressionTree tree, List<ExpressionTree> operands) {
    List<? extends ExpressionTree> arguments = argumentsOf(tree);
    if (arguments.isEmpty()) {
      return Set.of();
    }
    List<List<Element>> captured =
        operands.stream().map(operand -> capturedInside(context.facts().type(operand))).toList();
    Set<Element> shared = twice(captured);
    Set<ExpressionTree> found = new HashSet<>();
    TargetTyping typing = new TargetTyping(context.facts());
    for (int i = lastSuspending(operands); i >= 0; i--) {
      int at = arguments.indexOf(operands.get(i));
      if (at >= 0
          && !captured.get(i).isEmpty()
          && !isOfCapturedType(context.facts().type(operands.get(i)))) {
        Set<Element> ties = new HashSet<>(shared);
        ties.addAll(capturedByReceiver(tree, at));
        boolean isProjected =
            isProjected(context.facts().type(operands.get(i)))
                && arguments.stream().noneMatch(typing::needsTarget);
        if (isProjected || captured.get(i).stream().anyMatch(ties::contains)) {
          found.add(operands.get(i));
        }
      }
    }
    return found;
  }

  /**
   * Those operands of {@code tree}, if it is a call, that a resume point may come behind and whose
   * type is the captured wildcard, or an array of it, that is expected where they are passed:
   * {@code list.add(await(p))} of a {@code List<?>}.
   */
  Set<ExpressionTree> ofCapturedType(ExpressionTree tree, List<ExpressionTree> operands) {
    Set<ExpressionTree> found = new HashSet<>();
    int last = lastSuspending(operands);
    for (int i = last; i >= 0; i--) {
      ExpressionTree operand = operands.get(i);
      int at = argumentsOf(tree).indexOf(operand);
      if (at >= 0
          && isOfCapturedType(context.facts().type(operand))
          && !(i == last && staysInPlace(operand))
          && isTied(tree, at, operands)) {
        found.add(operand);
      }
    }
    return found;
  }

  /**
   * The erased element type of the array that Java makes of this operand, if it is all that is
   * passed for {@code T... values}. Of an expression that fits any type javac would take it that
   * the array itself is passed (JLS 15.12.2).
   */
  Optional<TypeMirror> elementOfOnly(ExpressionTree tree, ExpressionTree operand) {
    List<? extends ExpressionTree> arguments = argumentsOf(tree);
    int last = arguments.size() - 1;
    boolean isOnly =
        arguments.indexOf(operand) == last
            && method(tree)
                .filter(method -> method.isVarArgs() && method.getParameters().size() == last + 1)
                .isPresent();
    if (!isOnly) {
      return Optional.empty();
    }
    Types types = context.body().types();
    TypeMirror value = context.facts().type(operand);
    return parameterType(tree, last, value)
        .filter(array -> !types.isAssignable(value, array))
        .map(array -> types.erasure(((ArrayType) array).getComponentType()));
  }

  /** Whether a captured wildcard in the type of a parameter is that of another operand. */
  private boolean isTied(ExpressionTree tree, int at, List<ExpressionTree> operands) {
    Optional<ExecutableElement> method = method(tree);
    if (method.isEmpty()) {
      return false;
    }
    int index = Math.min(at, method.get().getParameters().size() - 1);
    List<TypeVariable> captured =
        parameterType(tree, index, context.facts().type(argumentsOf(tree).get(at))).stream()
            .flatMap(type -> capturedIn(type).stream())
            .toList();
    boolean isOfReceiver =
        tree instanceof MethodInvocationTree
            && isOfClassInPart(method.get().getParameters().get(index).asType());
    Set<Element> others = new HashSet<>();
    operands.stream()
        .filter(other -> other != argumentsOf(tree).get(at))
        .forEach(other -> others.addAll(capturedInside(context.facts().type(other))));
    return captured.stream().anyMatch(each -> isOfReceiver || others.contains(each.asElement()));
  }

  /**
   * The type of a parameter with the type arguments that the call has. Nothing tells those of a
   * constructor's own type parameters: such a one is what the argument is made of.
   */
  private Optional<TypeMirror> parameterType(ExpressionTree tree, int index, TypeMirror argument) {
    return methodType(tree)
        .map(type -> (TypeMirror) type.getParameterTypes().get(index))
        .map(type -> isOfConstructor(elementOf(type)) ? sameDimensions(type, argument) : type);
  }

  private TypeMirror sameDimensions(TypeMirror array, TypeMirror value) {
    return array instanceof ArrayType type
        ? context.body().types().getArrayType(sameDimensions(type.getComponentType(), value))
        : elementOf(value);
  }

  private static TypeMirror elementOf(TypeMirror type) {
    return type instanceof ArrayType array ? elementOf(array.getComponentType()) : type;
  }

  private static boolean isOfConstructor(TypeMirror type) {
    return type instanceof TypeVariable variable
        && ((TypeParameterElement) variable.asElement()).getGenericElement().getKind()
            == ElementKind.CONSTRUCTOR;
  }

  /** The type of the method or constructor with the type arguments that it has here. */
  private Optional<ExecutableType> methodType(ExpressionTree tree) {
    Optional<? extends TypeMirror> type =
        tree instanceof MethodInvocationTree call
            ? Optional.ofNullable(context.facts().typeIfAny(call.getMethodSelect()))
            : method(tree)
                .map(
                    constructor ->
                        context
                            .body()
                            .types()
                            .asMemberOf((DeclaredType) context.facts().type(tree), constructor));
    return type.filter(ExecutableType.class::isInstance).map(ExecutableType.class::cast);
  }

  private static List<? extends ExpressionTree> argumentsOf(ExpressionTree tree) {
    return tree instanceof MethodInvocationTree call
        ? call.getArguments()
        : tree instanceof NewClassTree creation ? creation.getArguments() : List.of();
  }

  /** Whether the values that it gives are still the user's own expressions. */
  private boolean staysInPlace(ExpressionTree operand) {
    return ExpressionLowering.bare(operand) instanceof SwitchExpressionTree choice
        && choice.getCases().stream().noneMatch(context.facts()::suspends);
  }

  private static boolean isOfCapturedType(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return isOfCapturedType(array.getComponentType());
    }
    if (type instanceof IntersectionType intersection) {
      return intersection.getBounds().stream().anyMatch(CapturedArguments::isOfCapturedType);
    }
    return type instanceof TypeVariable variable && TypeReader.isCaptured(variable);
  }

  /** Whether this is a captured wildcard, or one stands in it. */
  static boolean mentionsCaptured(TypeMirror type) {
    return !capturedIn(type).isEmpty();
  }

  /**
   * The receiver of {@code tree}, if it is a call, whose type in a variable says only that a type
   * argument extends something, so that no argument fits: {@code Optional<? extends List<…>>} for
   * {@code Optional<List<C>>}.
   */
  Optional<ExpressionTree> receiver(ExpressionTree tree, List<ExpressionTree> operands) {
    boolean isCandidate =
        tree instanceof MethodInvocationTree call
            && lastSuspending(operands) >= 0
            && !call.getArguments().contains(operands.get(0))
            && isProjected(context.facts().type(operands.get(0)))
            && method(tree).stream()
                .flatMap(method -> method.getParameters().stream())
                .anyMatch(parameter -> isOfClassInPart(parameter.asType()));
    return isCandidate ? Optional.of(operands.get(0)) : Optional.empty();
  }

  /** Whether a captured wildcard stands in a type argument that is none itself. */
  private static boolean isProjected(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.getTypeArguments().stream().anyMatch(each -> !capturedInside(each).isEmpty());
  }

  /** Whether an unchecked call gives less than the call in the source (JLS 15.12.2.6). */
  boolean losesType(ExpressionTree tree) {
    Types types = context.body().types();
    TypeMirror type = context.facts().type(tree);
    TypeMirror declared = method(tree).map(ExecutableElement::getReturnType).orElse(type);
    return !(context.facts().parent(tree) instanceof ExpressionStatementTree)
        && !types.isSameType(types.erasure(declared), type);
  }

  int lastSuspending(List<ExpressionTree> operands) {
    int last = operands.size() - 1;
    while (last >= 0 && !context.facts().suspends(operands.get(last))) {
      last--;
    }
    return last;
  }

  private static Set<Element> twice(List<List<Element>> captured) {
    Set<Element> once = new HashSet<>();
    Set<Element> twice = new HashSet<>();
    captured.stream().flatMap(List::stream).filter(each -> !once.add(each)).forEach(twice::add);
    return twice;
  }

  /**
   * The captured wildcards in the type of a parameter as the receiver has it: {@code Subscriber<?
   * super C>} for {@code subscribe(Subscriber<? super T>)} of a {@code Flow<C>}.
   */
  private List<Element> capturedByReceiver(ExpressionTree tree, int at) {
    Optional<ExecutableElement> method = method(tree);
    if (method.isEmpty()
        || at >= method.get().getParameters().size()
        || !isOfClassOnly(method.get().getParameters().get(at).asType())) {
      return List.of();
    }
    return tree instanceof MethodInvocationTree call
            && context.facts().type(call.getMethodSelect()) instanceof ExecutableType type
        ? capturedInside(type.getParameterTypes().get(at))
        : List.of();
  }

  /** Whether the type parameters in this type, if there are any, are all of a class. */
  static boolean isOfClassOnly(TypeMirror parameter) {
    return variablesIn(parameter).stream().allMatch(CapturedArguments::isOfClass);
  }

  /** Whether a type parameter of a class stands in this type. */
  static boolean isOfClassInPart(TypeMirror type) {
    return variablesIn(type).stream().anyMatch(CapturedArguments::isOfClass);
  }

  private static boolean isOfClass(TypeVariable variable) {
    return ((TypeParameterElement) variable.asElement()).getGenericElement() instanceof TypeElement;
  }

  private Optional<ExecutableElement> method(ExpressionTree tree) {
    Tree name = tree instanceof MethodInvocationTree call ? call.getMethodSelect() : tree;
    return context.facts().element(name) instanceof ExecutableElement method
        ? Optional.of(method)
        : Optional.empty();
  }

  /** The captured wildcards in a type, each as often as it is there; none if it is one itself. */
  private static List<Element> capturedInside(TypeMirror type) {
    return type instanceof TypeVariable
        ? List.of()
        : capturedIn(type).stream().map(TypeVariable::asElement).toList();
  }

  /** The captured wildcards in a type, each as often as it is there. */
  static List<TypeVariable> capturedIn(TypeMirror type) {
    return variablesIn(type).stream().filter(TypeReader::isCaptured).toList();
  }

  private static List<TypeVariable> variablesIn(TypeMirror type) {
    List<TypeVariable> found = new ArrayList<>();
    new Visitor(found).visit(type);
    return found;
  }

  private static final class Visitor extends SimpleTypeVisitor14<@Nullable Void, @Nullable Void> {

    private final List<TypeVariable> found;

    Visitor(List<TypeVariable> found) {
      this.found = found;
    }

    @Override
    public @Nullable Void visitDeclared(DeclaredType type, @Nullable Void unused) {
      type.getTypeArguments().forEach(this::visit);
      return visit(type.getEnclosingType());
    }

    @Override
    public @Nullable Void visitArray(ArrayType type, @Nullable Void unused) {
      return visit(type.getComponentType());
    }

    @Override
    public @Nullable Void visitIntersection(IntersectionType type, @Nullable Void unused) {
      type.getBounds().forEach(this::visit);
      return null;
    }

    @Override
    public @Nullable Void visitWildcard(WildcardType type, @Nullable Void unused) {
      if (type.getExtendsBound() != null) {
        visit(type.getExtendsBound());
      }
      return type.getSuperBound() == null ? null : visit(type.getSuperBound());
    }

    @Override
    public @Nullable Void visitTypeVariable(TypeVariable type, @Nullable Void unused) {
      found.add(type);
      return null;
    }
  }
}
