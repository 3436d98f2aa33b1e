package io.fermata.processor.lowering;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrLocalClass;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.IrTypeParameter;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Lowers the declaration of a class between resume points: the class moves to the continuation, and
 * what stays is the creation of the object that holds what it captures.
 */
final class LocalClassLowering {

  /** A line follows that is not the user's. */
  private static final Code LINE = Code.of(new Part.Lines(-1));

  private final BodyContext context;

  LocalClassLowering(BodyContext context) {
    this.context = context;
  }

  /**
   * The creation of what holds the variables that a class captures.
   *
   * @param variable what the class is created with
   */
  private record Scope(IrLocal variable, List<IrLocal> captures) {

    /**
     * {@code new CounterScope(start)}.
     *
     * @param read gives the code for a variable
     */
    Code creation(Function<IrLocal, Code> read) {
      Code code =
          Code.of(new Part.Text("new "), new Part.TypeName(variable.type()), new Part.Text("("));
      for (int i = 0; i < captures.size(); i++) {
        code = code.then(i == 0 ? "" : ", ").then(read.apply(captures.get(i)));
      }
      return code.then(")");
    }

    IrStmt.Declare declaration(Span span) {
      Code creation = creation(Code::read);
      return new IrStmt.Declare(
          variable,
          Optional.of(new IrExpr.Plain(creation, variable.type(), IrExpr.Stability.ANY)),
          span);
    }
  }

  /** Moves a class that is declared by a statement of its own. */
  List<IrStmt> lower(ClassTree tree) {
    if (!needsScope(tree)) {
      moveAlone(tree);
      return List.of();
    }
    return List.of(
        move(tree, scope -> context.temporary("scope", scope)).declaration(context.span(tree)));
  }

  /**
   * Moves a class that stands in plain code; gives the statement that stays.
   *
   * @param read gives the code for a variable
   * @param declared told of the variable that the statement declares
   */
  Code lowerInCode(ClassTree tree, Function<IrLocal, Code> read, Consumer<IrLocal> declared) {
    if (!needsScope(tree)) {
      moveAlone(tree);
      return new Code(List.of());
    }
    Scope scope = move(tree, context.classes()::scopeInCode);
    declared.accept(scope.variable());
    return Code.of(
            new Part.TypeName(scope.variable().type()),
            new Part.Text(" "),
            new Part.Declare(scope.variable()),
            new Part.Text(" = "))
        .then(scope.creation(read))
        .then(";");
  }

  /** Records, enums and interfaces capture nothing (JLS 14.3), and nor do many classes. */
  private boolean needsScope(ClassTree tree) {
    return isClass(tree) && CaptureScanner.captures(tree, context);
  }

  private static boolean isClass(ClassTree tree) {
    return tree.getKind() == Tree.Kind.CLASS;
  }

  private void moveAlone(ClassTree tree) {
    TypeElement type = (TypeElement) context.facts().requireElement(tree);
    LocalClasses.Member moved = context.classes().announce(type);
    Code declaration = cutter(new Variables(tree, context.variables())).cut(tree);
    Code member = isClass(tree) ? Code.of("static ").then(declaration) : declaration;
    context
        .classes()
        .add(
            new IrLocalClass(
                moved.around(), List.of(), List.of(), member, context.span(tree).line()));
  }

  private Scope move(ClassTree tree, Function<IrType.Declared, IrLocal> variable) {
    TypeElement type = (TypeElement) context.facts().requireElement(tree);
    LocalClasses.Member member = announce(type, type.getSimpleName().toString(), variable);
    Variables variables = new Variables(tree, context.variables());
    return scope(
        type, member, variables, () -> cutter(variables).cut(tree), context.span(tree).line());
  }

  private CodeCutter cutter(Variables variables) {
    return new CodeCutter(context.with(variables), JumpTargets.NONE);
  }

  /** The class will be a member of another one, which holds its captured variables. */
  private LocalClasses.Member announce(
      TypeElement type, String name, Function<IrType.Declared, IrLocal> variable) {
    String scopeName = context.classes().freeName(name + "Scope");
    ClassTree declaration = context.facts().declaration(type);
    List<IrTypeParameter> typeParameters = typeParametersOfScope(type, declaration);
    IrLocal scope = variable.apply(context.classes().scopeType(scopeName, typeParameters));
    return context.classes().announce(type, name, scope, typeParameters);
  }

