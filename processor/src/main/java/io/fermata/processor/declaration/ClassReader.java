package io.fermata.processor.declaration;

import static io.fermata.processor.diagnostics.Diagnostic.CLASS_EXISTS;
import static io.fermata.processor.diagnostics.Diagnostic.TWINS_CLASH;
import static io.fermata.processor.diagnostics.Diagnostic.TWIN_NAMES_CLASH;
import static io.fermata.processor.diagnostics.Diagnostic.UNSUPPORTED_CONSTRUCTOR;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fermata.processor.diagnostics.ElementFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads the classes that hold coroutines, and finds what is wrong with their declarations. */
public final class ClassReader {

  private static final String GENERATED = "io.fermata.codegen.Generated";

  private final Elements elements;
  private final Types types;
  private final Function<TypeElement, String> fileName;
  private final Function<ExecutableElement, Set<String>> localClasses;
  private final CarriedAnnotations annotations;
  private final Map<String, String> ownerOfTwin = new HashMap<>();
  private final Map<String, Boolean> isOfJavaLang = new HashMap<>();

  /**
   * A reader for a whole compile.
   *
   * @param fileName the name of the source file of a class
   * @param localClasses the names of the classes that a method declares in its body
   * @param annotations those that twins have, too
   */
  public ClassReader(
      Elements elements,
      Types types,
      Function<TypeElement, String> fileName,
      Function<ExecutableElement, Set<String>> localClasses,
      CarriedAnnotations annotations) {
    this.elements = elements;
    this.types = types;
    this.fileName = fileName;
    this.localClasses = localClasses;
    this.annotations = annotations;
  }

  /** Reads a class with the methods of it that are annotated, in source order. */
  public CoroutineClass read(TypeElement type, List<ExecutableElement> annotated) {
    OwnerClass owner = owner(type);
    List<ElementFault> faults = new ArrayList<>();
    List<CoroutineMethod> methods = new ArrayList<>();
    List<CoroutineMethod> sound = new ArrayList<>();
    ContinuationNames names = new ContinuationNames(elements, type, owner);
    Map<String, CoroutineMethod> bySignature = new HashMap<>();
    MethodReader methodReader = new MethodReader(types, elements, annotations, owner);
    for (ExecutableElement element : annotated) {
      if (element.getKind() == ElementKind.CONSTRUCTOR) {
        faults.add(new ElementFault(UNSUPPORTED_CONSTRUCTOR, element));
        continue;
      }
      Set<String> local = localClasses.apply(element);
      CoroutineMethod method = methodReader.read(element, names.next(element, local), local);
      List<ElementFault> own = methodReader.check(element, method);
      CoroutineMethod clashing = bySignature.putIfAbsent(twinSignature(element, method), method);
      if (clashing != null) {
        own.add(
            new ElementFault(
                TWINS_CLASH, element, owner.twinName() + "." + method.name(), describe(clashing)));
      } else if (own.isEmpty() && methodReader.unnameable(element).isEmpty()) {
        methods.add(method);
        sound.add(method);
      } else {
        methods.add(UnnameableTypes.remove(method, methodReader.unnameable(element)));
      }
      faults.addAll(own);
    }
    Optional<ElementFault> taken = twinTaken(type, owner);
    taken.ifPresent(faults::add);
    faults.addAll(privateSelf(type, annotated));
    return new CoroutineClass(
        type,
        owner,
        List.copyOf(methods),
        List.copyOf(sound),
        List.copyOf(faults),
        taken.isPresent()
            ? CoroutineClass.State.TWIN_TAKEN
            : annotated.stream().anyMatch(SignatureTypes::hasMissing)
                ? CoroutineClass.State.INCOMPLETE
                : CoroutineClass.State.COMPLETE);
  }

