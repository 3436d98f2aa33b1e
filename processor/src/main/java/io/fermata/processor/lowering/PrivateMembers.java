package io.fermata.processor.lowering;

import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.declaration.TypeReader;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrAccessor;
import io.fermata.processor.ir.IrAccessor.Kind;
import io.fermata.processor.ir.IrAccessor.Member;
import io.fermata.processor.ir.IrAccessor.Trait;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.IrTypeParameter;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * The private members that the generated class reaches all the same, since their class, or one
 * around it, hands out a {@code Lookup}:
 *
 * <pre>
 * static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
 * </pre>
 */
final class PrivateMembers {

  private static final String LOOKUP = "java.lang.invoke.MethodHandles.Lookup";

  private final AttributedBody body;
  private final NameResolver names;
  private final TypeNames types;
  private final TypeReader reach;
  private final Set<IrAccessor> used = new LinkedHashSet<>();

  PrivateMembers(AttributedBody body, NameResolver names, TypeNames types, TypeReader reach) {
    this.body = body;
    this.names = names;
    this.types = types;
    this.reach = reach;
  }

  /** All that have been asked for, in that order. */
  List<IrAccessor> used() {
    return List.copyOf(used);
  }

  /** Whether the generated class reaches this private member by an accessor. */
  boolean isReached(Element member) {
    boolean isSuch = member.getKind() == ElementKind.FIELD || member instanceof ExecutableElement;
    return isSuch
        && names.isHidden(member)
        && lookup(member).isPresent()
        && !reach.isOutOfReach(body.types().erasure(classOf(member).asType()))
        && signature(member).noneMatch(type -> reach.mentionsPrivate(body.types().erasure(type)));
  }

  private Stream<TypeMirror> signature(Element member) {
    if (!(member instanceof ExecutableElement method)) {
      return Stream.of(member.asType());
    }
    return Stream.concat(
        method.getParameters().stream().map(VariableElement::asType),
        Stream.of(method.getReturnType()));
  }

  /** The field that hands a {@code Lookup} out, in the member's class or the nearest around it. */
  private Optional<VariableElement> lookup(Element member) {
    for (Element each = classOf(member); each instanceof TypeElement type; ) {
      Optional<VariableElement> found =
          ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
              .filter(PrivateMembers::isLookup)
              .findFirst();
      if (found.isPresent()) {
        return found.filter(field -> TypeReader.privateAround(type).isEmpty());
      }
      each = type.getEnclosingElement();
    }
    return Optional.empty();
  }

  /** One that all may have would open the class to them all. */
  private static boolean isLookup(VariableElement field) {
    return field.getModifiers().equals(Set.of(Modifier.STATIC, Modifier.FINAL))
        && field.asType().toString().equals(LOOKUP);
  }

  /** {@code PrivateFields.count}, to be followed by {@code (self)}. */
  Code reading(Element field) {
    return accessor(Kind.READ, field);
  }

  /** {@code PrivateFields.count}, to be followed by {@code (self, value)}. */
  Code writing(Element field) {
    return accessor(Kind.WRITE, field);
  }

  /**
   * {@code PrivateFields.count$plus}, to be followed by {@code (self, value)}.
   *
   * @param operator {@code ++} and {@code --} give the old value
   * @param value the type of the value
   */
  Code updating(Element field, String operator, IrType value) {
    reading(field);
    writing(field);
    return variant(Kind.UPDATE, field, IrAccessor.OPERATOR_NAMES.get(operator), operator, value);
  }

  /** {@code PrivateFields.count$now}, to be followed by {@code (self)}. */
  Code holding(Element field) {
    reading(field);
    return variant(Kind.HOLD, field, "now", "", held(field));
  }

  /** {@code PrivateFields.count$plus}, to be followed by what holds the old value, and another. */
  Code combining(Element field, String operator, IrType value) {
    writing(field);
    return variant(Kind.COMBINE, field, IrAccessor.OPERATOR_NAMES.get(operator), operator, value);
  }

  /** The type of what holds the object and the value of a field. */
  IrType held(Element field) {
    return describe(Kind.READ, field).held();
  }

  private Code variant(
      Kind kind, Element field, @Nullable String name, String operator, IrType value) {
    IrAccessor read = describe(Kind.READ, field);
    return use(
        new IrAccessor(
            kind,
            read.name() + "$" + name,
            read.lookup(),
            read.lookupField(),
            read.owner(),
            read.receiver(),
            read.member(),
            read.typeParameters(),
            read.type(),
            List.of(value),
            List.of(),
            operator),
        ".");
  }

  /** {@code PrivateMethods.describe}, to be followed by the object and the arguments. */
  Code calling(ExecutableElement method) {
    return accessor(method.getKind() == ElementKind.CONSTRUCTOR ? Kind.CREATE : Kind.CALL, method);
  }

  /** {@code PrivateMethods::describe}. */
  Code referring(ExecutableElement method) {
    Kind kind = method.getKind() == ElementKind.CONSTRUCTOR ? Kind.CREATE : Kind.CALL;
    return accessor(kind, method, "::");
  }

  private Code accessor(Kind kind, Element member) {
    return accessor(kind, member, ".");
  }

  private Code accessor(Kind kind, Element member, String separator) {
    return use(describe(kind, member), separator);
  }

