package io.fermata.processor.lowering;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the text of a tree out of the user's source and makes holes where a name means something
 * else in the generated class.
 *
 * <pre>
 * total += prices.get(i);        [Write total] += [Read self].prices.get([Read i]);
 * List&lt;Entry&gt; l = of(null);      [TypeName List]&lt;[TypeName Map.Entry]&gt; l = [TypeName List].of(null);
 * if (n == 0) return;            if ([Read n] == 0) [Jump return]
 * </pre>
 *
 * <p>Guarantees: variables of the body, {@code this}, type names, unqualified members and jumps
 * that leave the tree are parts of their own; everything else is the user's text. Does not look for
 * resume points: operands that have one are handed in.
 */
final class CodeCutter {

  private final BodyContext context;
  private final TypeUses typeUses;
  private final JumpTargets targets;
  private final InferredTargets inferred;
  private final IdentityHashMap<Tree, IrExpr> operands = new IdentityHashMap<>();
  private final Set<Tree> expected = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<IrLocal, IrLocal> renamed = new IdentityHashMap<>();
  private final Set<IrLocal> exposed = new LinkedHashSet<>();

  CodeCutter(BodyContext context, JumpTargets targets) {
    this.context = context;
    this.typeUses = new TypeUses(context);
    this.targets = targets;
    this.inferred = new InferredTargets(context);
  }

  /** Puts {@code expr} where {@code tree} stands in what is cut. */
  CodeCutter with(Tree tree, IrExpr expr) {
    operands.put(tree, expr);
    return this;
  }

  /** Has what stands for {@code tree} be of the type that is expected there, which has no name. */
  CodeCutter asExpected(Tree tree) {
    expected.add(tree);
    return this;
  }

  /** The value as one of the type that is expected where it stands. */
  static Code asExpected(Code value) {
    return Code.of("asExpected(").then(value).then(")");
  }

  /** Uses {@code replacement} for {@code local} in what is cut. */
  CodeCutter renaming(IrLocal local, IrLocal replacement) {
    renamed.put(local, replacement);
    return this;
  }

  /** The code of a whole tree. */
  Code cut(Tree tree) {
    return cut(List.of(tree), context.body().start(tree), context.body().end(tree));
  }

  /** The code from {@code start} to {@code end}, in which these trees stand. */
  Code cut(List<? extends Tree> trees, int start, int end) {
    Cut cut = new Cut(start, end);
    cut.scan(trees, null);
    return cut.code();
  }

  /** Pattern variables of what was cut that code behind it uses; they are assigned in it. */
  Set<IrLocal> exposed() {
    return exposed;
  }

  /** One cut: collects the edits, then splices. */
  private final class Cut extends JumpScanner {

    private final int from;
    private final int to;
    private final Edits edits = new Edits();
    private final IdentityHashMap<IrLocal, Integer> depths = new IdentityHashMap<>();
    private int classes;

    /** How many guards the scan is in. */
    private int guards;

    /** What the lambda in hand gives, if that has to be cast. */
    private IrType result = CommonTypes.VOID;

    Cut(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
      if (tree == null || SuperCalls.isMadeUp(tree, context)) {
        return null;
      }
      IrExpr operand = operands.get(tree);
      if (operand != null) {
        replace(tree, operandCode(tree, operand).parts());
        return null;
      }
      boolean isGuard = context.facts().isGuard(tree);
      guards += isGuard ? 1 : 0;
      super.scan(tree, null);
      guards -= isGuard ? 1 : 0;
      return null;
    }

    /** An await goes before the code in which it stands. */
    private Code operandCode(Tree tree, IrExpr operand) {
      Code value = Code.of(new Part.Operand(operand));
      Code code = expected.contains(tree) ? asExpected(value) : value;
      return operand instanceof IrExpr.Await ? code.then(linesOf(tree)) : code;
    }

    // ---- names

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
      String name = tree.getName().toString();
      Element element = context.facts().element(tree);
      if (element == null || context.body().start(tree) < 0) {
        return null;
      }
      if (name.equals("this")) {
        self(element, tree);
      } else if (name.equals("super")) {
        reportSuper(element, tree);
      } else {
        name(element, tree, tree);
      }
      return null;
    }

    private void self(Element element, Tree tree) {
      TypeElement type = typeAround(element);
      if (!context.facts().staysIn(tree, type)) {
        objectOf(type, "this", tree).ifPresent(object -> replace(tree, object.parts()));
      }
    }

