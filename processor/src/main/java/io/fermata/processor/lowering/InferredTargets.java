package io.fermata.processor.lowering;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrType;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Tells where the user's code gives a value to something whose type only inference has. A type
 * parameter stands for that type in the generated class, and javac does not know what is of it.
 *
 * <pre>
 * var list = new ArrayList&lt;&gt;(List.of(1, "a"));     List&lt;Type$1&gt; list = …;
 * list.add(2);                                     list.add((Type$1) (Object) 2);
 * list.replaceAll(each -&gt; "b");                    list.replaceAll(each -&gt; (Type$1) "b");
 * </pre>
 */
final class InferredTargets {

  private final BodyContext context;

  InferredTargets(BodyContext context) {
    this.context = context;
  }

  /** The type that a target has, if only inference has it and code there can name it. */
  Optional<IrType> target(ExpressionTree tree) {
    TypeMirror type = context.facts().type(tree);
    return CapturedArguments.mentionsCaptured(type) ? Optional.empty() : inferred(type, tree);
  }

  /** Whether an argument has to be told that it is of the captured wildcard's type there. */
  boolean isNameless(MethodInvocationTree call, int index) {
    ExpressionTree select = call.getMethodSelect();
    if (!(context.facts().element(select) instanceof ExecutableElement method)
        || !(context.facts().typeIfAny(select) instanceof ExecutableType type)) {
      return false;
    }
    int last = method.getParameters().size() - 1;
    boolean isArray = method.isVarArgs() && call.getArguments().size() == last + 1;
    return !(isArray && index == last)
        && isNameless(
            call.getArguments().get(index), type.getParameterTypes().get(Math.min(index, last)));
  }

  /** The same of a value that is assigned. */
  boolean isNameless(AssignmentTree tree) {
    return isNameless(tree.getExpression(), context.facts().type(tree.getVariable()));
  }

  private boolean isNameless(ExpressionTree value, TypeMirror expected) {
    return CapturedArguments.mentionsCaptured(expected)
        && context.types().isNameless(context.facts().type(value));
  }

  /** Whether this calls a method of an object whose type only inference has. */
  boolean isReceiver(MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree select
        && !context.facts().isType(select.getExpression())
        && inferred(context.facts().typeIfAny(select.getExpression()), call).isPresent();
  }

  /** The type of the parameter that an argument is passed to by such a call. */
  Optional<IrType> parameter(MethodInvocationTree call, int index) {
    ExpressionTree select = call.getMethodSelect();
    if (!(context.facts().element(select) instanceof ExecutableElement method)
        || !(context.facts().typeIfAny(select) instanceof ExecutableType type)
        || isTold(call.getArguments().get(index))) {
      return Optional.empty();
    }
    int last = method.getParameters().size() - 1;
    boolean isOfClass =
        CapturedArguments.isOfClassOnly(method.getParameters().get(Math.min(index, last)).asType());
    TypeMirror parameter = type.getParameterTypes().get(Math.min(index, last));
    boolean isElement =
        method.isVarArgs()
            && index >= last
            && context.facts().type(call.getArguments().get(index)).getKind() != TypeKind.ARRAY;
    return isOfClass && !CapturedArguments.mentionsCaptured(parameter)
        ? inferred(
                isElement && parameter instanceof ArrayType array
                    ? array.getComponentType()
                    : parameter,
                call)
            .filter(each -> !isContravariant(each))
        : Optional.empty();
  }

  /** Whether there is a lambda in it whose type the parameter tells. */
  private boolean isTold(ExpressionTree argument) {
    if (ExpressionLowering.bare(argument) instanceof MemberReferenceTree reference) {
      return !givesClass(reference);
    }
    boolean[] holdsFunction = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitLambdaExpression(
          LambdaExpressionTree tree, @Nullable Void unused) {
        holdsFunction[0] = true;
        return null;
      }

      @Override
      public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
        holdsFunction[0] = true;
        return null;
      }
    }.scan(argument, null);
    return holdsFunction[0] && new TargetTyping(context.facts()).needsTarget(argument);
  }

  /** Whether what the method gives does not depend on the type that is expected. */
  private boolean givesClass(MemberReferenceTree reference) {
    return context.facts().element(reference) instanceof ExecutableElement method
        && (method.getKind() == ElementKind.CONSTRUCTOR
            || (method.getReturnType().getKind() == TypeKind.DECLARED
                && method.getTypeParameters().isEmpty()));
  }

  /** Whether what is of the supertypes is of it, {@code Comparator<? super Type$1>}. */
  private static boolean isContravariant(IrType type) {
    return type instanceof IrType.Declared declared
        && declared.arguments().stream()
            .filter(IrType::isInferred)
            .allMatch(
                each ->
                    each instanceof IrType.Wildcard wildcard
                        && wildcard.bound().filter(b -> b.keyword().equals("super")).isPresent());
  }

  /** What a lambda gives; {@code void} if it need not be cast. */
  IrType result(LambdaExpressionTree lambda) {
    if (!(context.facts().typeIfAny(lambda) instanceof DeclaredType type)
        || type.getKind() != TypeKind.DECLARED
        || inferred(type, lambda).isEmpty()) {
      return CommonTypes.VOID;
    }
    ExecutableElement function = context.facts().function((TypeElement) type.asElement());
    return context.body().types().asMemberOf(type, function) instanceof ExecutableType member
        ? inferred(member.getReturnType(), lambda).orElse(CommonTypes.VOID)
        : CommonTypes.VOID;
  }

  private Optional<IrType> inferred(@Nullable TypeMirror type, Tree at) {
    return type != null && isCandidate(type) && context.canNameInferred(at)
        ? Optional.of(context.describe(type)).filter(IrType::isInferred)
        : Optional.empty();
  }

  private static boolean isCandidate(TypeMirror type) {
    return switch (type.getKind()) {
      case DECLARED -> !((DeclaredType) type).getTypeArguments().isEmpty();
      case INTERSECTION, ARRAY, TYPEVAR -> true;
      default -> false;
    };
  }
}
