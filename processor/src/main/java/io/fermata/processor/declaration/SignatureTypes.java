package io.fermata.processor.declaration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** Walks all classes that a method's signature names. */
final class SignatureTypes {

  private SignatureTypes() {}

  /** Whether the signature names a type that is not there. */
  static boolean hasMissing(ExecutableElement method) {
    return walk(method).stream().anyMatch(type -> type.getKind() == TypeKind.ERROR);
  }

  /** The classes that the signature names, as far as they are there. */
  static Set<TypeElement> classes(ExecutableElement method) {
    Set<TypeElement> classes = new LinkedHashSet<>();
    for (DeclaredType type : walk(method)) {
      if (type.getKind() != TypeKind.ERROR) {
        classes.add((TypeElement) type.asElement());
      }
    }
    return classes;
  }

  /** The names of the classes that the signature names and that are not there. */
  static Set<String> missing(ExecutableElement method) {
    Set<String> names = new LinkedHashSet<>();
    for (DeclaredType type : walk(method)) {
      if (type.getKind() == TypeKind.ERROR) {
        names.add(((TypeElement) type.asElement()).getQualifiedName().toString());
      }
    }
    return names;
  }

  private static List<DeclaredType> walk(ExecutableElement method) {
    List<DeclaredType> found = new ArrayList<>();
    Stream.of(
            Stream.of(method.getReturnType()),
            method.getParameters().stream().map(VariableElement::asType),
            method.getThrownTypes().stream(),
            TypeReader.typeParametersInScope(method).stream()
                .map(TypeParameterElement::getBounds)
                .flatMap(List::stream))
        .flatMap(each -> each)
        .forEach(type -> type.accept(COLLECTOR, found));
    return found;
  }

  private static final SimpleTypeVisitor14<@Nullable Void, List<DeclaredType>> COLLECTOR =
      new SimpleTypeVisitor14<>() {
        @Override
        public @Nullable Void visitDeclared(DeclaredType type, List<DeclaredType> found) {
          found.add(type);
          type.getTypeArguments().forEach(each -> visit(each, found));
          return visit(type.getEnclosingType(), found);
        }

        @Override
        public @Nullable Void visitError(ErrorType type, List<DeclaredType> found) {
          return visitDeclared(type, found);
        }

        @Override
        public @Nullable Void visitArray(ArrayType type, List<DeclaredType> found) {
          return visit(type.getComponentType(), found);
        }

        @Override
        public @Nullable Void visitIntersection(IntersectionType type, List<DeclaredType> found) {
          type.getBounds().forEach(each -> visit(each, found));
          return null;
        }

        @Override
        public @Nullable Void visitWildcard(WildcardType type, List<DeclaredType> found) {
          Stream.of(type.getExtendsBound(), type.getSuperBound())
              .filter(each -> each != null)
              .forEach(each -> visit(each, found));
          return null;
        }

        @Override
        protected @Nullable Void defaultAction(TypeMirror type, List<DeclaredType> found) {
          return null;
        }
      };
}