  private Code use(IrAccessor accessor, String separator) {
    used.add(accessor);
    OwnerClass owner = body.method().owner();
    IrType.Declared holder =
        new IrType.Declared(
            owner.packageName(),
            List.of(owner.twinName(), accessor.holder()),
            List.of(),
            Optional.empty());
    return Code.of(new Part.TypeName(holder), new Part.Text(separator + accessor.name()));
  }

  private IrAccessor describe(Kind kind, Element member) {
    TypeElement type = classOf(member);
    VariableElement lookup = lookup(member).orElseThrow();
    boolean isConstructor = kind == Kind.CREATE;
    boolean isInner = isConstructor && isInner(type);
    boolean isStatic = isConstructor ? !isInner : member.getModifiers().contains(Modifier.STATIC);
    TypeElement receiver = isInner ? classOf(type) : type;
    ExecutableElement declarer =
        member instanceof ExecutableElement method ? method : constructorOf(type);
    TypeReader reader =
        TypeReader.ofBody(
            body.types(),
            declarer,
            body.method().owner().notForTypeParameters(Set.of()),
            none -> Optional.empty());
    List<TypeParameterElement> parameters = new ArrayList<>();
    if (member instanceof ExecutableElement || !isStatic) {
      parameters.addAll(TypeReader.typeParametersInScope(declarer));
    }
    TypeMirror result =
        isConstructor
            ? type.asType()
            : member instanceof ExecutableElement method ? method.getReturnType() : member.asType();
    return new IrAccessor(
        kind,
        nameOf(member, type),
        types.named(classOf(lookup)),
        lookup.getSimpleName().toString(),
        types.named(type),
        isStatic ? Optional.empty() : Optional.of(described(receiver.asType(), reader)),
        memberOf(member),
        parameters.stream().map(each -> described(each, reader)).toList(),
        described(result, reader),
        parametersOf(member).stream().map(each -> described(each, reader)).toList(),
        thrownBy(member).stream().map(each -> described(each, reader)).toList(),
        "");
  }

  private Member memberOf(Element member) {
    boolean isMethod = member instanceof ExecutableElement;
    List<Trait> traits = new ArrayList<>();
    if (member.getModifiers().contains(Modifier.VOLATILE)) {
      traits.add(Trait.VOLATILE);
    }
    if (isMethod && ((ExecutableElement) member).isVarArgs()) {
      traits.add(Trait.VARARGS);
    }
    return new Member(
        member.getKind() == ElementKind.CONSTRUCTOR ? "" : member.getSimpleName().toString(),
        erased(isMethod ? ((ExecutableElement) member).getReturnType() : member.asType()),
        erasedParametersOf(member),
        traits);
  }

  private static List<TypeMirror> parametersOf(Element member) {
    return member instanceof ExecutableElement method
        ? method.getParameters().stream().<TypeMirror>map(VariableElement::asType).toList()
        : List.of();
  }

  /** The constructor of an inner class takes the object around the new one first (JLS 13.1). */
  private List<IrType> erasedParametersOf(Element member) {
    List<IrType> all = new ArrayList<>();
    if (member.getKind() == ElementKind.CONSTRUCTOR && isInner(classOf(member))) {
      all.add(erased(classOf(classOf(member)).asType()));
    }
    parametersOf(member).forEach(each -> all.add(erased(each)));
    return all;
  }

  private static boolean isInner(TypeElement type) {
    return type.getKind() == ElementKind.CLASS
        && !type.getModifiers().contains(Modifier.STATIC)
        && type.getEnclosingElement() instanceof TypeElement;
  }

  private static List<? extends TypeMirror> thrownBy(Element member) {
    return member instanceof ExecutableElement method ? method.getThrownTypes() : List.of();
  }

  private IrType erased(TypeMirror type) {
    return type.getKind() == TypeKind.VOID
        ? CommonTypes.VOID
        : types.describe(body.types().erasure(type));
  }

  /** The first of several types that an unnameable one has, since an accessor casts nothing. */
  private IrType described(TypeMirror type, TypeReader reader) {
    return types.of(reader.read(type)).withBounds();
  }

  private IrTypeParameter described(TypeParameterElement parameter, TypeReader reader) {
    return new IrTypeParameter(
        reader.nameOf(parameter), reader.read(parameter).bounds().stream().map(types::of).toList());
  }

  /** Of members of the coroutine's own class their name, of others with that of their class. */
  private String nameOf(Element member, TypeElement type) {
    String name =
        member.getKind() == ElementKind.CONSTRUCTOR
            ? type.getSimpleName().toString()
            : member.getSimpleName().toString();
    if (type.equals(names.owner()) || member.getKind() == ElementKind.CONSTRUCTOR) {
      return name;
    }
    List<String> classes = types.named(type).simpleNames();
    return String.join("_", classes.subList(classes.size() == 1 ? 0 : 1, classes.size()))
        + "_"
        + name;
  }

  private static ExecutableElement constructorOf(TypeElement type) {
    return ElementFilter.constructorsIn(type.getEnclosedElements()).get(0);
  }

  private static TypeElement classOf(Element member) {
    return (TypeElement) Objects.requireNonNull(member.getEnclosingElement());
  }
}