    /** The object that {@code this} or {@code super} of this class means where it has no name. */
    private Optional<Code> objectOf(TypeElement type, String member, Tree tree) {
      return context.facts().isLocal(type)
          ? object(type, member, tree).map(Code::of)
          : context
              .names()
              .object(type, context.body().text(tree), tree, context.variables().self(), place());
    }

    private static TypeElement typeAround(Element member) {
      return (TypeElement) Objects.requireNonNull(member.getEnclosingElement());
    }

    /** The object of a class around; a fault if that class can't be named. */
    private Optional<Part> object(TypeElement type, String member, Tree at) {
      if (context.facts().isEnumConstant(type)) {
        context.names().reportEnumConstant(member, at);
        return Optional.empty();
      }
      return Optional.of(reading(context.instance(type)));
    }

    private Part.Read reading(IrLocal local) {
      return new Part.Read(local, placeOf(local));
    }

    private void reportSuper(Element element, Tree tree) {
      Element type = element.getEnclosingElement();
      Tree parent = context.facts().parent(tree);
      boolean isConstructorCall = parent instanceof MethodInvocationTree;
      if (!isConstructorCall && (type == null || !context.facts().staysIn(tree, type))) {
        context.names().reportOwnClassOnly(context.body().text(parent), parent);
      }
    }

    /** A simple name at {@code tree}; {@code at} is what a fault is reported on. */
    private void name(Element element, IdentifierTree tree, Tree at) {
      if (element instanceof TypeParameterElement parameter) {
        replace(tree, List.of(new Part.Text(context.nameOf(parameter))));
      } else if (element instanceof TypeElement type) {
        type(type, tree);
      } else if (element.getKind().isField()) {
        field(element, tree, at);
      } else if (element.getKind() == ElementKind.METHOD) {
        context.names().check(element, at);
        qualify(element, tree);
      } else {
        variable(element, tree);
      }
    }

    @Override
    public @Nullable Void visitTypeParameter(TypeParameterTree tree, @Nullable Void unused) {
      String name = tree.getName().toString();
      String newName = context.nameOf((TypeParameterElement) context.facts().requireElement(tree));
      if (!newName.equals(name)) {
        int start = context.positionOfName(tree);
        edits.replace(start, start + name.length(), List.of(new Part.Text(newName)));
      }
      return super.visitTypeParameter(tree, null);
    }

