package io.fermata.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.declaration.Parameter;
import io.fermata.processor.declaration.TypeParameter;
import io.fermata.processor.declaration.Visibility;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.machine.StateMachine;
import java.lang.invoke.MethodHandles;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Prints the twin of a class: a factory for each coroutine, and the continuations.
 *
 * <pre>{@code
 * final class HelloAsync {
 *   static Coro<String> sayAfter(Duration delay, String what) {
 *     return new SayAfter(delay, what);
 *   }
 *
 *   private static final class SayAfter extends Continuation<String, RuntimeException> { … }
 * }
 * }</pre>
 *
 * <p>Guarantees: the same bytes for the same input; the line tables tell the lines of this text.
 */
public final class TwinEmitter {
  private static final ClassName OWNER_CLASS = ClassName.get("io.fermata.codegen", "OwnerClass");
  static final ClassName GENERATED = ClassName.get("io.fermata.codegen", "Generated");

  /** What javac's lints may find in generated code; it knows no word for all of them. */
  private static final AnnotationSpec SUPPRESSED =
      AnnotationSpec.builder(SuppressWarnings.class)
          .addMember(
              "value",
              """
              {
              "auxiliaryclass", "cast", "deprecation", "divzero", "empty", "fallthrough", "finally",
              "lossy-conversions", "overloads", "preview", "rawtypes", "removal", "serial", "static",
              "synchronization", "try", "unchecked", "varargs"$<$<
              }$>$>""")
          .build();

  private final LineMarks marks = new LineMarks();

  /** The source of the twin. */
  public String emit(TwinClass twin) {
    OwnerClass owner = twin.owner();
    ClassName name = ClassName.get(owner.packageName(), owner.twinName());
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addAnnotation(GENERATED)
            .addAnnotation(SUPPRESSED)
            .addModifiers(modifiers(owner.visibility(), Modifier.FINAL))
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    if (owner.visibility() == Visibility.PUBLIC || isDocumented(twin)) {
      type.addJavadoc("The coroutines of {@link $L}.\n", String.join(".", owner.names()));
    }
    if (twin.methods().stream().anyMatch(TwinEmitter::initializesOwner)) {
      type.addField(owner(owner));
    }
    twin.methods().forEach(method -> type.addMethod(factory(name, method)));
    ClassNames names = new ClassNames(taken(twin));
    for (TwinClass.Method method : twin.methods()) {
      method
          .machine()
          .ifPresent(machine -> type.addTypes(continuations(name, names, method, machine)));
    }
    type.addTypes(
        AccessorEmitter.emit(machines(twin).flatMap(each -> each.body().accessors().stream())));
    if (owner.packageName().isEmpty()) {
      type.alwaysQualify(owner.hiding().toArray(String[]::new));
    }
    JavaFile file =
        JavaFile.builder(owner.packageName(), type.build())
            .skipJavaLangImports(owner.hiding().isEmpty())
            .indent("  ")
            .build();
    return LineMarks.finish(file.toString());
  }

  private static Stream<StateMachine> machines(TwinClass twin) {
    return twin.methods().stream().flatMap(each -> each.machine().stream());
  }

  private static boolean isDocumented(TwinClass twin) {
    return twin.methods().stream().anyMatch(each -> each.signature().javadoc() != null);
  }

  private static Modifier[] modifiers(Visibility visibility, Modifier... others) {
    Set<Modifier> modifiers = new LinkedHashSet<>();
    if (visibility == Visibility.PUBLIC) {
      modifiers.add(Modifier.PUBLIC);
    }
    modifiers.addAll(List.of(others));
    return modifiers.toArray(Modifier[]::new);
  }

  private static Set<String> taken(TwinClass twin) {
    Set<String> taken = new HashSet<>();
    for (TwinClass.Method method : twin.methods()) {
      taken.add(method.signature().continuationName());
      method.signature().typeParameters().forEach(each -> taken.add(each.name()));
    }
    return taken;
  }

  private static boolean initializesOwner(TwinClass.Method method) {
    return method
        .machine()
        .filter(machine -> machine.body().start() == IrBody.Start.INITIALIZES_OWNER)
        .isPresent();
  }

