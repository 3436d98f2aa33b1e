package io.fermata.conformance.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/**
 * Generates the twins of the blocking world: a coroutine whose body is the call of the template.
 */
@SupportedAnnotationTypes("io.fermata.Coroutine")
final class BlockingTwins extends AbstractProcessor {

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Map<TypeElement, List<ExecutableElement>> byOwner = new LinkedHashMap<>();
    for (TypeElement annotation : annotations) {
      for (ExecutableElement method :
          ElementFilter.methodsIn(round.getElementsAnnotatedWith(annotation))) {
        TypeElement owner = (TypeElement) method.getEnclosingElement();
        byOwner.computeIfAbsent(owner, o -> new ArrayList<>()).add(method);
      }
    }
    byOwner.forEach(this::write);
    return false;
  }

  private void write(TypeElement owner, List<ExecutableElement> methods) {
    String packageName =
        processingEnv.getElementUtils().getPackageOf(owner).getQualifiedName().toString();
    String nested = owner.getQualifiedName().toString();
    if (!packageName.isEmpty()) {
      nested = nested.substring(packageName.length() + 1);
    }
    String name = nested.replace('.', '_') + "Async";
    StringBuilder text = new StringBuilder();
    if (!packageName.isEmpty()) {
      text.append("package ").append(packageName).append(";\n");
    }
    text.append("@SuppressWarnings({\"unchecked\", \"rawtypes\"})\n");
    text.append(isPublic(owner) ? "public " : "")
        .append("final class ")
        .append(name)
        .append(" {\n");
    methods.forEach(method -> text.append(twin(owner, method)));
    text.append("}\n");
    String qualified = packageName.isEmpty() ? name : packageName + "." + name;
    try (Writer file = processingEnv.getFiler().createSourceFile(qualified, owner).openWriter()) {
      file.write(text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPublic(TypeElement owner) {
    for (Element e = owner; e instanceof TypeElement; e = e.getEnclosingElement()) {
      if (!e.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }

  private String twin(TypeElement owner, ExecutableElement method) {
    Types types = processingEnv.getTypeUtils();
    boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
    List<VariableElement> parameters = new ArrayList<>(method.getParameters());
    String element = parameters.isEmpty() ? "" : generated(parameters.get(0).asType());
    boolean generator = !element.isEmpty();
    boolean plainGenerator =
        generator && parameters.get(0).asType().toString().startsWith("io.fermata.Yielder");
    List<VariableElement> passed =
        generator ? parameters.subList(1, parameters.size()) : parameters;

    List<String> declared = new ArrayList<>();
    if (!isStatic) {
      declared.add(owner.asType() + " self");
    }
    for (int i = 0; i < passed.size(); i++) {
      TypeMirror type = passed.get(i).asType();
      boolean varargs = method.isVarArgs() && i == passed.size() - 1;
      String text = type.toString();
      if (varargs) {
        text = text.replaceFirst("\\[\\]$", "...");
      }
      declared.add(text + " " + passed.get(i).getSimpleName());
    }
    List<String> arguments = new ArrayList<>();
    for (VariableElement parameter : passed) {
      arguments.add("(Object) " + parameter.getSimpleName());
    }
    String erased =
        parameters.stream()
            .map(p -> types.erasure(p.asType()) + ".class")
            .collect(Collectors.joining(", "));
    String result = boxed(method.getReturnType());
    String thrown = thrown(method);
    String returned;
    String kind;
    if (generator) {
      kind = plainGenerator ? "generator" : "asyncGenerator";
      returned =
          (plainGenerator ? "io.fermata.Generator<" : "io.fermata.AsyncGenerator<") + element + ">";
    } else {
      kind = "coro";
      returned =
          thrown.isEmpty()
              ? "io.fermata.Coro<" + result + ">"
              : "io.fermata.ThrowingCoro<" + result + ", " + thrown + ">";
    }
    String modifiers =
        method.getModifiers().contains(Modifier.PUBLIC) ? "public static " : "static ";
    return "  "
        + modifiers
        + typeParameters(owner, method, isStatic)
        + returned
        + " "
        + method.getSimpleName()
        + "("
        + String.join(", ", declared)
        + ") {\n    return io.fermata.Twins."
        + kind
        + "("
        + types.erasure(owner.asType())
        + ".class, \""
        + method.getSimpleName()
        + "\", new Class<?>[] {"
        + erased
        + "}, "
        + (isStatic ? "null" : "io.fermata.Twins.instance(self)")
        + (arguments.isEmpty() ? "" : ", ")
        + String.join(", ", arguments)
        + ");\n  }\n";
  }

  private static String generated(TypeMirror type) {
    String text = type.toString();
    boolean isGenerated =
        text.startsWith("io.fermata.Emitter<") || text.startsWith("io.fermata.Yielder<");
    return isGenerated ? ((DeclaredType) type).getTypeArguments().get(0).toString() : "";
  }

  private String boxed(TypeMirror type) {
    if (type.getKind() == TypeKind.VOID) {
      return "Void";
    }
    if (type.getKind().isPrimitive()) {
      return processingEnv.getTypeUtils().boxedClass((PrimitiveType) type).toString();
    }
    return type.toString();
  }

  private String thrown(ExecutableElement method) {
    Types types = processingEnv.getTypeUtils();
    TypeMirror runtime =
        processingEnv.getElementUtils().getTypeElement("java.lang.RuntimeException").asType();
    TypeMirror error = processingEnv.getElementUtils().getTypeElement("java.lang.Error").asType();
    TypeMirror common = null;
    for (TypeMirror type : method.getThrownTypes()) {
      if (types.isSubtype(type, runtime) || types.isSubtype(type, error)) {
        continue;
      }
      if (common == null) {
        common = type;
      }
      while (!types.isSubtype(type, common)) {
        common = types.directSupertypes(common).get(0);
      }
    }
    return common == null ? "" : common.toString();
  }

  private String typeParameters(TypeElement owner, ExecutableElement method, boolean isStatic) {
    List<TypeParameterElement> all = new ArrayList<>();
    if (!isStatic) {
      for (Element e = owner; e instanceof TypeElement type; e = e.getEnclosingElement()) {
        all.addAll(0, type.getTypeParameters());
        if (type.getModifiers().contains(Modifier.STATIC)) {
          break;
        }
      }
    }
    all.addAll(method.getTypeParameters());
    if (all.isEmpty()) {
      return "";
    }
    return all.stream()
        .map(
            p ->
                p
                    + " extends "
                    + p.getBounds().stream()
                        .map(TypeMirror::toString)
                        .collect(Collectors.joining(" & ")))
        .collect(Collectors.joining(", ", "<", "> "));
  }
}