    /** The names of an annotation's elements are no names of the code (JLS 9.7.1). */
    @Override
    public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void unused) {
      scan(tree.getAnnotationType(), null);
      for (ExpressionTree argument : tree.getArguments()) {
        scan(
            argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument,
            null);
      }
      return null;
    }

    private void type(TypeElement type, Tree tree) {
      context.names().check(type, tree);
      typeUses
          .nameOf(type, tree)
          .ifPresent(name -> replace(tree, List.of(new Part.TypeName(name))));
    }

    @Override
    public @Nullable Void visitAnnotatedType(AnnotatedTypeTree tree, @Nullable Void unused) {
      Tree name = tree.getUnderlyingType();
      if (!annotate(name, tree.getAnnotations())) {
        return super.visitAnnotatedType(tree, null);
      }
      return null;
    }

    /** Annotations that stand before a type whose name becomes a qualified one go into it. */
    private boolean annotate(Tree tree, List<? extends AnnotationTree> annotations) {
      Optional<IrType.Declared> name =
          context.facts().element(tree) instanceof TypeElement type
              ? typeUses.nameOf(type, tree).filter(TypeUses::isQualified)
              : Optional.empty();
      if (name.isEmpty()) {
        return false;
      }
      Code all = new Code(List.of());
      for (AnnotationTree annotation : annotations) {
        all = all.then(all.parts().isEmpty() ? "" : " ").then(nested(annotation));
        int start = context.body().start(annotation);
        int end = context.body().end(annotation);
        while (isSpace(end)) {
          end++;
        }
        edits.replace(start, end, linesOf(start, end).parts());
      }
      replace(tree, typeUses.parts(name.get(), all));
      return true;
    }

    /** Moves the annotations of a type that stand in the modifiers before it. */
    private void annotateType(Tree type, ModifiersTree modifiers) {
      IdentifierTree name = TypeUses.annotated(type);
      List<? extends AnnotationTree> annotations = typeUses.ofTypeOnly(modifiers);
      if (name != null && !annotations.isEmpty()) {
        annotate(name, annotations);
      }
    }

    private void field(Element element, IdentifierTree tree, Tree at) {
      if (isCaseLabel(tree) && element.getKind() == ElementKind.ENUM_CONSTANT) {
        new PrivateTypes(context).checkNamed(element.asType(), tree);
        return;
      }
      Optional<String> constant = context.names().inlined(element);
      if (constant.isPresent()) {
        replace(tree, List.of(new Part.Text(constant.get())));
        return;
      }
      if (context.names().isReadThroughAccessor(element)) {
        edits.after(context.body().end(tree), List.of(new Part.Text("()")));
      } else {
        context.names().check(element, at);
      }
      qualify(element, tree);
    }

    private void qualify(Element member, Tree tree) {
      qualifier(member, tree, place())
          .ifPresent(code -> edits.before(context.body().start(tree), code.parts()));
    }

    private Optional<Code> qualifier(Element member, Tree tree, Part.Place place) {
      Optional<TypeElement> holder = context.facts().holder(member, tree);
      return holder.filter(context.facts()::isLocal).isPresent()
          ? localQualifier(member, holder.get(), tree)
          : context.names().qualifier(member, tree, context.variables().self(), place);
    }

    /** What stands before a member of a class of the body; nothing in that class itself. */
    private Optional<Code> localQualifier(Element member, TypeElement holder, Tree tree) {
      if (context.facts().staysIn(tree, holder)) {
        return Optional.empty();
      }
      Optional<Part> qualifier =
          member.getModifiers().contains(Modifier.STATIC)
              ? Optional.of(context.names().typeName(nameable(member, holder)))
              : object(holder, member.getSimpleName().toString(), tree);
      return qualifier.map(part -> Code.of(part, new Part.Text(".")));
    }

    /** A class by whose name a static member of {@code holder} can be reached. */
    private TypeElement nameable(Element member, TypeElement holder) {
      return context.facts().isEnumConstant(holder)
              && member.getEnclosingElement() instanceof TypeElement declarer
          ? declarer
          : holder;
    }

    private void variable(Element element, IdentifierTree tree) {
      if (context.isSink(element)) {
        // Only its calls mean anything; what else is done with it is a fault reported elsewhere.
        replace(
            tree,
            List.of(
                new Part.Text("(("),
                new Part.TypeName(context.describe(element.asType())),
                new Part.Text(") null)")));
        return;
      }
      Optional<IrLocal> found = context.variables().find(element).map(this::current);
      if (found.isEmpty()) {
        return;
      }
      IrLocal local = found.get();
      boolean isConstant =
          element instanceof VariableElement variable && variable.getConstantValue() != null;
      replace(
          tree,
          isConstant && !depths.containsKey(local)
              ? List.of(new Part.Text(ConstantText.of(constant(element))))
              : List.of(reading(local)));
    }

    /** The value of a constant variable (JLS 4.12.4), which the hoisted one no longer is. */
    private Object constant(Element variable) {
      return Objects.requireNonNull(((VariableElement) variable).getConstantValue());
    }

    private IrLocal current(IrLocal local) {
      return renamed.getOrDefault(local, local);
    }

    private boolean isCaseLabel(Tree tree) {
      Tree parent = context.facts().parent(tree);
      return parent instanceof CaseTree || parent.getKind().name().equals("CONSTANT_CASE_LABEL");
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
      Element element = context.facts().element(tree);
      String name = tree.getIdentifier().toString();
      if (element == null || name.equals("class") || (name.equals("length") && isArray(tree))) {
        return scan(tree.getExpression(), null);
      }
      if (name.equals("this")) {
        self(element, tree);
        return null;
      }
      if (name.equals("super") && !context.facts().isType(tree.getExpression())) {
        return scan(tree.getExpression(), null); // outer.super(…)
      }
      if (name.equals("super")) {
        reportSuper(element, tree);
        return null;
      }
      if (element.getKind() == ElementKind.PACKAGE) {
        return null;
      }
      if (element instanceof TypeElement type) {
        if (isParameterized(tree.getExpression())) { // Outer<T>.Inner
          context.names().check(type, tree);
          return scan(tree.getExpression(), null);
        }
        type(type, tree);
        return null;
      }
      return member(element, tree);
    }

    private static boolean isParameterized(Tree type) {
      if (type instanceof AnnotatedTypeTree annotated) {
        return isParameterized(annotated.getUnderlyingType());
      }
      return type instanceof ParameterizedTypeTree
          || (type instanceof MemberSelectTree select && isParameterized(select.getExpression()));
    }

    /** {@code super.count} becomes {@code ((Base) self).count}. */
    private void superField(Element field, MemberSelectTree tree) {
      ExpressionTree name = tree.getExpression();
      TypeElement type = typeAround(context.facts().requireElement(name));
      if (context.facts().staysIn(tree, type)) {
        return;
      }
      context.names().check(field, tree);
      if (type.getSuperclass() instanceof DeclaredType superclass) {
        context.names().check(superclass.asElement(), tree);
        Part cast = new Part.TypeName(context.describe(superclass));
        objectOf(type, field.getSimpleName().toString(), name)
            .map(object -> Code.of(new Part.Text("(("), cast, new Part.Text(") ")).then(object))
            .ifPresent(object -> replace(name, object.then(")").parts()));
      }
    }

    private @Nullable Void member(Element element, MemberSelectTree tree) {
      Optional<String> constant = context.names().inlined(element);
      if (constant.isPresent()) {
        replace(tree, List.of(new Part.Text(constant.get())));
        return null;
      }
      if (isSuper(tree.getExpression()) && element.getKind().isField()) {
        superField(element, tree);
        return null;
      }
      if (context.names().isReadThroughAccessor(element)) {
        edits.after(context.body().end(tree), List.of(new Part.Text("()")));
      } else if (!isSuper(tree.getExpression())) {
        context.names().check(element, tree);
      }
      scan(tree.getExpression(), null);
      checkReceiver(tree.getExpression());
      return null;
    }

    /** Of an object whose class can't be named no member can be used. */
    private void checkReceiver(ExpressionTree tree) {
      if (!operands.containsKey(tree) && !context.facts().isType(tree) && !isSuper(tree)) {
        new PrivateTypes(context).checkReceiver(tree);
      }
    }

    private boolean isSuper(ExpressionTree tree) {
      return context.facts().isSuper(tree);
    }

    private boolean isArray(MemberSelectTree tree) {
      return context.facts().type(tree.getExpression()).getKind() == TypeKind.ARRAY;
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
      Element element = context.facts().element(tree);
      if (element != null && !isSuper(tree.getQualifierExpression())) {
        context.names().check(element, tree);
      }
      new PrivateTypes(context).checkFunction(tree);
      if (element instanceof ExecutableElement constructor
          && constructor.getKind() == ElementKind.CONSTRUCTOR) {
        Optional<Code> outer = outerOf(typeOf(constructor), tree);
        if (outer.isPresent()) {
          replace(tree, creating(tree, constructor, outer.get()).parts());
          return null;
        }
      }
      return super.visitMemberReference(tree, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
      Element constructor = context.facts().element(tree);
      if (tree.getClassBody() != null
          && context.facts().mustMove(context.facts().requireElement(tree.getClassBody()))) {
        moveAnonymous(tree);
        return null;
      }
      if (tree.getClassBody() != null) {
        new SupertypeChecks(context).checkConstructor(tree);
      } else if (constructor != null) {
        context.names().check(constructor, tree);
      }
      if (tree.getEnclosingExpression() != null) {
        scan(tree.getEnclosingExpression(), null);
        if (constructor != null) {
          context.names().check(created(constructor, tree), tree.getIdentifier());
        }
        scanTypeArguments(tree.getIdentifier());
      } else if (constructor != null && qualifyCreation(created(constructor, tree), tree)) {
        scanTypeArguments(tree.getIdentifier());
      } else {
        scan(tree.getIdentifier(), null);
      }
      scan(tree.getTypeArguments(), null);
      scan(tree.getArguments(), null);
      return scan(tree.getClassBody(), null);
    }

    /** Writes the object that a new one of this class needs around it; false if it needs none. */
    private boolean qualifyCreation(Element type, NewClassTree tree) {
      Optional<IrLocal> scope = context.scopeOf(type, tree);
      if (scope.isPresent()) {
        edits.before(context.body().start(tree), List.of(reading(scope.get()), new Part.Text(".")));
        return true;
      }
      if (context.facts().isInner(type)) {
        qualify(type, tree);
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
          edits.before(at, next);
        } else {
          edits.replace(at, start, next);
        }
        scan(argument, null);
        next = List.of(new Part.Text(", "));
        at = context.body().end(argument);
      }
      List<Part> end = new ArrayList<>(arguments.isEmpty() ? next : List.of());
      end.add(new Part.Text(")"));
      end.addAll(linesOf(at, context.body().end(tree)).parts());
      edits.replace(at, context.body().end(tree), end);
    }

    private Code linesOf(Tree tree) {
      return linesOf(context.body().start(tree), context.body().end(tree));
    }

    /** Stands for the lines of code that has gone elsewhere. */
    private Code linesOf(int start, int end) {
      int lines = context.body().line(end) - context.body().line(start);
      return lines == 0 ? new Code(List.of()) : Code.of(new Part.Lines(lines));
    }

    /** A parameter of a lambda is not known to be of the type that only inference has. */
    private Code readingForMoved(IrLocal local) {
      Code code = Code.of(reading(current(local)));
      return depths.containsKey(local) && local.type().isInferred()
          ? cast(local.type()).then("(Object) ").then(code)
          : code;
    }

    /** What stands before {@code .new} where a method reference creates such an object. */
    private Optional<Code> outerOf(Element type, Tree tree) {
      Optional<IrLocal> scope = context.scopeOf(type, tree);
      if (scope.isPresent()) {
        Part.Place place =
            depths.containsKey(scope.get()) ? placeOf(scope.get()) : Part.Place.CAPTURE;
        return Optional.of(Code.of(new Part.Read(scope.get(), place), new Part.Text(".")));
      }
      return context.facts().isInner(type)
          ? qualifier(type, tree, Part.Place.CAPTURE)
          : Optional.empty();
    }

    /** {@code Counter::new} becomes {@code a$1 -> scope.new Counter(a$1)}. */
    private Code creating(MemberReferenceTree tree, ExecutableElement constructor, Code outer) {
      int arity =
          context.facts().type(tree) instanceof DeclaredType type
                  && type.getKind() == TypeKind.DECLARED
              ? context.facts().function((TypeElement) type.asElement()).getParameters().size()
              : constructor.getParameters().size();
      String arguments =
          IntStream.rangeClosed(1, arity).mapToObj(i -> "a$" + i).collect(Collectors.joining(", "));
      boolean isGeneric = !((TypeElement) typeOf(constructor)).getTypeParameters().isEmpty();
      String name = typeOf(constructor).getSimpleName() + (isGeneric ? "<>" : "");
      return Code.of("(" + arguments + ") -> ")
          .then(outer)
          .then("new " + name + "(" + arguments + ")");
    }

    /** The class that is named where an object is created. */
    private Element created(Element constructor, NewClassTree tree) {
      return tree.getClassBody() != null
              && context.facts().requireElement(tree.getClassBody()) instanceof TypeElement type
              && type.getSuperclass() instanceof DeclaredType superclass
          ? superclass.asElement()
          : typeOf(constructor);
    }

    private Element typeOf(Element constructor) {
      return Objects.requireNonNull(constructor.getEnclosingElement());
    }

    /** After {@code outer.new} stands a simple name, which means a member of the outer's class. */
    private void scanTypeArguments(Tree identifier) {
      if (identifier instanceof ParameterizedTypeTree type) {
        scan(type.getTypeArguments(), null);
      }
    }

    // ---- variables

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
      declaration(tree);
      return scan(tree.getInitializer(), null);
    }

    private void declaration(VariableTree tree) {
      Element element = context.facts().element(tree);
      Optional<IrLocal> local =
          element == null ? Optional.empty() : context.variables().find(element).map(this::current);
      if (local.isPresent() && !tree.getName().isEmpty()) {
        depths.put(local.get(), depth());
        int at = context.positionOfName(tree);
        if (at >= 0) {
          int end = at + tree.getName().length();
          edits.replace(at, end, List.of(new Part.Declare(local.get())));
        }
      }
      Tree type = tree.getType();
      if (type != null && context.isWritten(tree, type)) {
        annotateType(type, tree.getModifiers());
        scan(type, null);
      } else if (element != null && tree.getInitializer() == null) {
        new PrivateTypes(context).checkNamed(element.asType(), tree);
      }
      scan(tree.getModifiers(), null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
      if (tree.getReturnType() != null) {
        annotateType(tree.getReturnType(), tree.getModifiers());
      }
      return super.visitMethod(tree, null);
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
      target(tree.getVariable(), Part.Mode.SET);
      if (inferred.isNameless(tree)) {
        expect(tree.getExpression());
      }
      scanAs(targetType(tree.getVariable()), tree.getExpression());
      return null;
    }

    /** The type that what is assigned there has to be cast to. */
    private Optional<IrType> targetType(ExpressionTree target) {
      boolean isDeclaredHere =
          context.variableOf(target).map(this::current).filter(depths::containsKey).isPresent();
      return isDeclaredHere ? Optional.empty() : inferred.target(target);
    }

    /** Cuts a value that javac can't know to be of this type. */
    private void scanAs(Optional<IrType> type, ExpressionTree value) {
      if (type.isEmpty()) {
        scan(value, null);
        return;
      }
      // What is cut is put between the two, whatever it is: a cast through Object always fits.
      Code cast = cast(type.get()).then("(Object) ");
      if (ExpressionLowering.bare(value) instanceof MemberReferenceTree) {
        cast = cast.then(cast(type.get().withBounds()));
      }
      edits.before(context.body().start(value), cast.then("(").parts());
      scan(value, null);
      edits.after(context.body().end(value), List.of(new Part.Text(")")));
    }

    private static Code cast(IrType type) {
      return Code.of(new Part.Text("("), new Part.TypeName(type), new Part.Text(") "));
    }

    @Override
    public @Nullable Void visitCompoundAssignment(
        CompoundAssignmentTree tree, @Nullable Void unused) {
      target(tree.getVariable(), Part.Mode.UPDATE);
      return scan(tree.getExpression(), null);
    }

    @Override
    public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void unused) {
      if (!ExpressionLowering.isIncrement(tree)) {
        return super.visitUnary(tree, null);
      }
      target(tree.getExpression(), Part.Mode.UPDATE);
      return null;
    }

    private void target(ExpressionTree tree, Part.Mode mode) {
      ExpressionTree bare = tree;
      while (bare instanceof ParenthesizedTree parenthesized) {
        bare = parenthesized.getExpression();
      }
      Optional<IrLocal> local = context.variableOf(bare).map(this::current);
      if (local.isPresent() && !operands.containsKey(bare)) {
        replace(bare, List.of(new Part.Write(local.get(), mode)));
      } else {
        scan(tree, null);
      }
    }

    @Override
    public @Nullable Void visitInstanceOf(InstanceOfTree tree, @Nullable Void unused) {
      if (depth() > 0) {
        return super.visitInstanceOf(tree, null);
      }
      List<IrLocal> leaving = new ArrayList<>();
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void ignored) {
          Element element = context.facts().element(variable);
          if (element != null && context.facts().isUsedBehind(element, to)) {
            context.variables().find(element).ifPresent(leaving::add);
          }
          return null;
        }
      }.scan(context.patternOf(tree), null);
      if (leaving.isEmpty()) {
        return super.visitInstanceOf(tree, null);
      }
      return expose(tree, leaving);
    }

    /** {@code x instanceof P p} becomes {@code (x instanceof P p$1 && bound(p = p$1))}. */
    private @Nullable Void expose(InstanceOfTree tree, List<IrLocal> leaving) {
      edits.before(context.body().start(tree), List.of(new Part.Text("(")));
      List<Part> suffix = new ArrayList<>();
      for (IrLocal local : leaving) {
        IrLocal binding = new IrLocal(local.name(), local.type(), IrLocal.Origin.DECLARED);
        renamed.put(local, binding);
        suffix.add(new Part.Text(" && bound("));
        suffix.add(new Part.Write(local, Part.Mode.SET));
        suffix.add(new Part.Text(" = "));
        suffix.add(new Part.Read(binding, Part.Place.BODY));
        suffix.add(new Part.Text(")"));
        exposed.add(local);
      }
      suffix.add(new Part.Text(")"));
      super.visitInstanceOf(tree, null);
      leaving.forEach(renamed::remove);
      edits.after(context.body().end(tree), suffix);
      return null;
    }

    /** A variable that is a resource must be effectively final: here a copy of it is. */
    @Override
    public @Nullable Void visitTry(TryTree tree, @Nullable Void unused) {
      for (Tree resource : tree.getResources()) {
        Optional<IrLocal> local = context.variableOf(resource).map(this::current);
        if (local.filter(each -> !depths.containsKey(each)).isPresent()) {
          replace(resource, List.of(new Part.Read(local.get(), Part.Place.CAPTURE)));
        }
      }
      return super.visitTry(tree, null);
    }

    /** What a guard reads must be effectively final, as what a lambda captures (JLS 14.11.1). */
    private Part.Place place() {
      return depth() == 0 && guards == 0 ? Part.Place.BODY : Part.Place.CAPTURE;
    }

    private Part.Place placeOf(IrLocal local) {
      return depths.getOrDefault(local, 0) > 0 ? Part.Place.BODY : place();
    }

    // ---- nested code

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
      if (!context.facts().isAsync(tree)) {
        scan(tree.getTypeArguments(), null);
        scan(tree.getMethodSelect(), null);
        boolean isInferred = inferred.isReceiver(tree);
        for (int i = 0; i < tree.getArguments().size(); i++) {
          Optional<IrType> parameter = isInferred ? inferred.parameter(tree, i) : Optional.empty();
          ExpressionTree argument = tree.getArguments().get(i);
          if (isCapturedCoroutine(argument)
              || (inferred.isNameless(tree, i) && !operands.containsKey(argument))) {
            expect(argument);
          }
          if (context
              .variableOf(argument)
              .filter(local -> !depths.containsKey(local))
              .isPresent()) {
            new PrivateTypes(context).checkArgument(tree, i);
          }
          scanAs(parameter, argument);
        }
        return null;
      }
      // What is left is the argument, which creates the coroutine itself.
      ExpressionTree argument = tree.getArguments().get(0);
      boolean isLambda = ExpressionLowering.coroutine(argument) instanceof LambdaExpressionTree;
      replaceAround(tree, argument, isLambda ? "" : "(", isLambda ? "" : ")");
      return scan(argument, null);
    }

    /** The class of a coroutine lambda can't say that it gives a captured wildcard. */
    private boolean isCapturedCoroutine(ExpressionTree value) {
      return ExpressionLowering.bare(value) instanceof MethodInvocationTree call
          && context.facts().isAsync(call)
          && CapturedArguments.mentionsCaptured(context.facts().type(value));
    }

    private void expect(ExpressionTree value) {
      edits.before(context.body().start(value), List.of(new Part.Text("asExpected(")));
      edits.after(context.body().end(value), List.of(new Part.Text(")")));
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
      if (!context.facts().isCoroutineLambda(tree)) {
        lambda(tree);
        return null;
      }
      Code creation = Code.of(context.coroutineLambda(tree, place()));
      replace(tree, creation.then(linesOf(tree)).parts());
      return null;
    }

    private void lambda(LambdaExpressionTree tree) {
      new PrivateTypes(context).checkFunction(tree);
      IrType around = result;
      result = inferred.result(tree);
      enter();
      scan(tree.getParameters(), null);
      if (tree.getBody() instanceof ExpressionTree value) {
        scanAs(Optional.of(result).filter(IrType::isInferred), value);
      } else {
        scan(tree.getBody(), null);
      }
      leave();
      result = around;
    }

    @Override
    public @Nullable Void visitTypeCast(TypeCastTree tree, @Nullable Void unused) {
      if (context.facts().asyncAround(tree).isEmpty()) {
        return super.visitTypeCast(tree, null);
      }
      // A coroutine is not of the lambda's type.
      replaceAround(tree, tree.getExpression(), "", "");
      return scan(tree.getExpression(), null);
    }

    private void replaceAround(Tree tree, Tree inner, String open, String close) {
      int start = context.body().start(tree);
      int innerStart = context.body().start(inner);
      int innerEnd = context.body().end(inner);
      int end = context.body().end(tree);
      edits.replace(start, innerStart, Code.of(open).then(linesOf(start, innerStart)).parts());
      edits.replace(innerEnd, end, Code.of(close).then(linesOf(innerEnd, end)).parts());
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      if (context.variables().root() != tree
          && !tree.getSimpleName().isEmpty()
          && context.facts().mustMove(context.facts().requireElement(tree))) {
        moveNamed(tree);
        return null;
      }
      IrType around = result;
      result = CommonTypes.VOID;
      enter();
      classes++;
      new SuperCalls(context, edits).qualify(tree, place());
      scan(tree.getModifiers(), null);
      scan(tree.getTypeParameters(), null);
      if (!tree.getSimpleName().isEmpty()) {
        // javac gives an anonymous class the name that stands in its creation.
        scan(tree.getExtendsClause(), null);
        scan(tree.getImplementsClause(), null);
      }
      for (Tree member : tree.getMembers()) {
        if (context.body().end(member) >= 0) {
          scan(member, null);
        }
      }
      classes--;
      leave();
      result = around;
      return null;
    }

    @Override
    public @Nullable Void visitCatch(CatchTree tree, @Nullable Void unused) {
      super.visitCatch(tree, null);
      CatchClauses clauses = new CatchClauses(context, edits);
      if (clauses.isRead(tree)) {
        Part caught =
            context
                .variables()
                .find(context.facts().requireElement(tree.getParameter()))
                .<Part>map(local -> reading(current(local)))
                .orElseGet(() -> new Part.Text(tree.getParameter().getName().toString()));
        clauses.tell(tree, caught, classes > 0, from);
      }
      return null;
    }

    private void moveNamed(ClassTree tree) {
      Code code =
          new LocalClassLowering(context)
              .lowerInCode(tree, this::readingForMoved, scope -> depths.put(scope, depth()));
      int start = context.body().start(tree);
      int end = context.body().end(tree);
      while (code.parts().isEmpty() && end < to && isSpace(end)) {
        end++;
      }
      edits.replace(start, end, code.then(linesOf(start, end)).parts());
    }

    private boolean isSpace(int at) {
      return Character.isWhitespace(context.body().source().charAt(at));
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void unused) {
      String text = context.body().text(tree);
      if (text.startsWith("\"\"\"")) {
        // As it is: less indentation would change the text.
        replace(tree, List.of(new Part.Text(text)));
      }
      return null;
    }

    // ---- jumps

    @Override
    public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
      if (depth() > 0) {
        if (tree.getExpression() != null) {
          scanAs(Optional.of(result).filter(IrType::isInferred), tree.getExpression());
        }
        return null;
      }
      replace(tree, context.returnParts(tree, this::nested));
      return null;
    }

    @Override
    public @Nullable Void visitYield(YieldTree tree, @Nullable Void unused) {
      if (!leaves(tree)) {
        return super.visitYield(tree, null);
      }
      JumpTargets.YieldTarget target = targets.yields().orElseThrow();
      List<Part> parts = new ArrayList<>();
      parts.add(new Part.Text("{ "));
      parts.add(new Part.Write(target.result(), Part.Mode.SET));
      parts.add(new Part.Text(" = "));
      parts.addAll(
          new IrExpr.Plain(
                  nested(tree.getValue()), context.typeOf(tree.getValue()), IrExpr.Stability.ANY)
              .as(target.result().type())
              .parts());
      parts.add(new Part.Text("; "));
      parts.add(jump(Part.JumpKind.BREAK, target.label()));
      parts.add(new Part.Text(" }"));
      replace(tree, parts);
      return null;
    }

    /** The code of a tree in this one, with what is renamed here. */
    private Code nested(Tree tree) {
      Cut inner = new Cut(context.body().start(tree), context.body().end(tree));
      inner.scan(tree, null);
      return inner.code();
    }

    @Override
    public @Nullable Void visitBreak(BreakTree tree, @Nullable Void unused) {
      if (leaves(tree)) {
        IrLabel target =
            tree.getLabel() == null
                ? targets.breaks().orElseThrow()
                : context.label(targets, tree.getLabel());
        replace(tree, List.of(jump(Part.JumpKind.BREAK, target)));
      }
      return null;
    }

    @Override
    public @Nullable Void visitContinue(ContinueTree tree, @Nullable Void unused) {
      if (leaves(tree)) {
        IrLabel target =
            tree.getLabel() == null
                ? targets.continues().orElseThrow()
                : context.label(targets, tree.getLabel());
        replace(tree, List.of(jump(Part.JumpKind.CONTINUE, target)));
      }
      return null;
    }

    private Part.Jump jump(Part.JumpKind kind, IrLabel target) {
      return new Part.Jump(kind, Optional.of(target), Optional.empty());
    }

    private void replace(Tree tree, List<Part> parts) {
      int start = context.body().start(tree);
      int end = context.body().end(tree);
      if (start >= 0 && end >= start) {
        edits.replace(start, end, parts);
      }
    }

    Code code() {
      return edits.splice(from, to, context);
    }
  }
}
