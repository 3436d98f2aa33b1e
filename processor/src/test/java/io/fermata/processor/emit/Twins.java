package io.fermata.processor.emit;

import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.declaration.MethodKey;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.declaration.Parameter;
import io.fermata.processor.declaration.TypeRef;
import io.fermata.processor.declaration.Visibility;
import io.fermata.processor.flow.FlowBuilder;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.machine.CutMachines;
import io.fermata.processor.machine.MachineBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Emits bodies written by hand as coroutines of a class {@code app.Hello}. */
final class Twins {
  static final OwnerClass OWNER =
      new OwnerClass(
          "app", List.of("Hello"), "app.Hello", "Hello.java", Visibility.PUBLIC, Set.of());

  private Twins() {}

  /** The source of {@code app.HelloAsync} with one coroutine. */
  static String emit(String name, IrBody body) {
    return new TwinEmitter().emit(new TwinClass(OWNER, List.of(method(name, body))));
  }

  static TwinClass.Method method(String name, IrBody body) {
    return new TwinClass.Method(
        signature(name, CoroutineMethod.Kind.COROUTINE, body),
        Optional.of(MachineBuilder.build(FlowBuilder.build(body))));
  }

  /**
   * The same.
   *
   * @param limit how many bytes its methods have at most, by estimate
   * @param mostLeft what may be left to save at a resume point
   */
  static TwinClass.Method cutMethod(String name, IrBody body, int limit, int mostLeft) {
    return new TwinClass.Method(
        signature(name, CoroutineMethod.Kind.COROUTINE, body),
        Optional.of(CutMachines.build(FlowBuilder.build(body), limit, mostLeft)));
  }

  static CoroutineMethod signature(String name, CoroutineMethod.Kind kind, IrBody body) {
    Parameter sink =
        kind == CoroutineMethod.Kind.COROUTINE
            ? null
            : new Parameter(
                "out",
                TypeRef.Declared.of("io.fermata", "Yielder").with(List.of(TypeRef.OBJECT)),
                List.of());
    return new CoroutineMethod(
        OWNER,
        name,
        kind,
        null,
        Visibility.PUBLIC,
        List.of(),
        sink,
        body.parameters().stream()
            .map(each -> new Parameter(each.name(), type(each.type()), List.of()))
            .toList(),
        CoroutineMethod.Varargs.NO,
        type(body.result()),
        null,
        List.of(),
        null,
        name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
        new MethodKey(name));
  }

  private static TypeRef type(IrType type) {
    if (type instanceof IrType.Primitive primitive) {
      return new TypeRef.Primitive(primitive.keyword(), List.of());
    } else if (type instanceof IrType.Declared declared) {
      return new TypeRef.Declared(
          declared.packageName(),
          declared.simpleNames(),
          null,
          declared.arguments().stream().map(Twins::type).toList(),
          List.of());
    } else if (type instanceof IrType.Array array) {
      return new TypeRef.Array(type(array.component()), List.of());
    }
    throw new IllegalArgumentException(type.toString());
  }
}
