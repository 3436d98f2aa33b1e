package io.fermata.processor.checks;

import static java.util.stream.Collectors.joining;

import io.fermata.processor.declaration.CoroutineAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** What the runtime's names mean to the checks. */
final class Api {

  private static final String ASYNC = "io.fermata.Async";
  private static final String GENERATED = "io.fermata.codegen.Generated";
  private static final Set<String> EMITS = Set.of("emit", "emitAll");
  private static final Set<String> YIELDS = Set.of("yield", "yieldAll");
  private static final Set<String> LOOP_RUNS = Set.of("runUntilComplete", "runForever");

  private final Elements elements;
  private final Types types;
  private final CoroutineAnnotations coroutines = new CoroutineAnnotations();

  Api(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  Elements elements() {
    return elements;
  }

  Types types() {
    return types;
  }

  boolean isCoroutine(Element element) {
    return coroutines.areOn(element);
  }

  boolean isSynchronizedByLombok(Element method) {
    return isAnnotated(method, "lombok.Synchronized");
  }

  boolean isGenerated(Element type) {
    return isAnnotated(type, GENERATED);
  }

  boolean isAwait(ExecutableElement method) {
    return isIn(method, ASYNC) && method.getSimpleName().contentEquals("await");
  }

  /** Whether the method is given what it gives its values to. */
  boolean isGenerator(ExecutableElement method) {
    return method.getParameters().stream()
        .limit(1)
        .anyMatch(
            each ->
                isSubtype(each.asType(), "io.fermata.Emitter")
                    || isSubtype(each.asType(), "io.fermata.Yielder"));
  }

  boolean isOfAsync(ExecutableElement method) {
    return isIn(method, ASYNC);
  }

  /** What makes a task that belongs to no group. */
  boolean isCreateTask(ExecutableElement method) {
    return method.getSimpleName().contentEquals("createTask")
        && (isIn(method, ASYNC) || isIn(method, "io.fermata.EventLoop"));
  }

  boolean isAsync(ExecutableElement method) {
    return isIn(method, ASYNC) && method.getSimpleName().contentEquals("async");
  }

  /** {@code emit} and its like: they stand at the sink that the generator was given. */
  boolean isEmit(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    return (isIn(method, "io.fermata.Emitter") && EMITS.contains(name))
        || (isIn(method, "io.fermata.Yielder") && YIELDS.contains(name));
  }

  boolean isRun(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    return ((isIn(method, ASYNC) || isIn(method, "io.fermata.Runner")) && name.equals("run"))
        || (isIn(method, "io.fermata.EventLoop") && LOOP_RUNS.contains(name));
  }

  boolean isScope(TypeMirror type) {
    return isSubtype(type, "io.fermata.ThrowingScope");
  }

  boolean isAsyncIterable(TypeMirror type) {
    return isSubtype(type, "io.fermata.AsyncIterable");
  }

  boolean isCoro(TypeMirror type) {
    return isSubtype(type, "io.fermata.Coro");
  }

  boolean isSubtype(TypeMirror type, String className) {
    if (type.getKind() != TypeKind.DECLARED && type.getKind() != TypeKind.TYPEVAR) {
      return false;
    }
    TypeElement wanted = elements.getTypeElement(className);
    return wanted != null && types.isSubtype(types.erasure(type), types.erasure(wanted.asType()));
  }

  boolean isMethodOf(ExecutableElement method, String className) {
    Element owner = method.getEnclosingElement();
    return owner != null && isSubtype(owner.asType(), className);
  }

  boolean isStatic(Element element) {
    return element.getModifiers().contains(Modifier.STATIC);
  }

  /** {@code Outer.Inner.method}, as users call it. */
  static String displayName(ExecutableElement method) {
    return String.join(".", classNames(method.getEnclosingElement()))
        + "."
        + method.getSimpleName();
  }

  /** {@code Outer_InnerAsync}. */
  static String twinName(ExecutableElement method) {
    return twinName(method.getEnclosingElement());
  }

  /** {@code app.Outer_InnerAsync}. */
  String twinOf(TypeElement type) {
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    return packageName.isEmpty() ? twinName(type) : packageName + "." + twinName(type);
  }

  private static String twinName(@Nullable Element type) {
    return classNames(type).stream().collect(joining("_", "", "Async"));
  }

  private static List<String> classNames(@Nullable Element type) {
    List<String> names = new ArrayList<>();
    for (Element e = type; e instanceof TypeElement; e = e.getEnclosingElement()) {
      names.add(0, e.getSimpleName().toString());
    }
    return names;
  }

  private static boolean isIn(ExecutableElement method, String className) {
    return isClass(method.getEnclosingElement(), className);
  }

  private static boolean isAnnotated(Element element, String annotation) {
    return element.getAnnotationMirrors().stream()
        .anyMatch(each -> isClass(each.getAnnotationType().asElement(), annotation));
  }

  private static boolean isClass(@Nullable Element element, String name) {
    return element instanceof TypeElement type && type.getQualifiedName().contentEquals(name);
  }
}
