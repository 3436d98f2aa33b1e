package io.fermata.processor.lowering;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.NewClassTree;
import io.fermata.processor.declaration.TypeReader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions that a constructor is declared to throw, with the type arguments that it has where
 * an object is created: those of its class, and its own.
 *
 * <pre>{@code
 * class Box<X extends Exception> { Box(X x) throws X; }    new Box<>(new IOException())   IOException
 * class Job { <Y extends Exception> Job() throws Y; }      new Job()                      none
 * }</pre>
 */
final class ConstructorExceptions {

  private final BodyContext context;

  ConstructorExceptions(BodyContext context) {
    this.context = context;
  }

  List<TypeMirror> of(NewClassTree creation) {
    ExecutableElement constructor = (ExecutableElement) context.facts().requireElement(creation);
    TypeMirror created = context.facts().type(creation);
    List<? extends TypeMirror> thrown =
        creation.getClassBody() == null && created instanceof DeclaredType declared
            ? typeIn(declared, constructor).getThrownTypes()
            : constructor
                .getThrownTypes(); // that of an anonymous class has those of its superclass
    return thrown.stream().map(type -> withArguments(type, creation)).toList();
  }

  private ExecutableType typeIn(DeclaredType type, ExecutableElement constructor) {
    return (ExecutableType) context.body().types().asMemberOf(type, constructor);
  }

  private TypeMirror withArguments(TypeMirror thrown, NewClassTree creation) {
    return thrown instanceof TypeVariable variable
            && variable.asElement() instanceof TypeParameterElement parameter
            && parameter.getGenericElement() instanceof ExecutableElement constructor
            && constructor.getKind() == ElementKind.CONSTRUCTOR
        ? inferred(variable, constructor, creation)
        : thrown;
  }

  /** The type argument: written, or that of an argument, or else an unchecked one (JLS 18.4). */
  private TypeMirror inferred(
      TypeVariable variable, ExecutableElement constructor, NewClassTree creation) {
    if (!creation.getTypeArguments().isEmpty()) {
      int index = constructor.getTypeParameters().indexOf(variable.asElement());
      return context.facts().type(creation.getTypeArguments().get(index));
    }
    List<TypeMirror> found =
        IntStream.range(0, creation.getArguments().size())
            .mapToObj(i -> inArgument(variable, i, creation, constructor))
            .flatMap(Optional::stream)
            .filter(type -> isSubtype(type, variable.getUpperBound()))
            .toList();
    if (found.isEmpty()) {
      TypeMirror unchecked = classNamed("java.lang.RuntimeException").asType();
      return context.body().types().isAssignable(unchecked, variable.getUpperBound())
          ? unchecked
          : variable.getUpperBound();
    }
    return found.stream()
        .filter(type -> found.stream().allMatch(each -> isSubtype(each, type)))
        .findFirst()
        .orElse(variable.getUpperBound());
  }

  private boolean isSubtype(TypeMirror type, TypeMirror of) {
    return context.body().types().isSubtype(type, of);
  }

  private TypeElement classNamed(String name) {
    return Objects.requireNonNull(context.body().elements().getTypeElement(name), name);
  }

  private Optional<TypeMirror> inArgument(
      TypeVariable variable, int at, NewClassTree creation, ExecutableElement constructor) {
    ExpressionTree argument = creation.getArguments().get(at);
    int last = constructor.getParameters().size() - 1;
    TypeMirror parameter = constructor.getParameters().get(Math.min(at, last)).asType();
    TypeMirror type = context.facts().type(argument);
    boolean isElement =
        constructor.isVarArgs()
            && at >= last
            && !context
                .body()
                .types()
                .isAssignable(type, context.body().types().erasure(parameter));
    return in(variable, isElement ? ((ArrayType) parameter).getComponentType() : parameter, type);
  }

  /** What stands in {@code actual} where the variable stands in {@code declared}. */
  private Optional<TypeMirror> in(
      TypeVariable variable, @Nullable TypeMirror declared, @Nullable TypeMirror actual) {
    if (declared == null || actual == null) {
      return Optional.empty();
    }
    if (declared instanceof TypeVariable found) {
      return found.asElement().equals(variable.asElement())
          ? Optional.of(actual)
          : Optional.empty();
    }
    if (declared instanceof ArrayType array && actual instanceof ArrayType values) {
      return in(variable, array.getComponentType(), values.getComponentType());
    }
    if (!(declared instanceof DeclaredType generic)) {
      return Optional.empty();
    }
    String name = ((TypeElement) generic.asElement()).getQualifiedName().toString();
    return context.facts().supertype(actual, name).stream()
        .flatMap(type -> inArguments(variable, generic, type))
        .findFirst();
  }

  private Stream<TypeMirror> inArguments(
      TypeVariable variable, DeclaredType declared, DeclaredType actual) {
    int count = Math.min(declared.getTypeArguments().size(), actual.getTypeArguments().size());
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                in(
                    variable,
                    bound(declared.getTypeArguments().get(i)),
                    bound(actual.getTypeArguments().get(i))))
        .flatMap(Optional::stream);
  }

  private static @Nullable TypeMirror bound(TypeMirror argument) {
    if (argument instanceof WildcardType wildcard) {
      return wildcard.getExtendsBound() != null
          ? wildcard.getExtendsBound()
          : wildcard.getSuperBound();
    }
    return argument instanceof TypeVariable variable && TypeReader.isCaptured(variable)
        ? variable.getUpperBound()
        : argument;
  }
}
