package io.fermata.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import io.fermata.processor.declaration.TypeParameter;
import io.fermata.processor.declaration.TypeRef;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.IrTypeParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JavaPoet's names for types. */
final class Types {
  private static final Map<String, TypeName> PRIMITIVES =
      Map.of(
          "void", TypeName.VOID,
          "boolean", TypeName.BOOLEAN,
          "byte", TypeName.BYTE,
          "short", TypeName.SHORT,
          "char", TypeName.CHAR,
          "int", TypeName.INT,
          "long", TypeName.LONG,
          "float", TypeName.FLOAT,
          "double", TypeName.DOUBLE);

  private Types() {}

  // Types of bodies

  static TypeName of(IrType type) {
    if (type instanceof IrType.Primitive primitive) {
      return primitive(primitive.keyword());
    } else if (type instanceof IrType.Declared declared) {
      return declared(declared);
    } else if (type instanceof IrType.Array array) {
      return ArrayTypeName.of(of(array.component()));
    } else if (type instanceof IrType.Variable variable) {
      return TypeVariableName.get(variable.name());
    } else if (type instanceof IrType.Wildcard wildcard) {
      return wildcard(wildcard);
    }
    return TypeVariableName.get(((IrType.Inferred) type).name());
  }

  /** The type parameter that stands for a type which only inference has. */
  static TypeVariableName parameter(IrType.Inferred type) {
    TypeName[] bounds = type.bounds().stream().map(Types::of).toArray(TypeName[]::new);
    return TypeVariableName.get(type.name(), bounds);
  }

  static TypeName boxed(IrType type) {
    return of(type).box();
  }

  static TypeVariableName of(IrTypeParameter parameter) {
    TypeName[] bounds = parameter.bounds().stream().map(Types::of).toArray(TypeName[]::new);
    return TypeVariableName.get(parameter.name(), bounds);
  }

  private static TypeName declared(IrType.Declared type) {
    List<TypeName> arguments = type.arguments().stream().map(Types::of).toList();
    if (type.enclosing().isPresent()
        && declared(type.enclosing().get()) instanceof ParameterizedTypeName outer) {
      return outer.nestedClass(type.simpleName(), arguments);
    }
    return parameterized(className(type.packageName(), type.simpleNames()), arguments);
  }

  private static TypeName wildcard(IrType.Wildcard type) {
    if (type.bound().isEmpty()) {
      return WildcardTypeName.subtypeOf(Object.class);
    }
    TypeName bound = of(type.bound().get().type());
    return type.bound().get().keyword().equals("super")
        ? WildcardTypeName.supertypeOf(bound)
        : WildcardTypeName.subtypeOf(bound);
  }

  // Types of signatures

  static TypeName of(TypeRef type) {
    return annotated(plain(type), type.annotations());
  }

  static TypeName boxed(TypeRef type) {
    return of(type).box();
  }

  static TypeVariableName of(TypeParameter parameter) {
    TypeName[] bounds = parameter.bounds().stream().map(Types::of).toArray(TypeName[]::new);
    TypeVariableName variable = TypeVariableName.get(parameter.name(), bounds);
    return parameter.annotations().isEmpty()
        ? variable
        : (TypeVariableName) annotated(variable, parameter.annotations());
  }

  private static TypeName plain(TypeRef type) {
    if (type instanceof TypeRef.Primitive primitive) {
      return primitive(primitive.name());
    } else if (type instanceof TypeRef.Declared declared) {
      return declared(declared);
    } else if (type instanceof TypeRef.Array array) {
      return ArrayTypeName.of(of(array.component()));
    } else if (type instanceof TypeRef.Variable variable) {
      return TypeVariableName.get(variable.name());
    } else if (type instanceof TypeRef.Wildcard wildcard) {
      return wildcard(wildcard);
    }
    return of(((TypeRef.Intersection) type).bounds().get(0));
  }

  private static TypeName declared(TypeRef.Declared type) {
    List<TypeName> arguments = type.arguments().stream().map(Types::of).toList();
    if (type.outer() != null && of(type.outer()) instanceof ParameterizedTypeName outer) {
      return outer.nestedClass(last(type.names()), arguments);
    }
    return parameterized(className(type.packageName(), type.names()), arguments);
  }

  private static TypeName wildcard(TypeRef.Wildcard type) {
    Optional<TypeRef> below = Optional.ofNullable(type.superBound());
    if (below.isPresent()) {
      return WildcardTypeName.supertypeOf(of(below.get()));
    }
    return Optional.ofNullable(type.extendsBound())
        .map(bound -> WildcardTypeName.subtypeOf(of(bound)))
        .orElseGet(() -> WildcardTypeName.subtypeOf(Object.class));
  }

  private static TypeName annotated(TypeName type, List<String> annotations) {
    List<AnnotationSpec> specs = annotations.stream().map(AnnotationText::parse).toList();
    return specs.isEmpty() ? type : type.annotated(specs);
  }

  // Both

  private static TypeName primitive(String keyword) {
    TypeName name = PRIMITIVES.get(keyword);
    if (name == null) {
      throw new IllegalArgumentException("no primitive type: " + keyword);
    }
    return name;
  }

  private static ClassName className(String packageName, List<String> simpleNames) {
    String[] nested = simpleNames.subList(1, simpleNames.size()).toArray(String[]::new);
    return ClassName.get(packageName, simpleNames.get(0), nested);
  }

  private static TypeName parameterized(ClassName name, List<TypeName> arguments) {
    return arguments.isEmpty()
        ? name
        : ParameterizedTypeName.get(name, arguments.toArray(TypeName[]::new));
  }

  private static String last(List<String> names) {
    return names.get(names.size() - 1);
  }
}
