package io.fermata.processor.lowering;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.TypeParameter;
import io.fermata.processor.declaration.TypeReader;
import io.fermata.processor.ir.Boxed;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CodeShape;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.IrTypeParameter;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.TypeMirror;

/**
 * What all parts of the lowering of one body share.
 *
 * @param result what the body gives
 */
record BodyContext(
    AttributedBody body,
    BodyFacts facts,
    TypeReader reader,
    TypeNames types,
    NameResolver names,
    PrivateMembers privates,
    LocalClasses classes,
    Variables variables,
    IrType result) {

  private static final String WHITE_SPACE = " \t\n\013\f\r";

  /** The type as the IR names it. */
  IrType describe(TypeMirror type) {
    return types.describe(type);
  }

  /** The type of an expression. */
  IrType typeOf(ExpressionTree tree) {
    return describe(facts.type(tree));
  }

  /** The type of an expression, or the first of the types that it is inferred to be of. */
  IrType classOf(ExpressionTree tree) {
    IrType type = typeOf(tree);
    return type instanceof IrType.Inferred inferred ? inferred.bounds().get(0) : type;
  }

  /** The name of a type parameter in the generated class. */
  String nameOf(TypeParameterElement parameter) {
    return reader.nameOf(parameter);
  }

  /** The variable that an expression names, if it names one. */
  Optional<IrLocal> variableOf(Tree tree) {
    Element element = tree instanceof IdentifierTree ? facts.element(tree) : null;
    return element == null ? Optional.empty() : variables.find(element);
  }

  /** Whether this is the parameter through which a generator gives its values. */
  boolean isSink(Element element) {
    return body.method().sink() != null
        && !body.element().getParameters().isEmpty()
        && body.element().getParameters().get(0).equals(element);
  }

  /** The variable that this declares. */
  IrLocal variable(VariableTree tree) {
    return variables.find(facts.requireElement(tree)).orElseThrow();
  }

  /** The object of a class of the body, to code that does not stay in that class. */
  IrLocal instance(TypeElement type) {
    IrLocal object = classes.instance(type, describe(type.asType()));
    return variables.instance(object, facts.declaration(type));
  }

  /** What holds the variables that a class captures which has moved. */
  Optional<IrLocal> scopeOf(Element type, Tree at) {
    Optional<IrLocal> inside = classes.scopeInside(type);
    if (inside.isEmpty() || facts.staysIn(at, type)) {
      return Optional.empty();
    }
    Tree declaration = facts.declaration(type);
    return facts.isIn(at, declaration)
        ? Optional.of(variables.instance(inside.get(), declaration))
        : variables.find(type);
  }

  /**
   * What has to stand before {@code super(…)} in a class that extends this one.
   *
   * @param place where that class stands
   */
  Optional<Code> outerOf(Element superclass, ClassTree at, Part.Place place) {
    Optional<IrLocal> scope = scopeOf(superclass, at);
    if (scope.isPresent() || !facts.isInner(superclass)) {
      return scope.map(local -> Code.of(new Part.Read(local, place)));
    }
    Optional<TypeElement> holder = facts.holder(superclass, at);
    if (holder.filter(facts::isLocal).isPresent()) {
      return holder
          .filter(type -> !facts.staysIn(at, type))
          .map(type -> Code.of(new Part.Read(instance(type), place)));
    }
    return holder.flatMap(
        type ->
            names.object(
                type,
                superclass.getSimpleName().toString(),
                Objects.requireNonNull(at.getExtendsClause()),
                variables.self(),
                place));
  }

  /** The type parameters that code at this tree can name, those of the method first. */
  List<IrTypeParameter> typeParametersAround(Tree tree) {
    List<TypeParameter> all = new ArrayList<>();
    if (facts.seesMethod(tree)) {
      all.addAll(body.method().typeParameters());
    }
    facts.typeParametersAround(tree).forEach(each -> all.add(reader.read(each)));
    return all.stream().map(this::described).toList();
  }

  /** Whether code at this tree, if it stays there, can name a type that only inference has. */
  boolean canNameInferred(Tree tree) {
    return !(variables.root() instanceof ClassTree) && facts.seesMethod(tree);
  }

  /**
   * Type parameters for the types that variables declared before this tree are inferred to have.
   */
  List<IrTypeParameter> inferredBefore(Tree tree) {
    return facts.variablesBefore(tree).stream()
        .flatMap(variable -> types.ofVariable(variable).inferred().stream())
        .distinct()
        .map(type -> new IrTypeParameter(type.name(), type.bounds()))
        .toList();
  }

  private IrTypeParameter described(TypeParameter parameter) {
    return new IrTypeParameter(
        parameter.name(), parameter.bounds().stream().map(types::of).toList());
  }

  /** Where the tree stands, with its text on one line. */
  Span span(Tree tree) {
    int start = body.start(tree);
    if (start < 0) {
      return Span.NONE;
    }
    CharSequence text = body.source().subSequence(start, Math.max(start, body.end(tree)));
    return new Span(body.line(start), shortened(text));
  }

  /** Where the subject of a loop stands, with the text of the loop's header. */
  Span headerSpan(EnhancedForLoopTree loop) {
    int start = body.start(loop);
    int end = body.end(loop.getExpression());
    String header = body.source().subSequence(start, end) + ")";
    return new Span(body.line(body.start(loop.getExpression())), shortened(header));
  }

  /** On one line, of at most 80 characters. Of a long text only the beginning is looked at. */
  private static String shortened(CharSequence text) {
    StringBuilder line = new StringBuilder();
    boolean wasSpace = false;
    for (int i = 0; i < text.length() && line.length() <= 80; i++) {
      boolean isSpace = WHITE_SPACE.indexOf(text.charAt(i)) >= 0;
      if (!(isSpace && wasSpace)) {
        line.append(isSpace ? ' ' : text.charAt(i));
      }
      wasSpace = isSpace;
    }
    return line.length() > 80 ? line.substring(0, 77) + "..." : line.toString();
  }

  /** The same for code that sees these variables. */
  BodyContext with(Variables newVariables) {
    return new BodyContext(
        body, facts, reader, types, names, privates, classes, newVariables, result);
  }

  /** A made-up variable. */
  IrLocal temporary(IrType type) {
    return temporary("t", type);
  }

  /** A made-up variable of this name. */
  IrLocal temporary(String name, IrType type) {
    return new IrLocal(name, type, IrLocal.Origin.TEMPORARY);
  }

  /** Where the name stands in a declaration; -1 if it is not in the source. */
  int positionOfName(VariableTree tree) {
    int start = body.start(tree);
    int end = body.end(tree);
    if (start < 0 || end < 0) {
      return -1;
    }
    int from = Math.max(start, body.end(tree.getModifiers()));
    Tree type = tree.getType();
    if (type != null && isWritten(tree, type)) {
      from = Math.max(from, body.end(elementType(type))); // int[] a[]
    }
    Tree initializer = tree.getInitializer();
    int to = initializer == null || body.start(initializer) < 0 ? end : body.start(initializer);
    return new NamePosition(body.source()).findLast(tree.getName().toString(), from, to);
  }

  private static Tree elementType(Tree type) {
    Tree element = type;
    while (true) {
      if (element instanceof ArrayTypeTree array) {
        element = array.getType();
      } else if (element instanceof AnnotatedTypeTree annotated
          && annotated.getUnderlyingType() instanceof ArrayTypeTree array) {
        element = array;
      } else {
        return element;
      }
    }
  }

  /** Where the name of a type parameter stands. */
  int positionOfName(TypeParameterTree tree) {
    int from = body.start(tree);
    for (Tree annotation : tree.getAnnotations()) {
      from = Math.max(from, body.end(annotation));
    }
    return new NamePosition(body.source()).find(tree.getName().toString(), from, body.end(tree));
  }

  /** Where the class body of a creation starts, at its brace. */
  int bodyStart(NewClassTree tree) {
    int from = body.end(tree.getIdentifier());
    for (ExpressionTree argument : tree.getArguments()) {
      from = Math.max(from, body.end(argument));
    }
    return new NamePosition(body.source()).findBrace(from, body.end(tree));
  }

  /** Where the body of a class starts, at its brace. */
  int bodyStart(ClassTree tree) {
    int from = Math.max(body.start(tree), body.end(tree.getModifiers()));
    List<Tree> header = new ArrayList<>(tree.getTypeParameters());
    header.addAll(tree.getImplementsClause());
    if (tree.getExtendsClause() != null) {
      header.add(tree.getExtendsClause());
    }
    for (Tree part : header) {
      from = Math.max(from, body.end(part));
    }
    return new NamePosition(body.source()).findBrace(from, body.end(tree));
  }

  /** Whether the type of a variable stands in the source, and not {@code var} or nothing. */
  boolean isWritten(VariableTree variable, Tree type) {
    int start = body.start(type);
    int end = body.end(type);
    return start >= 0
        && end > start
        && start >= body.start(variable)
        && !body.source().subSequence(start, end).toString().equals("var")
        && !isName(variable, start, end);
  }

  private boolean isName(VariableTree variable, int start, int end) {
    // javac gives the type of an implicit lambda parameter the place of its name.
    return start == body.start(variable)
        && end == body.end(variable)
        && body.source().subSequence(start, end).toString().equals(variable.getName().toString());
  }

  /** The pattern of {@code x instanceof P}, or the type. */
  Tree patternOf(InstanceOfTree tree) {
    return tree.getPattern() != null ? tree.getPattern() : tree.getType();
  }

  /** The statement that a label names. */
  IrLabel label(JumpTargets targets, CharSequence name) {
    return Optional.ofNullable(targets.named().get(name.toString())).orElseThrow();
  }

  /** A {@code return} to a place outside the code that is cut. */
  List<Part> returnParts(ReturnTree tree, Function<Tree, Code> cut) {
    ExpressionTree value = tree.getExpression();
    if (value == null) {
      return List.of(new Part.Jump(Part.JumpKind.RETURN, Optional.empty(), Optional.empty()));
    }
    if (!new TargetTyping(facts).needsTarget(value)) {
      return List.of(returning(coerced(value, cut.apply(value))));
    }
    IrLocal temporary = temporary(result);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Text("{ "));
    parts.add(new Part.TypeName(result));
    parts.add(new Part.Text(" "));
    parts.add(new Part.Declare(temporary));
    parts.add(new Part.Text(" = "));
    parts.addAll(cut.apply(value).parts());
    parts.add(new Part.Text("; "));
    parts.add(returning(Code.read(temporary)));
    parts.add(new Part.Text(" }"));
    return parts;
  }

  private static Part.Jump returning(Code value) {
    return new Part.Jump(Part.JumpKind.RETURN, Optional.empty(), Optional.of(value));
  }

  /**
   * The value of {@code tree} as a value of exactly the body's result type (JLS 5.2): {@code
   * resume} gives an {@code Object}, so that Java would box it by its own type, and not unbox it.
   */
  Code coerced(ExpressionTree tree, Code code) {
    Optional<IrType.Primitive> wanted = primitive(result);
    IrType type = typeOf(tree);
    Optional<IrType.Primitive> found = primitive(type);
    if (wanted.isEmpty() || found.isEmpty() || result.equals(type) || wanted.get().equals(type)) {
      return code; // found is empty for null, which a boxed result may be
    }
    boolean isBoxed = result.isReference() && wanted.equals(found);
    return isBoxed
        ? code
        : Code.of("(" + wanted.get().keyword() + ") ").then(CodeShape.operand(code));
  }

  /** The type itself, or what it is unboxed to. */
  private Optional<IrType.Primitive> primitive(IrType type) {
    if (type instanceof IrType.Primitive primitive) {
      return type.equals(CommonTypes.VOID) ? Optional.empty() : Optional.of(primitive);
    }
    return Boxed.unboxed(type);
  }

  /** A coroutine lambda as a part of the code around it. */
  Part coroutineLambda(LambdaExpressionTree lambda, Part.Place place) {
    return new LambdaLowering(this).lower(lambda, facts.asyncOf(lambda), place);
  }

  /**
   * The source from {@code from} to {@code to}, with the indentation of the line of {@code origin}
   * taken off, for code that goes through as it is.
   */
  String dedented(int from, int to, int origin) {
    facts.leftovers().copied(from, to);
    String text = body.source().subSequence(from, to).toString().replace("\r\n", "\n");
    if (text.indexOf('\n') < 0) {
      return text;
    }
    int lineStart = origin;
    while (lineStart > 0 && body.source().charAt(lineStart - 1) != '\n') {
      lineStart--;
    }
    int indent = 0;
    while (Character.isWhitespace(body.source().charAt(lineStart + indent))) {
      indent++;
    }
    StringBuilder dedented = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      int start = dedented.isEmpty() ? 0 : spaces(line, indent);
      dedented.append(line, start, line.length()).append('\n');
    }
    return dedented.substring(0, dedented.length() - 1);
  }

  /** How many of the first characters, at most {@code most}, are white space. */
  private static int spaces(String line, int most) {
    int count = 0;
    while (count < Math.min(most, line.length()) && " \t".indexOf(line.charAt(count)) >= 0) {
      count++;
    }
    return count;
  }
}
