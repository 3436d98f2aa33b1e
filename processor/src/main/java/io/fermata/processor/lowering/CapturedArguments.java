package io.fermata.processor.lowering;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import io.fermata.processor.declaration.TypeReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
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
    List<? extends ExpressionTree> arguments =
        tree instanceof MethodInvocationTree call
            ? call.getArguments()
            : tree instanceof NewClassTree creation ? creation.getArguments() : List.of();
    if (arguments.isEmpty()) {
      return Set.of();
    }
    List<List<Element>> captured =
        operands.stream().map(operand -> capturedIn(context.facts().type(operand))).toList();
    Set<Element> shared = twice(captured);
    Set<ExpressionTree> found = new HashSet<>();
    TargetTyping typing = new TargetTyping(context.facts());
    for (int i = lastSuspending(operands); i >= 0; i--) {
      int at = arguments.indexOf(operands.get(i));
      if (at >= 0 && !captured.get(i).isEmpty()) {
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
                .map(parameter -> variablesIn(parameter.asType()))
                .anyMatch(variables -> variables.stream().anyMatch(CapturedArguments::isOfClass));
    return isCandidate ? Optional.of(operands.get(0)) : Optional.empty();
  }

  /** Whether a captured wildcard stands in a type argument that is none itself. */
  private static boolean isProjected(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.getTypeArguments().stream().anyMatch(each -> !capturedIn(each).isEmpty());
  }

  /** Whether an unchecked call gives less than the call in the source (JLS 15.12.2.6). */
  boolean losesType(ExpressionTree tree) {
    Types types = context.body().types();
    TypeMirror type = context.facts().type(tree);
    TypeMirror declared = method(tree).map(ExecutableElement::getReturnType).orElse(type);
    return !(context.facts().parent(tree) instanceof ExpressionStatementTree)
        && !types.isSameType(types.erasure(declared), type);
  }

  private int lastSuspending(List<ExpressionTree> operands) {
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
        ? capturedIn(type.getParameterTypes().get(at))
        : List.of();
  }

  /** Whether the type parameters in this type, if there are any, are all of a class. */
  static boolean isOfClassOnly(TypeMirror parameter) {
    return variablesIn(parameter).stream().allMatch(CapturedArguments::isOfClass);
  }

  private static boolean isOfClass(TypeVariable variable) {
    return ((TypeParameterElement) variable.asElement()).getGenericElement() instanceof TypeElement;
  }

  private Optional<ExecutableElement> method(ExpressionTree tree) {
    return tree instanceof MethodInvocationTree call
            && context.facts().element(call.getMethodSelect()) instanceof ExecutableElement method
        ? Optional.of(method)
        : Optional.empty();
  }

  /** The captured wildcards in a type, each as often as it is there; none if it is one itself. */
  private static List<Element> capturedIn(TypeMirror type) {
    return type instanceof TypeVariable
        ? List.of()
        : variablesIn(type).stream()
            .filter(TypeReader::isCaptured)
            .map(TypeVariable::asElement)
            .toList();
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
