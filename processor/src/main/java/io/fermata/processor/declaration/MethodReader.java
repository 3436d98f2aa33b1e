package io.fermata.processor.declaration;

import static io.fermata.processor.diagnostics.Diagnostic.GENERATOR_RETURNS;
import static io.fermata.processor.diagnostics.Diagnostic.GENERATOR_THROWS;
import static io.fermata.processor.diagnostics.Diagnostic.PARAMETER_SELF;
import static io.fermata.processor.diagnostics.Diagnostic.PROTECTED_MEMBER;
import static io.fermata.processor.diagnostics.Diagnostic.SINK_NOT_FIRST;
import static io.fermata.processor.diagnostics.Diagnostic.TOO_MANY_VALUES;
import static io.fermata.processor.diagnostics.Diagnostic.UNSUPPORTED_ABSTRACT;
import static io.fermata.processor.diagnostics.Diagnostic.UNSUPPORTED_LOCKED;
import static io.fermata.processor.diagnostics.Diagnostic.UNSUPPORTED_NATIVE;
import static io.fermata.processor.diagnostics.Diagnostic.UNSUPPORTED_SYNCHRONIZED;
import static io.fermata.processor.diagnostics.Diagnostic.UNSUPPORTED_TEST;

import io.fermata.processor.declaration.CoroutineMethod.Kind;
import io.fermata.processor.declaration.CoroutineMethod.Varargs;
import io.fermata.processor.diagnostics.ElementFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads the signature of one coroutine, and finds what is wrong with it. */
final class MethodReader {

  private static final String EMITTER = "io.fermata.Emitter";
  private static final String YIELDER = "io.fermata.Yielder";

  private static final Set<String> WIDE = Set.of("long", "double");

  private final Types types;
  private final CarriedAnnotations annotations;
  private final Elements elements;
  private final OwnerClass owner;

  MethodReader(Types types, Elements elements, CarriedAnnotations annotations, OwnerClass owner) {
    this.types = types;
    this.annotations = annotations;
    this.elements = elements;
    this.owner = owner;
  }

  CoroutineMethod read(
      ExecutableElement method, String continuationName, Set<String> localClasses) {
    TypeReader reader =
        new TypeReader(types, annotations, method, owner.notForTypeParameters(localClasses));
    List<? extends VariableElement> declared = method.getParameters();
    Kind kind = kind(declared);
    List<Parameter> parameters =
        declared.stream()
            .skip(kind == Kind.COROUTINE ? 0 : 1)
            .map(p -> parameter(p, reader))
            .toList();
    TypeMirror thrown = thrown(method);
    return new CoroutineMethod(
        owner,
        method.getSimpleName().toString(),
        kind,
        method.getModifiers().contains(Modifier.STATIC)
            ? null
            : reader.read(ClassReader.ownerOf(method).asType()),
        visibility(method),
        TypeReader.typeParametersInScope(method).stream().map(reader::read).toList(),
        kind == Kind.COROUTINE ? null : parameter(declared.get(0), reader),
        parameters,
        method.isVarArgs() && !parameters.isEmpty() ? Varargs.YES : Varargs.NO,
        reader.read(method.getReturnType()),
        thrown == null ? null : reader.read(thrown),
        annotations.ofMethod(method),
        elements.getDocComment(method),
        continuationName,
        MethodKey.of(method, types));
  }

  List<ElementFault> check(ExecutableElement method, CoroutineMethod coroutine) {
    List<ElementFault> faults = new ArrayList<>();
    String name = coroutine.name();
    Set<Modifier> modifiers = method.getModifiers();
    if (modifiers.contains(Modifier.ABSTRACT)) {
      faults.add(
          new ElementFault(
              UNSUPPORTED_ABSTRACT, method, name, coroutine.twinReturnType() + " " + name));
    } else if (modifiers.contains(Modifier.NATIVE)) {
      faults.add(new ElementFault(UNSUPPORTED_NATIVE, method, name));
    } else if (modifiers.contains(Modifier.SYNCHRONIZED)) {
      faults.add(new ElementFault(UNSUPPORTED_SYNCHRONIZED, method, name));
    }
    locking(method)
        .ifPresent(each -> faults.add(new ElementFault(UNSUPPORTED_LOCKED, method, name, each)));
    keptFromJUnit(method)
        .ifPresent(each -> faults.add(new ElementFault(UNSUPPORTED_TEST, method, name, each)));
    faults.addAll(generatorFaults(method, coroutine));
    for (VariableElement parameter : method.getParameters()) {
      if (coroutine.receiver() != null
          && parameter.getSimpleName().contentEquals(CoroutineMethod.SELF)) {
        faults.add(new ElementFault(PARAMETER_SELF, parameter));
      }
    }
    faults.addAll(unreachableTypes(method));
    int places = places(coroutine);
    if (places > CoroutineMethod.MOST_PLACES) {
      faults.add(
          new ElementFault(
              TOO_MANY_VALUES, method, coroutine.displayName(), String.valueOf(places)));
    }
    return faults;
  }

  /** An annotation that makes Lombok put a lock around the body. */
  private static Optional<String> locking(ExecutableElement method) {
    return method.getAnnotationMirrors().stream()
        .map(each -> each.getAnnotationType().asElement().toString())
        .filter(each -> each.equals("lombok.Synchronized") || each.startsWith("lombok.Locked"))
        .map(each -> each.substring("lombok.".length()))
        .findFirst();
  }