  private static FieldSpec owner(OwnerClass owner) {
    List<String> nested = owner.names().subList(1, owner.names().size());
    ClassName type =
        ClassName.get(owner.packageName(), owner.names().get(0), nested.toArray(String[]::new));
    return FieldSpec.builder(
            OWNER_CLASS, "OWNER", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("$T.of($T.lookup(), $T.class)", OWNER_CLASS, MethodHandles.class, type)
        .build();
  }

  // Factories

  private static MethodSpec factory(ClassName twin, TwinClass.Method method) {
    CoroutineMethod signature = method.signature();
    MethodSpec.Builder factory =
        MethodSpec.methodBuilder(signature.name())
            .addModifiers(modifiers(signature.visibility(), Modifier.STATIC))
            .addTypeVariables(typeVariables(signature))
            .returns(Types.of(signature.twinReturnType()))
            .varargs(signature.varargs() == CoroutineMethod.Varargs.YES);
    signature.twinJavadoc().ifPresent(text -> factory.addJavadoc("$L", text));
    signature.annotations().forEach(text -> factory.addAnnotation(AnnotationText.parse(text)));
    signature.twinParameters().forEach(each -> factory.addParameter(parameter(each)));
    CodeBlock body =
        method
            .machine()
            .map(machine -> creation(twin, signature, machine))
            .orElseGet(() -> CodeBlock.of("throw new $T()", AssertionError.class));
    return factory.addStatement(body).build();
  }

  private static ParameterSpec parameter(Parameter parameter) {
    ParameterSpec.Builder spec =
        ParameterSpec.builder(Types.of(parameter.type()), parameter.name());
    parameter.annotations().forEach(text -> spec.addAnnotation(AnnotationText.parse(text)));
    return spec.build();
  }

  private static CodeBlock creation(
      ClassName twin, CoroutineMethod signature, StateMachine machine) {
    ClassName continuation = twin.nestedClass(signature.continuationName());
    CodeBlock arguments =
        machine.body().parameters().stream()
            .map(TwinEmitter::argument)
            .collect(CodeBlock.joining(", "));
    CodeBlock created =
        CodeBlock.of(
            "new $T($L)",
            ContinuationEmitter.inferred(machine).isEmpty()
                ? ContinuationEmitter.generic(continuation, typeVariables(signature))
                : continuation,
            arguments);
    return switch (signature.kind()) {
      case COROUTINE -> CodeBlock.of("return $L", created);
      case GENERATOR -> CodeBlock.of("return $L.toGenerator()", created);
      case ASYNC_GENERATOR -> CodeBlock.of("return $L.toAsyncGenerator()", created);
    };
  }

  private static CodeBlock argument(IrLocal parameter) {
    return parameter.origin() == IrLocal.Origin.SELF
        ? CodeBlock.of(
            "$T.requireNonNull($L, $S)", Objects.class, parameter.name(), parameter.name())
        : CodeBlock.of("$L", parameter.name());
  }

  // Continuations

  private List<TypeSpec> continuations(
      ClassName twin, ClassNames names, TwinClass.Method method, StateMachine machine) {
    CoroutineMethod signature = method.signature();
    OwnerClass owner = signature.owner();
    ContinuationEmitter.Origin origin =
        new ContinuationEmitter.Origin(
            owner.binaryName(), signature.name(), owner.fileName(), typeVariables(signature));
    ClassName self = twin.nestedClass(signature.continuationName());
    return new ContinuationEmitter(origin, marks, names, self, machine).emit(superclass(signature));
  }

  private static TypeName superclass(CoroutineMethod signature) {
    if (signature.kind() != CoroutineMethod.Kind.COROUTINE) {
      return ParameterizedTypeName.get(
          ContinuationEmitter.GENERATOR_BODY, Types.boxed(signature.element()));
    }
    TypeName thrown =
        Optional.ofNullable(signature.thrown())
            .map(Types::of)
            .orElseGet(() -> ClassName.get(RuntimeException.class));
    return ParameterizedTypeName.get(
        ContinuationEmitter.CONTINUATION, Types.of(signature.result()), thrown);
  }

  private static List<TypeVariableName> typeVariables(CoroutineMethod signature) {
    return signature.typeParameters().stream().map(TwinEmitter::typeVariable).toList();
  }

  private static TypeVariableName typeVariable(TypeParameter parameter) {
    return Types.of(parameter);
  }
}
