package io.fermata.processor.declaration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.Parameterizable;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.NoType;
import javax.lang.model.type.NullType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.UnionType;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * Reads types of either compile as plain data, under the names that they have in a coroutine's
 * twin.
 *
 * <p>What Java has no name for becomes the nearest type that it has one for: a captured wildcard
 * its bound (as a type argument, the wildcard), an anonymous class its supertype unless it has been
 * given a name, a union what its alternatives have in common, the type of {@code null} is {@code
 * Object}. An intersection stays one. A local class has no package and its simple name.
 */
public final class TypeReader {

  private final javax.lang.model.util.Types types;
  private final CarriedAnnotations annotations;
  private final CommonSuperclass commonSuperclass;
  private final ExecutableElement method;
  private final Set<String> taken;
  private final @Nullable PackageElement place;
  private final Function<Element, Optional<String>> anonymous;
  private final Map<Element, String> names;

  /**
   * For types in the signature of a coroutine, whose twin method declares the class's type
   * parameters beside its own: one of the class that the method hides is called {@code T$1}.
   *
   * @param taken what no type parameter can be called
   */
  public TypeReader(
      javax.lang.model.util.Types types,
      CarriedAnnotations annotations,
      ExecutableElement method,
      Set<String> taken) {
    this(types, annotations, method, taken, null, type -> Optional.empty());
  }

  private TypeReader(
      javax.lang.model.util.Types types,
      CarriedAnnotations annotations,
      ExecutableElement method,
      Set<String> taken,
      @Nullable PackageElement place,
      Function<Element, Optional<String>> anonymous) {
    this.types = types;
    this.annotations = annotations;
    this.commonSuperclass = new CommonSuperclass(types);
    this.method = method;
    this.taken = Set.copyOf(taken);
    this.names = names(method, taken);
    this.place = place;
    this.anonymous = anonymous;
  }

  /**
   * For types in the body of a coroutine. A type parameter in it that hides another one is called
   * {@code T$1}, since a coroutine lambda may need both. A class that the twin can't name, as
   * inference may find a private one or one of another package, becomes what it extends and
   * implements.
   *
   * @param taken what no type parameter can be called
   * @param anonymous the name that stands for an anonymous class, if it has been given one
   */
  public static TypeReader ofBody(
      javax.lang.model.util.Types types,
      ExecutableElement method,
      Set<String> taken,
      Function<Element, Optional<String>> anonymous) {
    return new TypeReader(
        types, CarriedAnnotations.DEFAULT, method, taken, packageAround(method), anonymous);
  }

  /** The type parameters of the twin's method: the class's for an instance method, then its own. */
  public static List<TypeParameterElement> typeParametersInScope(ExecutableElement method) {
    List<TypeParameterElement> all = new ArrayList<>(method.getTypeParameters());
    Element inner = method;
    while (!inner.getModifiers().contains(Modifier.STATIC)
        && inner.getEnclosingElement() instanceof TypeElement outer) {
      all.addAll(0, outer.getTypeParameters());
      inner = outer;
    }
    return List.copyOf(all);
  }

  /** This type as data. */
  public TypeRef read(TypeMirror type) {
    return new Visitor(true, variable -> Optional.empty()).visit(type);
  }

  /**
   * This type with captured wildcards that have been given names, as type variables of these names.
   */
  public TypeRef read(TypeMirror type, Function<TypeVariable, Optional<String>> captured) {
    return new Visitor(true, captured).visit(type);
  }

  /**
   * This type with the type arguments that it has: {@code Set<List<?>>} for {@code Set<List<C>>},
   * which {@link #read} makes {@code Set<? extends List<?>>}.
   */
  public TypeRef readArguments(TypeMirror type) {
    return new Visitor(false, variable -> Optional.empty()).visit(type);
  }

  /** The class by its name alone. */
  public TypeRef.Declared named(TypeElement type) {
    return new TypeRef.Declared(packageOf(type), namesInBody(type), null, List.of(), List.of());
  }

  private List<String> namesInBody(TypeElement type) {
    List<String> names = namesOf(type);
    if (!names.get(0).isEmpty()) {
      return names;
    }
    List<String> named = new ArrayList<>(names);
    named.set(0, anonymous.apply(outermost(type)).orElse(""));
    return List.copyOf(named);
  }

  /** Whether this is an anonymous class without a name, or a member of one. */
  private boolean isUnnamed(TypeElement type) {
    return namesInBody(type).get(0).isEmpty();
  }