  private List<IrTypeParameter> typeParametersOfScope(TypeElement type, ClassTree declaration) {
    List<IrTypeParameter> around = new ArrayList<>(context.typeParametersAround(declaration));
    around.addAll(context.inferredBefore(declaration));
    ExceptionClasses exceptions = context.facts().exceptions();
    if (!exceptions.need(type)) {
      return around;
    }
    List<TypeParameterUses.Use> uses = TypeParameterUses.in(declaration, around, context);
    if (exceptions.contains(type)) {
      uses.forEach(context.names()::reportGenericException);
    }
    return uses.stream().map(TypeParameterUses.Use::parameter).toList();
  }

  /** Moves the class, and tells what holds its captured variables. */
  private Scope scope(
      TypeElement type,
      LocalClasses.Member member,
      Variables variables,
      Supplier<Code> cut,
      int line) {
    IrLocal scope = member.scope().orElseThrow();
    Code moved = cut.get();
    context
        .names()
        .checkHandedOver(
            variables.captures(), member.type().simpleName(), context.facts().declaration(type));
    context
        .classes()
        .add(
            new IrLocalClass(
                member.around(), member.typeParameters(), variables.parameters(), moved, line));
    context.variables().own(type, scope);
    return new Scope(scope, variables.captures());
  }

  /** Whether this is {@code var x = new T() { … }}, whose type only the body can name. */
  static boolean declaresAnonymous(VariableTree tree, BodyContext context) {
    return tree.getInitializer() instanceof NewClassTree creation
        && creation.getClassBody() != null
        && creation.getEnclosingExpression() == null
        && context.facts().requireElement(tree).asType() instanceof DeclaredType type
        && type.asElement().getSimpleName().contentEquals("");
  }

