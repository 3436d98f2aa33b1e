package io.fermata.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import io.fermata.processor.flow.FlowBuilder;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrLocalClass;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.IrTypeParameter;
import io.fermata.processor.ir.Part;
import io.fermata.processor.machine.MachineBuilder;
import io.fermata.processor.machine.StateMachine;
import io.fermata.processor.machine.StateMachine.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Prints the generated class of a coroutine, and those of the coroutine lambdas in it.
 *
 * <pre>{@code
 * private static final class SayAfter extends Continuation<String, RuntimeException> {
 *   private static final LineTable LINES = LineTable.of(1, "Hello", "sayAfter", …);
 *   private Duration delay;
 *   private String what;
 *   SayAfter(Duration delay, String what) { … }
 *   protected Object resume(Task<?> task, Object sent, int depth) throws Throwable { … }
 *   protected void clear() { this.delay = null; this.what = null; }
 *   protected LineTable lines() { return LINES; }
 * }
 * }</pre>
 */
final class ContinuationEmitter {
  static final ClassName CONTINUATION = ClassName.get("io.fermata.codegen", "Continuation");
  static final ClassName GENERATOR_BODY = ClassName.get("io.fermata.codegen", "GeneratorBody");
  private static final ClassName LINE_TABLE = ClassName.get("io.fermata.codegen", "LineTable");
  private static final TypeName ANY_TASK =
      ParameterizedTypeName.get(
          ClassName.get("io.fermata", "Task"), WildcardTypeName.subtypeOf(Object.class));

  /** The version of the contract that this code is generated for. */
  private static final int CONTRACT = 1;

  /** A string of a class file has 65,535 bytes at most, and a character up to three. */
  private static final int LONGEST_WITH_LOCALS = 20_000;

  /**
   * What all generated classes of a method have in common.
   *
   * @param userClass the binary name
   */
  record Origin(
      String userClass, String userMethod, String file, List<TypeVariableName> typeVariables) {

    /** That of a lambda, which has these type variables in scope. */
    Origin with(List<TypeVariableName> newTypeVariables) {
      return new Origin(userClass, userMethod, file, newTypeVariables);
    }
  }

  private final Origin origin;
  private final LineMarks marks;
  private final ClassNames names;
  private final ClassName self;
  private final StateMachine machine;
  private final int table;
  private final CodeText text;
  private final List<TypeSpec> lambdas = new ArrayList<>();

  ContinuationEmitter(
      Origin origin, LineMarks marks, ClassNames names, ClassName self, StateMachine machine) {
    this.origin = origin;
    this.marks = marks;
    this.names = names;
    this.self = self;
    this.machine = machine;
    this.table = marks.newTable();
    this.text = new CodeText(table, this::creation);
  }