  /** The name that a type parameter has in the twin. */
  public String nameOf(TypeParameterElement parameter) {
    String known = names.get(parameter);
    if (known != null) {
      return known;
    }
    String name = parameter.getSimpleName().toString();
    Element declarer = parameter.getGenericElement();
    return isInBody(declarer) ? free(name, namesAround(declarer)) : name;
  }

  private boolean isInBody(Element element) {
    Element each = element;
    while (each != null && !each.equals(method)) {
      each = each.getEnclosingElement();
    }
    return each != null;
  }

  /** The names of the type parameters that one of this class or method of the body may hide. */
  private Set<String> namesAround(Element declarer) {
    Set<String> around = new HashSet<>(taken);
    Element inner = declarer;
    while (!isStatic(inner)) {
      Element outer = enclosing(inner);
      if (outer.equals(method)) {
        around.addAll(names.values());
        return around;
      }
      if (outer instanceof Parameterizable parameterizable) {
        parameterizable.getTypeParameters().forEach(each -> around.add(nameOf(each)));
      }
      inner = outer;
    }
    return around;
  }

  /** Whether type parameters around this class or method can't be named in it. */
  public static boolean isStatic(Element element) {
    return element.getModifiers().contains(Modifier.STATIC)
        || (element instanceof TypeElement && element.getKind() != ElementKind.CLASS);
  }

  /** A type parameter as the twin declares it. */
  public TypeParameter read(TypeParameterElement parameter) {
    List<TypeRef> bounds =
        parameter.getBounds().stream()
            .map(this::read)
            .filter(bound -> !bound.equals(TypeRef.OBJECT))
            .toList();
    return new TypeParameter(nameOf(parameter), bounds, annotations.ofType(parameter));
  }

