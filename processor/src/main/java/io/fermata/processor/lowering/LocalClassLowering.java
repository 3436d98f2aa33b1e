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
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/**
 * Lowers the declaration of a class between resume points: the class moves to the continuation, and
 * what stays is the creation of the object that holds what it captures.
 */
final class LocalClassLowering {

  private final BodyContext context;

  LocalClassLowering(BodyContext context) {
    this.context = context;
  }

  /** Moves a class that is declared by a statement of its own. */
  List<IrStmt> lower(ClassTree tree) {
    TypeElement type = (TypeElement) context.facts().requireElement(tree);
    if (!type.getKind().isClass() || tree.getKind() != Tree.Kind.CLASS) {
      LocalClasses.Member member = context.classes().announce(type);
      Code declaration = cutter(new Variables(tree, context.variables())).cut(tree);
      context
          .classes()
          .add(type, member, new IrLocalClass(member.around(), List.of(), declaration));
      return List.of();
    }
    Variables variables = new Variables(tree, context.variables());
    return List.of(
        scope(
            type,
            type.getSimpleName().toString(),
            variables,
            () -> cutter(variables).cut(tree),
            context.span(tree)));
  }

  private CodeCutter cutter(Variables variables) {
    return new CodeCutter(context.with(variables), JumpTargets.NONE);
  }

  /** Moves the class, and creates what holds its captured variables. */
  private IrStmt.Declare scope(
      TypeElement type, String name, Variables variables, Supplier<Code> cut, Span span) {
    String scopeName = context.classes().freeName(name + "Scope");
    IrType.Declared scopeType = context.classes().scopeType(scopeName);
    IrLocal scope = context.temporary("scope", scopeType);
    LocalClasses.Member member = context.classes().announce(type, name, scope);
    Code declaration = cut.get();
    context
        .classes()
        .add(
            type,
            member,
            new IrLocalClass(Optional.of(scopeName), variables.parameters(), declaration));
    context.variables().own(type, scope);
    return new IrStmt.Declare(
        scope,
        Optional.of(
            new IrExpr.Plain(
                creation(scopeType, variables.captures()), scopeType, IrExpr.Stability.ANY)),
        span);
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
    TypeElement type = (TypeElement) context.facts().requireElement(creation.getClassBody());
    Variables variables = new Variables(creation.getClassBody(), context.variables());
    String name = context.classes().freeName(capitalized(tree.getName().toString()));
    IrStmt.Declare scope =
        scope(
            type,
            name,
            variables,
            () -> anonymous(type, name, creation, context.with(variables)),
            context.span(tree));
    IrType.Declared moved = context.classes().find(type).orElseThrow().type();
    IrLocal variable = new IrLocal(tree.getName().toString(), moved, IrLocal.Origin.DECLARED);
    context.variables().own(context.facts().requireElement(tree), variable);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Read(scope.local(), Part.Place.BODY));
    parts.add(new Part.Text(".new " + name + "("));
    for (ExpressionTree argument : creation.getArguments()) {
      if (parts.size() > 2) {
        parts.add(new Part.Text(", "));
      }
      parts.add(new Part.Operand(lowering.lower(argument)));
    }
    parts.add(new Part.Text(")"));
    IrExpr value = new IrExpr.Composite(new Code(parts), moved);
    return List.of(scope, new IrStmt.Declare(variable, Optional.of(value), context.span(tree)));
  }

  /** {@code class Name extends T { Name(A a) { super(a); } … }}. */
  private static Code anonymous(
      TypeElement type, String name, NewClassTree creation, BodyContext inside) {
    int end = inside.body().end(creation);
    int brace = inside.bodyStart(creation);
    boolean isInterface = !type.getInterfaces().isEmpty();
    IrType supertype =
        inside.describe(isInterface ? type.getInterfaces().get(0) : type.getSuperclass());
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
    if (creation.getArguments().isEmpty()) {
      return Code.of("");
    }
    List<Part> parameters = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ExpressionTree argument : creation.getArguments()) {
      String separator = names.isEmpty() ? "" : ", ";
      String parameter = "a$" + (names.size() + 1);
      parameters.add(new Part.Text(separator));
      parameters.add(new Part.TypeName(inside.typeOf(argument).denotable()));
      parameters.add(new Part.Text(" " + parameter));
      names.add(parameter);
    }
    return Code.of("\n  " + name + "(")
        .then(new Code(parameters))
        .then(") {\n    super(" + String.join(", ", names) + ");\n  }\n");
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static Code creation(IrType.Declared scope, List<IrLocal> captures) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Text("new "));
    parts.add(new Part.TypeName(scope));
    parts.add(new Part.Text("("));
    for (IrLocal capture : captures) {
      if (parts.size() > 3) {
        parts.add(new Part.Text(", "));
      }
      parts.add(new Part.Read(capture, Part.Place.BODY));
    }
    parts.add(new Part.Text(")"));
    return new Code(parts);
  }
}