  /** The class, and after it those of its coroutine lambdas. */
  List<TypeSpec> emit(TypeName superclass) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(self)
            .addAnnotation(TwinEmitter.GENERATED) // JaCoCo asks each class on its own
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addTypeVariables(origin.typeVariables())
            .addTypeVariables(inferred(machine))
            .superclass(superclass)
            .alwaysQualify(machine.body().classNames().toArray(String[]::new))
            .addField(lines());
    if (!machine.body().parameters().isEmpty()) {
      type.addMethod(constructor());
    }
    if (!machine.slots().isEmpty()) {
      type.addStaticBlock(slots());
    }
    machine.body().classes().forEach(each -> type.addStaticBlock(localClass(each)));
    ResumeEmitter resume = new ResumeEmitter(machine, origin.file(), table, text);
    type.addFields(resume.fields());
    type.addMethods(resume.methods(ANY_TASK));
    List<Slot> references = machine.slots().stream().filter(Slot::holdsReference).toList();
    if (!references.isEmpty()) {
      type.addMethod(clear(references));
    }
    type.addMethod(linesMethod());
    List<TypeSpec> all = new ArrayList<>(List.of(type.build()));
    all.addAll(lambdas);
    return all;
  }

  private FieldSpec lines() {
    String points = resumePoints(point -> " " + String.join(" ", point.locals()));
    if (points.length() > LONGEST_WITH_LOCALS) {
      points = resumePoints(point -> "");
    }
    return FieldSpec.builder(LINE_TABLE, "LINES", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(
            "\n$>$>$T.of($L, $S, $S, $S,\n$>$>$S,\n$L)$<$<$<$<",
            LINE_TABLE,
            CONTRACT,
            origin.userClass(),
            origin.userMethod(),
            origin.file(),
            points,
            LineMarks.placeOf(table))
        .build();
  }

  private String resumePoints(Function<StateMachine.ResumePoint, String> locals) {
    return machine.resumePoints().stream()
        .map(point -> (point.state() + ":" + point.line() + locals.apply(point)).stripTrailing())
        .collect(Collectors.joining(","));
  }

  /** Without the empty lines that JavaPoet puts between fields. */
  private CodeBlock slots() {
    CodeBlock.Builder fields = CodeBlock.builder();
    machine
        .slots()
        .forEach(slot -> fields.add("private $T $L;\n", Types.of(slot.type()), slot.field()));
    return members(fields.add(machine.body().classes().isEmpty() ? "" : "\n").build());
  }

  private static CodeBlock members(CodeBlock members) {
    List<String> around = LineMarks.aroundMembers();
    return CodeBlock.builder()
        .add("$L", around.get(0))
        .add(members)
        .add("$L", around.get(1))
        .build();
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
    List<IrLocal> parameters = machine.body().parameters();
    parameters.forEach(each -> constructor.addParameter(Types.of(each.type()), each.name()));
    for (Slot slot : machine.parameters()) {
      String name = parameters.get(slot.parameter().orElseThrow()).name();
      constructor.addStatement("this.$L = $L", slot.field(), name);
    }
    return constructor.build();
  }

  private static MethodSpec clear(List<Slot> references) {
    MethodSpec.Builder clear =
        MethodSpec.methodBuilder("clear")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED);
    references.forEach(slot -> clear.addStatement("this.$L = null", slot.field()));
    return clear.build();
  }

  private static MethodSpec linesMethod() {
    return MethodSpec.methodBuilder("lines")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(LINE_TABLE)
        .addStatement("return LINES")
        .build();
  }

  // Classes that the user declares in the body

  private CodeBlock localClass(IrLocalClass local) {
    CodeBlock declaration = text.print(withNames(local.declaration()), local.line());
    return members(
        local
            .scope()
            .map(scope -> scope(scope, local, declaration))
            .orElseGet(() -> CodeBlock.of("$L\n", declaration)));
  }

  private CodeBlock scope(String name, IrLocalClass local, CodeBlock declaration) {
    CodeBlock.Builder scope = CodeBlock.builder();
    scope.add(
        "@$T\nprivate static final class $L$L {\n$>",
        TwinEmitter.GENERATED,
        name,
        typeParameters(local.typeParameters()));
    List<CodeBlock> parameters = new ArrayList<>();
    for (IrLocal field : local.fields()) {
      scope.add("private final $T $L;\n", Types.of(field.type()), field.name());
      parameters.add(CodeBlock.of("$T $L", Types.of(field.type()), field.name()));
    }
    scope.add("\n$L($L) {\n$>", name, CodeBlock.join(parameters, ", "));
    local.fields().forEach(field -> scope.add("this.$1L = $1L;\n", field.name()));
    return scope.add("$<}\n\n").add(declaration).add("\n$<}\n").build();
  }

  private CodeBlock typeParameters(List<IrTypeParameter> parameters) {
    if (parameters.isEmpty()) {
      return CodeBlock.of("");
    }
    return parameters.stream()
        .map(this::typeVariable)
        .map(ContinuationEmitter::typeParameter)
        .collect(CodeBlock.joining(", ", "<", ">"));
  }

  private static CodeBlock typeParameter(TypeVariableName variable) {
    List<TypeName> bounds = variable.bounds();
    boolean isPlain = bounds.isEmpty() || bounds.equals(List.of(ClassName.OBJECT));
    return isPlain
        ? CodeBlock.of("$L", variable.name())
        : CodeBlock.of(
            "$L extends $L",
            variable.name(),
            bounds.stream()
                .map(bound -> CodeBlock.of("$T", bound))
                .collect(CodeBlock.joining(" & ")));
  }

  /** In a class of the user's the variables keep their names, and a lambda its captures. */
  private static Code withNames(Code code) {
    List<Part> parts = new ArrayList<>();
    for (Part part : code.parts()) {
      parts.add(part);
      if (part instanceof Part.NewCoroutine lambda) {
        parts.add(
            new Part.Text(
                lambda.arguments(
                    IrLocal::reference, local -> local.origin() == IrLocal.Origin.DECLARED)));
      }
    }
    return new Code(parts);
  }

  // Coroutine lambdas

  /** Emits the class of a coroutine lambda; gives the code that creates it. */
  private CodeBlock creation(Part.NewCoroutine lambda) {
    StateMachine inner = MachineBuilder.build(FlowBuilder.build(lambda.body()));
    ClassName name = self.peerClass(names.lambdaIn(self.simpleName()));
    List<TypeVariableName> typeVariables =
        lambda.typeParameters().stream().map(this::typeVariable).toList();
    ContinuationEmitter emitter =
        new ContinuationEmitter(origin.with(typeVariables), marks, names, name, inner);
    IrType result = lambda.body().result();
    TypeName superclass =
        ParameterizedTypeName.get(
            CONTINUATION,
            Types.boxed(result),
            lambda.thrown().map(Types::of).orElse(ClassName.get(RuntimeException.class)));
    lambdas.addAll(emitter.emit(superclass));
    return inferred(inner).isEmpty()
        ? CodeBlock.of("new $T", generic(name, typeVariables))
        : CodeBlock.of("new $T<>", name);
  }

  /** The type parameters that stand for types which only inference has: nobody can name them. */
  static List<TypeVariableName> inferred(StateMachine machine) {
    return InferredParameters.in(machine).stream().map(Types::parameter).toList();
  }

  /** As the method declares it, with its annotations, if it is the method's. */
  private TypeVariableName typeVariable(IrTypeParameter parameter) {
    TypeVariableName variable = Types.of(parameter);
    return origin.typeVariables().stream()
        .filter(each -> each.name().equals(variable.name()))
        .filter(each -> withoutAnnotations(each).equals(variable.bounds()))
        .findFirst()
        .orElse(variable);
  }

  private static List<TypeName> withoutAnnotations(TypeVariableName variable) {
    return variable.bounds().stream().map(TypeName::withoutAnnotations).toList();
  }

  /** The class with its own type variables as arguments. */
  static TypeName generic(ClassName name, List<TypeVariableName> variables) {
    if (variables.isEmpty()) {
      return name;
    }
    TypeName[] arguments =
        variables.stream()
            .map(variable -> TypeVariableName.get(variable.name()))
            .toArray(TypeName[]::new);
    return ParameterizedTypeName.get(name, arguments);
  }
}