  /** The modifier with which JUnit leaves a test out, be it a coroutine or not. */
  private static Optional<String> keptFromJUnit(ExecutableElement method) {
    return Stream.of(Modifier.PRIVATE, Modifier.STATIC)
        .filter(each -> method.getModifiers().contains(each))
        .filter(each -> CoroutineAnnotations.areOfTest(method))
        .map(Modifier::toString)
        .findFirst();
  }

  /** How many places the parameters of the twin take (JVMS 4.3.3). */
  private static int places(CoroutineMethod coroutine) {
    return coroutine.twinParameters().stream().mapToInt(each -> isWide(each.type()) ? 2 : 1).sum();
  }

  private static boolean isWide(TypeRef type) {
    return type instanceof TypeRef.Primitive primitive && WIDE.contains(primitive.name());
  }

  private List<ElementFault> generatorFaults(ExecutableElement method, CoroutineMethod coroutine) {
    List<ElementFault> faults = new ArrayList<>();
    int first = coroutine.sink() == null ? 0 : 1;
    for (VariableElement parameter :
        method.getParameters().subList(first, method.getParameters().size())) {
      if (isClass(parameter.asType(), EMITTER) || isClass(parameter.asType(), YIELDER)) {
        faults.add(
            new ElementFault(
                SINK_NOT_FIRST,
                parameter,
                ((DeclaredType) parameter.asType()).asElement().getSimpleName().toString()));
      }
    }
    if (coroutine.kind() != Kind.COROUTINE) {
      if (method.getReturnType().getKind() != TypeKind.VOID) {
        faults.add(
            new ElementFault(
                GENERATOR_RETURNS, method, coroutine.name(), method.getReturnType().toString()));
      }
      if (coroutine.thrown() != null) {
        faults.add(
            new ElementFault(
                GENERATOR_THROWS, method, coroutine.name(), coroutine.thrown().toString()));
      }
    }
    return faults;
  }

  /** The twin names the signature's types from another class. */
  private List<ElementFault> unreachableTypes(ExecutableElement method) {
    List<ElementFault> faults = new ArrayList<>();
    for (TypeElement each : unreachable(method)) {
      faults.add(
          each.getModifiers().contains(Modifier.PRIVATE)
              ? ElementFault.ofPrivate(each, method)
              : new ElementFault(
                  PROTECTED_MEMBER, method, each.getSimpleName().toString(), "class"));
    }
    return faults;
  }

  private Set<TypeElement> unreachable(ExecutableElement method) {
    Set<TypeElement> unreachable = new LinkedHashSet<>();
    for (TypeElement named : SignatureTypes.classes(method)) {
      for (Element e = named; e instanceof TypeElement type; e = e.getEnclosingElement()) {
        boolean isProtected =
            e.getModifiers().contains(Modifier.PROTECTED)
                && !TypeReader.packageOf(type).equals(owner.packageName());
        if (isProtected || e.getModifiers().contains(Modifier.PRIVATE)) {
          unreachable.add(type);
        }
      }
    }
    return unreachable;
  }

  /** The classes of a signature that the twin can't name, missing ones among them. */
  Set<String> unnameable(ExecutableElement method) {
    Set<String> names = new LinkedHashSet<>(SignatureTypes.missing(method));
    unreachable(method).forEach(each -> names.add(each.getQualifiedName().toString()));
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      for (Element e = ClassReader.ownerOf(method);
          e instanceof TypeElement type;
          e = e.getEnclosingElement()) {
        if (type.getModifiers().contains(Modifier.PRIVATE)) {
          names.add(ClassReader.ownerOf(method).getQualifiedName().toString());
        }
      }
    }
    return names;
  }

  private static Kind kind(List<? extends VariableElement> parameters) {
    if (parameters.isEmpty()) {
      return Kind.COROUTINE;
    }
    TypeMirror first = parameters.get(0).asType();
    if (isClass(first, EMITTER)) {
      return Kind.ASYNC_GENERATOR;
    }
    return isClass(first, YIELDER) ? Kind.GENERATOR : Kind.COROUTINE;
  }

  private static boolean isClass(TypeMirror type, String name) {
    return type instanceof DeclaredType declared
        && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(name);
  }

  private static Visibility visibility(ExecutableElement method) {
    Set<Modifier> modifiers = method.getModifiers();
    return modifiers.contains(Modifier.PUBLIC) || modifiers.contains(Modifier.PROTECTED)
        ? Visibility.PUBLIC
        : Visibility.PACKAGE;
  }

  /** The type that an annotation before an array type is written at. */
  private static TypeRef elementType(TypeRef type) {
    return type instanceof TypeRef.Array array ? elementType(array.component()) : type;
  }

  private Parameter parameter(VariableElement parameter, TypeReader reader) {
    TypeRef type = reader.read(parameter.asType());
    List<String> own =
        annotations.ofType(parameter).stream()
            .filter(each -> !type.annotations().contains(each))
            .filter(each -> !elementType(type).annotations().contains(each))
            .toList();
    return new Parameter(parameter.getSimpleName().toString(), type, own);
  }

  private @Nullable TypeMirror thrown(ExecutableElement method) {
    List<? extends TypeMirror> checked =
        method.getThrownTypes().stream()
            .filter(new ThrownTypes(types, elements)::isChecked)
            .toList();
    return checked.isEmpty() ? null : new CommonSuperclass(types).of(checked);
  }
}
