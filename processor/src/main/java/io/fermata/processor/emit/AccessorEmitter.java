package io.fermata.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrAccessor;
import io.fermata.processor.ir.IrAccessor.Kind;
import io.fermata.processor.ir.IrAccessor.Trait;
import io.fermata.processor.ir.IrType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Prints the classes in which private members of the user's classes are reached.
 *
 * <pre>{@code
 * private static final class PrivateFields {
 *   private static final VarHandle countHandle =
 *       PrivateMembers.field(Counter.LOOKUP, Counter.class, "count", int.class);
 *
 *   static int count(Counter self) {
 *     return (int) countHandle.get(self);
 *   }
 * }
 * }</pre>
 *
 * <p>They are classes of their own, since methods cost more to look up than fields do.
 */
final class AccessorEmitter {
  private static final ClassName MEMBERS = ClassName.get("io.fermata.codegen", "PrivateMembers");

  /** What is looked up once for each member. */
  private record Key(IrType.Declared owner, IrAccessor.Member member) {}

  private final Map<Key, String> handles = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();

  private AccessorEmitter() {}

  /** The classes for these accessors, each of which is printed once. */
  static List<TypeSpec> emit(Stream<IrAccessor> accessors) {
    Map<String, Set<IrAccessor>> byHolder = new LinkedHashMap<>();
    accessors.forEach(
        each -> byHolder.computeIfAbsent(each.holder(), key -> new LinkedHashSet<>()).add(each));
    List<TypeSpec> types = new ArrayList<>();
    byHolder.forEach((holder, all) -> types.add(new AccessorEmitter().holder(holder, all)));
    return types;
  }

