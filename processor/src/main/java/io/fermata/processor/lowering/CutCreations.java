package io.fermata.processor.lowering;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/** Objects that code creates, and the classes that it declares. */
final class CutCreations {

  private final Cut cut;
  private final BodyContext context;

  CutCreations(Cut cut) {
    this.cut = cut;
    this.context = cut.context;
  }

  /** Writes a reference to a constructor whose objects need one around them; false for others. */
  boolean reference(MemberReferenceTree tree) {
    Element element = context.facts().element(tree);
    if (element != null && !context.facts().isSuper(tree.getQualifierExpression())) {
      context.names().check(element, tree);
    }
    new PrivateTypes(context).checkFunction(tree);
    if (element instanceof ExecutableElement constructor
        && constructor.getKind() == ElementKind.CONSTRUCTOR) {
      Optional<Code> outer = outerOf(typeOf(constructor), tree);
      if (outer.isPresent()) {
        cut.replace(tree, creating(tree, constructor, outer.get()).parts());
        return true;
      }
    }
    return false;
  }

  void creation(NewClassTree tree) {
    Element constructor = context.facts().element(tree);
    if (tree.getClassBody() != null
        && context.facts().mustMove(context.facts().requireElement(tree.getClassBody()))) {
      moveAnonymous(tree);
      return;
    }
    if (cut.privates.creation(tree)) {
      return;
    }
    if (tree.getClassBody() != null) {
      new SupertypeChecks(context).checkConstructor(tree);
    } else if (constructor != null) {
      context.names().check(constructor, tree);
    }
    if (tree.getEnclosingExpression() != null) {
      cut.scan(tree.getEnclosingExpression());
      if (constructor != null) {
        context.names().check(created(constructor, tree), tree.getIdentifier());
      }
      scanTypeArguments(tree.getIdentifier());
    } else if (constructor != null && qualifyCreation(created(constructor, tree), tree)) {
      scanTypeArguments(tree.getIdentifier());
    } else {
      cut.scan(tree.getIdentifier());
    }
    cut.scan(tree.getTypeArguments());
    cut.scan(tree.getArguments());
    cut.scan(tree.getClassBody());
  }

  /** Writes the object that a new one of this class needs around it; false if it needs none. */
  private boolean qualifyCreation(Element type, NewClassTree tree) {
    Optional<IrLocal> scope = context.scopeOf(type, tree);
    if (scope.isPresent()) {
      cut.edits.before(
          context.body().start(tree), List.of(cut.reading(scope.get()), new Part.Text(".")));
      return true;
    }
    if (context.facts().isInner(type)) {
      cut.names.qualify(type, tree);
      return true;
    }
    return false;
  }

  /** {@code new T(a) { … }} becomes {@code new NameScope(b).new Name(a)}. */
  private void moveAnonymous(NewClassTree tree) {
    List<ExpressionTree> arguments = LocalClassLowering.argumentsWithOuter(tree);
    List<Part> next =
        new LocalClassLowering(context).lowerInCode(tree, this::readingForMoved).parts();
    int at = context.body().start(tree);
    for (ExpressionTree argument : arguments) {
      int start = context.body().start(argument);
      if (start == at) { // outer.new T() { … }
        cut.edits.before(at, next);
      } else {
        cut.edits.replace(at, start, next);
      }
      cut.scan(argument);
      next = List.of(new Part.Text(", "));
      at = context.body().end(argument);
    }
    List<Part> end = new ArrayList<>(arguments.isEmpty() ? next : List.of());
    end.add(new Part.Text(")"));
    end.addAll(cut.linesOf(at, context.body().end(tree)).parts());
    cut.edits.replace(at, context.body().end(tree), end);
  }

  /** A parameter of a lambda is not known to be of the type that only inference has. */
  private Code readingForMoved(IrLocal local) {
    Code code = Code.of(cut.reading(cut.current(local)));
    return cut.depths.containsKey(local) && local.type().isInferred()
        ? CutValues.cast(local.type()).then("(Object) ").then(code)
        : code;
  }

  /** What stands before {@code .new} where a method reference creates such an object. */
  private Optional<Code> outerOf(Element type, Tree tree) {
    Optional<IrLocal> scope = context.scopeOf(type, tree);
    if (scope.isPresent()) {
      Part.Place place =
          cut.depths.containsKey(scope.get()) ? cut.placeOf(scope.get()) : Part.Place.CAPTURE;
      return Optional.of(Code.of(new Part.Read(scope.get(), place), new Part.Text(".")));
    }
    return context.facts().isInner(type)
        ? cut.names.qualifier(type, tree, Part.Place.CAPTURE)
        : Optional.empty();
  }

  /** {@code Counter::new} becomes {@code a$1 -> scope.new Counter(a$1)}. */
  private Code creating(MemberReferenceTree tree, ExecutableElement constructor, Code outer) {
    String arguments = parametersOf(tree, constructor);
    boolean isGeneric = !((TypeElement) typeOf(constructor)).getTypeParameters().isEmpty();
    String name = typeOf(constructor).getSimpleName() + (isGeneric ? "<>" : "");
    return Code.of("(" + arguments + ") -> ")
        .then(outer)
        .then("new " + name + "(" + arguments + ")");
  }

  /** Names for the parameters of a lambda that stands for a method reference. */
  String parametersOf(MemberReferenceTree tree, ExecutableElement method) {
    int arity =
        context.facts().type(tree) instanceof DeclaredType type
                && type.getKind() == TypeKind.DECLARED
            ? context.facts().function((TypeElement) type.asElement()).getParameters().size()
            : method.getParameters().size();
    return IntStream.rangeClosed(1, arity)
        .mapToObj(i -> "a$" + i)
        .collect(Collectors.joining(", "));
  }

  /** The class that is named where an object is created. */
  private Element created(Element constructor, NewClassTree tree) {
    return tree.getClassBody() != null
            && context.facts().requireElement(tree.getClassBody()) instanceof TypeElement type
            && type.getSuperclass() instanceof DeclaredType superclass
        ? superclass.asElement()
        : typeOf(constructor);
  }

  static Element typeOf(Element constructor) {
    return Objects.requireNonNull(constructor.getEnclosingElement());
  }

  /** After {@code outer.new} stands a simple name, which means a member of the outer's class. */
  private void scanTypeArguments(Tree identifier) {
    if (identifier instanceof ParameterizedTypeTree type) {
      cut.scan(type.getTypeArguments());
    }
  }

  /** Puts the class elsewhere, and what stands for it here. */
  void moveNamed(ClassTree tree) {
    Code code =
        new LocalClassLowering(context)
            .lowerInCode(tree, this::readingForMoved, scope -> cut.depths.put(scope, cut.depth()));
    int start = context.body().start(tree);
    int end = context.body().end(tree);
    while (code.parts().isEmpty() && end < cut.to && cut.isSpace(end)) {
      end++;
    }
    cut.edits.replace(start, end, code.then(cut.linesOf(start, end)).parts());
  }
}