  /**
   * Gives the anonymous class of {@code var x = new T(a) { … }} a name.
   *
   * @param lowering for the arguments of the constructor
   */
  List<IrStmt> lowerAnonymous(VariableTree tree, ExpressionLowering lowering) {
    NewClassTree creation = (NewClassTree) tree.getInitializer();
    Scope scope = moveAnonymous(creation);
    IrType.Declared moved = (IrType.Declared) context.typeOf(creation);
    IrLocal variable = new IrLocal(tree.getName().toString(), moved, IrLocal.Origin.DECLARED);
    context.variables().own(context.facts().requireElement(tree), variable);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Read(scope.variable(), Part.Place.BODY));
    parts.add(new Part.Text(".new " + moved.simpleName() + "("));
    for (ExpressionTree argument : creation.getArguments()) {
      if (parts.size() > 2) {
        parts.add(new Part.Text(", "));
      }
      parts.add(new Part.Operand(lowering.lower(argument)));
    }
    parts.add(new Part.Text(")"));
    IrExpr value = new IrExpr.Composite(new Code(parts), moved);
    return List.of(
        scope.declaration(context.span(tree)),
        new IrStmt.Declare(variable, Optional.of(value), context.span(tree)));
  }

  /**
   * Gives an anonymous class a name; gives what stands before the arguments of the constructor:
   * {@code new TaskScope(n).new Task(}.
   *
   * @param read gives the code for a variable
   */
  Code lowerInCode(NewClassTree creation, Function<IrLocal, Code> read) {
    Scope scope = moveAnonymous(creation);
    String name = ((IrType.Declared) context.typeOf(creation)).simpleName();
    return scope.creation(read).then(".new " + name + "(");
  }

  private Scope moveAnonymous(NewClassTree creation) {
    SupertypeChecks supertype = new SupertypeChecks(context);
    supertype.checkNames(creation);
    supertype.checkConstructor(creation);
    ClassTree tree = creation.getClassBody();
    TypeElement type = (TypeElement) context.facts().requireElement(tree);
    LocalClasses.Member member =
        context.classes().find(type).orElseGet(() -> announceAnonymous(type));
    String name = member.type().simpleName();
    Variables variables = new Variables(tree, context.variables());
    return scope(
        type,
        member,
        variables,
        () -> anonymous(type, name, creation, context.with(variables)),
        context.body().line(context.bodyStart(creation)));
  }

  /**
   * Names the anonymous classes that move: types of what stands before them may have it in them.
   */
  void announceAnonymous() {
    context.facts().movingAnonymous().forEach(this::announceAnonymous);
  }

  private LocalClasses.Member announceAnonymous(TypeElement type) {
    return announce(type, nameOf(type), scope -> context.temporary("scope", scope));
  }

  /** After the variable that it is the value of, or else its supertype. */
  private String nameOf(TypeElement type) {
    Tree around = context.facts().parent(context.facts().parent(context.facts().declaration(type)));
    String wanted =
        around instanceof VariableTree variable && !variable.getName().isEmpty()
            ? capitalized(variable.getName().toString())
            : simpleName(supertype(type));
    return context.classes().freeName(wanted);
  }

  private static TypeMirror supertype(TypeElement anonymous) {
    return anonymous.getInterfaces().isEmpty()
        ? anonymous.getSuperclass()
        : anonymous.getInterfaces().get(0);
  }

  private static String simpleName(TypeMirror type) {
    return ((DeclaredType) type).asElement().getSimpleName().toString();
  }

  /** {@code class Name extends T { Name(A a) { super(a); } … }}. */
  private static Code anonymous(
      TypeElement type, String name, NewClassTree creation, BodyContext inside) {
    int end = inside.body().end(creation);
    int brace = inside.bodyStart(creation);
    boolean isInterface = !type.getInterfaces().isEmpty();
    IrType supertype = inside.describe(supertype(type));
    Code header =
        Code.of(
            new Part.Text("class " + name + (isInterface ? " implements " : " extends ")),
            new Part.TypeName(supertype),
            new Part.Text(" {"));
    Code body =
        new CodeCutter(inside, JumpTargets.NONE)
            .cut(List.of(creation.getClassBody()), brace + 1, end);
    return header.then(constructor(name, creation, inside)).then(body);
  }

  private static Code constructor(String name, NewClassTree creation, BodyContext inside) {
    List<ExpressionTree> arguments = argumentsWithOuter(creation);
    TypeElement type = (TypeElement) inside.facts().requireElement(creation.getClassBody());
    Optional<Code> outer =
        creation.getEnclosingExpression() == null
                && type.getSuperclass() instanceof DeclaredType superclass
            ? inside.outerOf(superclass.asElement(), creation.getClassBody(), Part.Place.BODY)
            : Optional.empty();
    Code thrown = new ThrowsClause(inside).of(creation);
    if (arguments.isEmpty() && outer.isEmpty() && thrown.parts().isEmpty()) {
      return Code.of("");
    }
    Code parameters = Code.of("");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String parameter = "a$" + (i + 1);
      parameters =
          parameters
              .then(i == 0 ? "" : ", ")
              .then(Code.of(new Part.TypeName(parameterType(i, creation, inside))))
              .then(" " + parameter);
      names.add(parameter);
    }
    Code qualifier = outer.map(each -> each.then(".")).orElseGet(() -> Code.of(""));
    String before = creation.getEnclosingExpression() == null ? "" : names.remove(0) + ".";
    return LINE.then("\n  " + name + "(")
        .then(parameters)
        .then(")")
        .then(thrown)
        .then(" {")
        .then(LINE)
        .then("\n    ")
        .then(qualifier)
        .then(before + "super(" + String.join(", ", names) + ");")
        .then(LINE)
        .then("\n  }")
        .then(LINE)
        .then("\n");
  }

  /** The constructor that Java gives the anonymous class. */
  private static ExecutableElement constructor(NewClassTree creation, BodyContext inside) {
    return (ExecutableElement) inside.facts().requireElement(creation);
  }

  /**
   * The type of the argument, so that the same constructor is called; null has none. Type
   * parameters have no name in a class of exceptions.
   */
  private static IrType parameterType(int index, NewClassTree creation, BodyContext inside) {
    List<ExpressionTree> arguments = argumentsWithOuter(creation);
    ExpressionTree argument = arguments.get(index);
    List<? extends VariableElement> parameters = constructor(creation, inside).getParameters();
    TypeMirror type = inside.facts().type(argument);
    if (type.getKind() == TypeKind.NULL && parameters.size() == arguments.size()) {
      return inside.describe(parameters.get(index).asType());
    }
    ClassTree anonymous = creation.getClassBody();
    boolean isErased =
        inside.facts().exceptions().contains(inside.facts().requireElement(anonymous))
            && TypeParameterUses.isIn(type, anonymous, inside);
    return isErased
        ? inside.describe(inside.body().types().erasure(type))
        : inside.classOf(argument);
  }

  /** The arguments of a creation, after the object that is the outer one of the new one. */
  static List<ExpressionTree> argumentsWithOuter(NewClassTree creation) {
    List<ExpressionTree> arguments = new ArrayList<>(creation.getArguments());
    if (creation.getEnclosingExpression() != null) {
      arguments.add(0, creation.getEnclosingExpression());
    }
    return arguments;
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