  private OwnerClass owner(TypeElement type) {
    boolean isPublic = true;
    for (Element e = type; e instanceof TypeElement; e = e.getEnclosingElement()) {
      isPublic &= e.getModifiers().contains(Modifier.PUBLIC);
    }
    return new OwnerClass(
        TypeReader.packageOf(type),
        TypeReader.namesOf(type),
        elements.getBinaryName(type).toString(),
        fileName.apply(type),
        isPublic ? Visibility.PUBLIC : Visibility.PACKAGE,
        hiding(type));
  }

  /** In a package with a name, what an import hides can still be written out. */
  private Set<String> hiding(TypeElement type) {
    PackageElement around = elements.getPackageOf(type);
    return ElementFilter.typesIn(around.getEnclosedElements()).stream()
        .map(each -> each.getSimpleName().toString())
        .filter(
            each ->
                around.isUnnamed() || isOfJavaLang.computeIfAbsent(each, ClassReader::isOfJavaLang))
        .collect(toUnmodifiableSet());
  }

  private static boolean isOfJavaLang(String name) {
    return Object.class.getResource(name + ".class") != null;
  }

  /** The twin's name and erased parameters: what no two methods of a class may share. */
  private String twinSignature(ExecutableElement element, CoroutineMethod method) {
    StringBuilder signature = new StringBuilder(method.name());
    if (method.receiver() != null) {
      signature.append(' ').append(types.erasure(ownerOf(element).asType()));
    }
    int first = method.sink() == null ? 0 : 1;
    element.getParameters().stream()
        .skip(first)
        .forEach(each -> signature.append(' ').append(erasure(each.asType())));
    return signature.toString();
  }

  private TypeMirror erasure(TypeMirror type) {
    return types.erasure(type);
  }

  private static String describe(CoroutineMethod method) {
    return method.receiver() != null
        ? "the instance method '" + method.key() + "'"
        : "the static method '" + method.key() + "'";
  }

  private Optional<ElementFault> twinTaken(TypeElement type, OwnerClass owner) {
    String twin = owner.twinQualifiedName();
    String first = ownerOfTwin.putIfAbsent(twin, owner.binaryName());
    if (first != null && !first.equals(owner.binaryName())) {
      return Optional.of(
          new ElementFault(TWIN_NAMES_CLASH, type, owner.twinName(), first.replace('$', '.')));
    }
    // What an earlier build left is ours to replace.
    return visibleFrom(type, twin, elements)
        .filter(existing -> !isGenerated(existing))
        .map(existing -> new ElementFault(CLASS_EXISTS, type, owner.twinName()));
  }

  /** The twin of an instance method takes the class as a parameter: it must be able to name it. */
  private static List<ElementFault> privateSelf(TypeElement type, List<ExecutableElement> methods) {
    List<ElementFault> faults = new ArrayList<>();
    for (Element e = type; e instanceof TypeElement around; e = e.getEnclosingElement()) {
      if (e.getModifiers().contains(Modifier.PRIVATE)) {
        methods.stream()
            .filter(each -> each.getKind() == ElementKind.METHOD)
            .filter(each -> !each.getModifiers().contains(Modifier.STATIC))
            .forEach(each -> faults.add(ElementFault.ofPrivate(around, each)));
      }
    }
    return faults;
  }

  /** Whether the processor wrote this class, now or in an earlier build. */
  public static boolean isGenerated(TypeElement type) {
    return type.getAnnotationMirrors().stream()
        .map(each -> (TypeElement) each.getAnnotationType().asElement())
        .anyMatch(each -> each.getQualifiedName().contentEquals(GENERATED));
  }

  /** The class of this name that code in the module of {@code from} can see. */
  static Optional<TypeElement> visibleFrom(TypeElement from, String name, Elements elements) {
    ModuleElement module = elements.getModuleOf(from);
    // Asked without a module, javac looks through all of them.
    return Optional.ofNullable(
        module == null ? elements.getTypeElement(name) : elements.getTypeElement(module, name));
  }

  /** The class that a method stands in. */
  public static TypeElement ownerOf(Element method) {
    return (TypeElement)
        Objects.requireNonNull(method.getEnclosingElement(), "a method stands in a class");
  }
}