  private TypeSpec holder(String name, Set<IrAccessor> accessors) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addAnnotation(TwinEmitter.GENERATED)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
    for (IrAccessor accessor : accessors) {
      Key key = new Key(accessor.owner(), accessor.member());
      if (!handles.containsKey(key)) {
        handles.put(key, free(accessor.name() + "Handle"));
        type.addField(handle(accessor, handles.get(key)));
      }
      type.addMethod(method(accessor, handles.get(key)));
    }
    return type.build();
  }

  private String free(String name) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "$" + i;
    }
    return free;
  }

  private static FieldSpec handle(IrAccessor accessor, String name) {
    IrAccessor.Member member = accessor.member();
    boolean isField = accessor.holder().equals("PrivateFields");
    boolean isStatic = accessor.receiver().isEmpty();
    String finder = isField ? "field" : "method";
    CodeBlock.Builder arguments =
        CodeBlock.builder()
            .add(
                "$T.$L, $T.class",
                Types.of(accessor.lookup()),
                accessor.lookupField(),
                Types.of(accessor.owner()));
    if (accessor.kind() == Kind.CREATE) {
      finder = "constructor";
    } else {
      finder = isStatic ? isField ? "staticField" : "staticMethod" : finder;
      arguments.add(", $S, $T.class", member.name(), Types.of(member.type()));
    }
    member.parameters().forEach(each -> arguments.add(", $T.class", Types.of(each)));
    return FieldSpec.builder(isField ? VarHandle.class : MethodHandle.class, name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("\n$>$>$T.$L($L)$<$<", MEMBERS, finder, arguments.build())
        .build();
  }

  private static MethodSpec method(IrAccessor accessor, String handle) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(accessor.name())
            .addModifiers(Modifier.STATIC)
            .varargs(accessor.member().traits().contains(Trait.VARARGS));
    accessor.thrown().forEach(each -> method.addException(Types.of(each)));
    accessor.typeParameters().forEach(each -> method.addTypeVariable(Types.of(each)));
    if (accessor.kind() == Kind.COMBINE) {
      combine(accessor, method);
      return method.build();
    }
    List<CodeBlock> arguments = new ArrayList<>();
    accessor
        .receiver()
        .ifPresent(
            type -> {
              method.addParameter(Types.of(type), "self");
              arguments.add(CodeBlock.of("self"));
            });
    if (accessor.kind() == Kind.HOLD) {
      hold(accessor, method);
      return method.build();
    }
    method.returns(Types.of(accessor.type()));
    for (int i = 0; i < accessor.parameters().size(); i++) {
      String name = "a$" + (i + 1);
      method.addParameter(Types.of(accessor.parameters().get(i)), name);
      arguments.add(CodeBlock.of("$L", name));
    }
    CodeBlock passed = arguments.stream().collect(CodeBlock.joining(", "));
    switch (accessor.kind()) {
      case READ ->
          method.addStatement(
              "return ($T) $L.$L($L)",
              Types.of(accessor.type()),
              handle,
              isVolatile(accessor) ? "getVolatile" : "get",
              passed);
      case WRITE -> write(accessor, handle, method);
      case UPDATE -> update(accessor, method);
      default -> call(accessor, handle, passed, method);
    }
    return method.build();
  }

  private static boolean isVolatile(IrAccessor accessor) {
    return accessor.member().traits().contains(Trait.VOLATILE);
  }

  private static void write(IrAccessor accessor, String handle, MethodSpec.Builder method) {
    method.addParameter(Types.of(accessor.type()), "value");
    method.addStatement(
        "$L.$L($Lvalue)",
        handle,
        isVolatile(accessor) ? "setVolatile" : "set",
        accessor.receiver().isPresent() ? "self, " : "");
    method.addStatement("return value");
  }

  // In terms of the accessors that read and assign, which the twin has as well

  private static void update(IrAccessor accessor, MethodSpec.Builder method) {
    String name = plainName(accessor);
    String self = accessor.receiver().isPresent() ? "self" : "";
    String others = self.isEmpty() ? "" : "self, ";
    TypeName type = Types.of(accessor.type());
    TypeName computed = unboxed(type);
    if (accessor.operator().equals("++") || accessor.operator().equals("--")) {
      method.addStatement("$T old = $L($L)", type, name, self);
      method.addStatement(
          "$L($L($T) (old $L a$$1))", name, others, computed, accessor.operator().charAt(0));
      method.addStatement("return old");
    } else {
      method.addStatement(
          "return $L($L($T) ($L($L) $L a$$1))",
          name,
          others,
          computed,
          name,
          self,
          accessor.operator());
    }
  }

  /** A box is unboxed before the other operand is evaluated, as Java does it (JLS 15.26.2). */
  private static void hold(IrAccessor accessor, MethodSpec.Builder method) {
    String self = accessor.receiver().isPresent() ? "self" : "";
    TypeName held = Types.of(accessor.held());
    method.returns(held);
    method.addStatement(
        "return new $T($L, ($T) $L($L))",
        held,
        self.isEmpty() ? "null" : self,
        unboxed(Types.of(accessor.type())),
        plainName(accessor),
        self);
  }

  private static void combine(IrAccessor accessor, MethodSpec.Builder method) {
    TypeName type = Types.of(accessor.type());
    method.returns(type);
    method.addParameter(Types.of(accessor.held()), "old");
    method.addParameter(Types.of(accessor.parameters().get(0)), "value");
    CodeBlock self =
        accessor.receiver().isPresent()
            ? CodeBlock.of("($T) old.self(), ", Types.of(accessor.receiver().get()))
            : CodeBlock.of("");
    method.addStatement(
        "return $L($L($T) (old.value() $L value))",
        plainName(accessor),
        self,
        unboxed(type),
        accessor.operator());
  }

  private static String plainName(IrAccessor accessor) {
    return accessor.name().substring(0, accessor.name().lastIndexOf('$'));
  }

  private static TypeName unboxed(TypeName type) {
    return type.isBoxedPrimitive() ? type.unbox() : type;
  }

  private static void call(
      IrAccessor accessor, String handle, CodeBlock arguments, MethodSpec.Builder method) {
    CodeBlock invocation = CodeBlock.of("$L.invokeExact($L)", handle, arguments);
    method.beginControlFlow("try");
    if (accessor.type().equals(CommonTypes.VOID)) {
      method.addStatement(invocation);
    } else {
      method.addStatement("return ($T) $L", Types.of(accessor.type()), invocation);
    }
    method
        .nextControlFlow("catch ($T e)", Throwable.class)
        .addStatement("throw $T.rethrow(e)", MEMBERS)
        .endControlFlow();
  }
}