  private static Map<Element, String> names(ExecutableElement method, Set<String> taken) {
    List<TypeParameterElement> all = new ArrayList<>(typeParametersInScope(method));
    Map<Element, String> names = new HashMap<>();
    Set<String> given = new HashSet<>(taken);
    // From the innermost outwards: what hides keeps its name.
    for (int i = all.size() - 1; i >= 0; i--) {
      String name = free(all.get(i).getSimpleName().toString(), given);
      given.add(name);
      names.put(all.get(i), name);
    }
    return Map.copyOf(names);
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int n = 1; taken.contains(free); n++) {
      free = name + "$" + n;
    }
    return free;
  }

  /**
   * One walk through one type; {@code open} holds the captured variables that it stands in, {@code
   * nameless} the classes that have no name.
   */
  private final class Visitor extends SimpleTypeVisitor14<TypeRef, @Nullable Void> {

    private final Set<TypeMirror> open = new HashSet<>();
    private final Set<Element> nameless = new HashSet<>();
    private final boolean projects;
    private final Function<TypeVariable, Optional<String>> captured;

    Visitor(boolean projects, Function<TypeVariable, Optional<String>> captured) {
      this.projects = projects;
      this.captured = captured;
    }

    @Override
    public TypeRef visitPrimitive(PrimitiveType type, @Nullable Void unused) {
      return new TypeRef.Primitive(
          type.getKind().name().toLowerCase(Locale.ROOT), annotations.ofType(type));
    }

    @Override
    public TypeRef visitNoType(NoType type, @Nullable Void unused) {
      return type.getKind() == TypeKind.VOID ? TypeRef.VOID : TypeRef.OBJECT;
    }

    @Override
    public TypeRef visitNull(NullType type, @Nullable Void unused) {
      return TypeRef.OBJECT;
    }

    @Override
    public TypeRef visitArray(ArrayType type, @Nullable Void unused) {
      return new TypeRef.Array(visit(type.getComponentType()), annotations.ofType(type));
    }

    @Override
    public TypeRef visitIntersection(IntersectionType type, @Nullable Void unused) {
      return intersection(type.getBounds());
    }

    private TypeRef intersection(List<? extends TypeMirror> types) {
      List<TypeRef> bounds =
          types.stream()
              .map(this::visit)
              .flatMap(
                  bound ->
                      bound instanceof TypeRef.Intersection inner
                          ? inner.bounds().stream()
                          : Stream.of(bound))
              .distinct()
              .toList();
      return bounds.size() == 1 ? bounds.get(0) : new TypeRef.Intersection(bounds);
    }

    @Override
    public TypeRef visitUnion(UnionType type, @Nullable Void unused) {
      return intersection(commonSuperclass.withInterfaces(type.getAlternatives()));
    }

    @Override
    public TypeRef visitTypeVariable(TypeVariable type, @Nullable Void unused) {
      if (!isCaptured(type)) {
        return new TypeRef.Variable(
            nameOf((TypeParameterElement) type.asElement()), annotations.ofType(type));
      }
      Optional<String> name = captured.apply(type);
      if (name.isPresent()) {
        return new TypeRef.Variable(name.get(), annotations.ofType(type));
      }
      if (!open.add(type)) {
        return TypeRef.OBJECT;
      }
      try {
        return visit(type.getUpperBound());
      } finally {
        open.remove(type);
      }
    }

    @Override
    public TypeRef visitWildcard(WildcardType type, @Nullable Void unused) {
      return new TypeRef.Wildcard(
          type.getExtendsBound() == null ? null : visit(type.getExtendsBound()),
          type.getSuperBound() == null ? null : lower(type.getSuperBound()),
          annotations.ofType(type));
    }

    @Override
    public TypeRef visitDeclared(DeclaredType type, @Nullable Void unused) {
      TypeElement element = (TypeElement) type.asElement();
      if (isUnnamed(element) && element.getSimpleName().isEmpty()) {
        List<? extends TypeMirror> interfaces = element.getInterfaces();
        return visit(interfaces.isEmpty() ? element.getSuperclass() : interfaces.get(0));
      }
      if (isUnnamed(element) || isOutOfReach(type)) {
        return supertypes(type);
      }
      List<TypeRef> arguments = type.getTypeArguments().stream().map(this::argument).toList();
      TypeRef outer =
          type.getEnclosingType().getKind() == TypeKind.DECLARED
              ? visit(type.getEnclosingType())
              : TypeRef.VOID;
      return new TypeRef.Declared(
          packageOf(element),
          namesInBody(element),
          outer instanceof TypeRef.Declared declared && isParameterized(declared) ? declared : null,
          arguments,
          annotations.ofType(type));
    }

    /** What a class without a name here extends and implements. */
    private TypeRef supertypes(DeclaredType type) {
      if (!nameless.add(type.asElement())) {
        return TypeRef.OBJECT; // Comparable<C>, for one
      }
      try {
        return intersection(types.directSupertypes(type));
      } finally {
        nameless.remove(type.asElement());
      }
    }

    /** A class that is not there (yet) has a name, but no package. */
    @Override
    public TypeRef visitError(ErrorType type, @Nullable Void unused) {
      String name = ((TypeElement) type.asElement()).getQualifiedName().toString();
      return new TypeRef.Declared("", List.of(name), null, List.of(), List.of());
    }

    @Override
    protected TypeRef defaultAction(TypeMirror type, @Nullable Void unused) {
      throw new IllegalArgumentException("No type of a value: " + type);
    }

    /** As a type argument a captured variable is the wildcard that it came from. */
    private TypeRef argument(TypeMirror type) {
      if (mentionsOutOfReach(type) || (projects && mentionsCaptured(type))) {
        return subtypes(visit(type));
      }
      if (!(type instanceof TypeVariable variable) || !isNameless(variable)) {
        return visit(type);
      }
      if (!open.add(type)) {
        return TypeRef.Wildcard.UNBOUNDED;
      }
      try {
        if (variable.getLowerBound().getKind() != TypeKind.NULL) {
          return new TypeRef.Wildcard(null, lower(variable.getLowerBound()), List.of());
        }
        return subtypes(visit(variable.getUpperBound()));
      } finally {
        open.remove(type);
      }
    }

    /** What {@code super} may be followed by; nothing, if only supertypes of it have a name. */
    private @Nullable TypeRef lower(TypeMirror bound) {
      if (bound instanceof TypeVariable variable && isNameless(variable)) {
        TypeMirror below = variable.getLowerBound();
        return below.getKind() == TypeKind.NULL ? null : lower(below);
      }
      return mentionsOutOfReach(bound) || mentionsCaptured(bound) ? null : visit(bound);
    }

    /** Whether a nameless one stands in this type, which then is none itself (JLS 4.10.5). */
    private boolean mentionsCaptured(TypeMirror type) {
      return mentions(type, each -> each instanceof TypeVariable variable && isNameless(variable));
    }

    private boolean isNameless(TypeVariable type) {
      return isCaptured(type) && captured.apply(type).isEmpty();
    }

    private static TypeRef subtypes(TypeRef bound) {
      return bound.equals(TypeRef.OBJECT)
          ? TypeRef.Wildcard.UNBOUNDED
          : new TypeRef.Wildcard(bound, null, List.of());
    }
  }

  /**
   * Whether Java has no name for this variable: a captured wildcard, or one that inference made up
   * for a type parameter whose bound names itself (JLS 18.4), which has the name of that one.
   */
  public static boolean isCaptured(TypeVariable type) {
    TypeParameterElement parameter = (TypeParameterElement) type.asElement();
    return parameter.getSimpleName().toString().startsWith("<")
        || (parameter.getGenericElement() instanceof Parameterizable declarer
            && !declarer.getTypeParameters().contains(parameter));
  }

  /** Whether the twin can't name a class: it is private, or of another package (JLS 6.6.1). */
  public boolean isOutOfReach(TypeMirror type) {
    if (place == null || type.getKind() != TypeKind.DECLARED) {
      return false;
    }
    Element each = ((DeclaredType) type).asElement();
    if (packageAround(each).equals(place)) {
      return privateAround(each).isPresent();
    }
    while (each.getModifiers().contains(Modifier.PUBLIC)) {
      each = enclosing(each);
    }
    return !(each instanceof PackageElement);
  }

  /** Whether the twin can't name such a class in this type. */
  public boolean mentionsPrivate(TypeMirror type) {
    return type instanceof TypeVariable variable
        ? isOutOfReach(types.erasure(variable))
        : mentionsOutOfReach(type);
  }

  /** The class itself, or the next around it, that only its own top-level class can name. */
  public static Optional<Element> privateAround(Element type) {
    Optional<Element> found = Optional.empty();
    for (Element each = type; !(each instanceof PackageElement); each = enclosing(each)) {
      if (isLocal(each)) {
        return Optional.empty();
      }
      if (found.isEmpty() && each.getModifiers().contains(Modifier.PRIVATE)) {
        found = Optional.of(each);
      }
    }
    return found;
  }

  /**
   * Whether the twin can't name a class in this type, so that only a supertype of it has a name.
   */
  private boolean mentionsOutOfReach(TypeMirror type) {
    return isOutOfReach(type) || mentions(type, this::isOutOfReach);
  }

  /** Whether such a type stands in this one: as an element, a type argument, or in one. */
  private static boolean mentions(TypeMirror type, Predicate<TypeMirror> such) {
    if (type instanceof ArrayType array) {
      return isOrMentions(array.getComponentType(), such);
    }
    return type.getKind() == TypeKind.DECLARED
        && ((DeclaredType) type)
            .getTypeArguments().stream().anyMatch(each -> isOrMentions(each, such));
  }

  private static boolean isOrMentions(TypeMirror type, Predicate<TypeMirror> such) {
    if (type instanceof WildcardType wildcard) {
      TypeMirror bound =
          wildcard.getExtendsBound() == null
              ? wildcard.getSuperBound()
              : wildcard.getExtendsBound();
      return bound != null && isOrMentions(bound, such);
    }
    return such.test(type) || mentions(type, such);
  }

  private static PackageElement packageAround(Element element) {
    Element each = element;
    while (!(each instanceof PackageElement)) {
      each = enclosing(each);
    }
    return (PackageElement) each;
  }

  private static boolean isParameterized(TypeRef.Declared type) {
    return !type.arguments().isEmpty() || type.outer() != null;
  }

  static String packageOf(TypeElement type) {
    Element element = type;
    while (!(element instanceof PackageElement)) {
      if (isLocal(element)) {
        return "";
      }
      element = enclosing(element);
    }
    return ((PackageElement) element).getQualifiedName().toString();
  }

  static List<String> namesOf(TypeElement type) {
    List<String> names = new ArrayList<>();
    Element element = type;
    names.add(element.getSimpleName().toString());
    while (!isLocal(element) && enclosing(element) instanceof TypeElement outer) {
      names.add(0, outer.getSimpleName().toString());
      element = outer;
    }
    return List.copyOf(names);
  }

  /** The class itself, or the outermost that it is a member of. */
  public static Element outermost(Element type) {
    Element outermost = type;
    while (outermost.getEnclosingElement() instanceof TypeElement outer) {
      outermost = outer;
    }
    return outermost;
  }

  private static boolean isLocal(Element element) {
    ElementKind outer = enclosing(element).getKind();
    return outer != ElementKind.PACKAGE && !outer.isClass() && !outer.isInterface();
  }

  private static Element enclosing(Element element) {
    return Objects.requireNonNull(element.getEnclosingElement(), "a type stands in a package");
  }
}
