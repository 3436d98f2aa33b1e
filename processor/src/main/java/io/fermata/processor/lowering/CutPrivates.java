package io.fermata.processor.lowering;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.ir.Boxed;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
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
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * Uses of private members, which become calls of accessors. Each method gives whether it has found
 * one; what is left is reported as out of reach.
 */
final class CutPrivates {

  private static final Set<String> NARROW = Set.of("byte", "short", "char");

  private final Cut cut;
  private final BodyContext context;
  private int resources;

  CutPrivates(Cut cut) {
    this.cut = cut;
    this.context = cut.context;
  }

  /** {@code other.count} becomes {@code PrivateFields.count(other)}. */
  boolean read(ExpressionTree tree, Element field) {
    Optional<Receiver> receiver = receiver(tree, field);
    if (receiver.isEmpty()) {
      return false;
    }
    Code open = context.privates().reading(field).then("(");
    receiver.get().write(context.body().start(tree), open, context.body().end(tree), ")");
    return true;
  }

  /** A field may be a resource, a call may not (JLS 14.20.3). */
  void resource(Tree tree) {
    if (tree instanceof ExpressionTree value && field(value).isPresent()) {
      cut.edits.before(
          context.body().start(tree),
          List.of(new Part.Text("var resource$" + ++resources + " = ")));
    }
  }

  boolean assignment(AssignmentTree tree) {
    Optional<Field> field = field(tree.getVariable());
    if (field.isEmpty()) {
      return false;
    }
    Code open = context.privates().writing(field.get().element()).then("(");
    int value = context.body().start(tree.getExpression());
    field.get().receiver().write(context.body().start(tree), open, value, "");
    Optional<Code> cast = narrowing(field.get().element());
    cast.ifPresent(code -> cut.edits.before(value, code.then("(").parts()));
    cut.values.assigned(tree);
    cut.edits.after(
        context.body().end(tree), List.of(new Part.Text(cast.isPresent() ? "))" : ")")));
    return true;
  }

  /** A constant may be assigned to less than an int, but not passed (JLS 5.2, 5.3). */
  private Optional<Code> narrowing(Element field) {
    IrType type = unboxed(context.describe(field.asType()));
    return Optional.of(CutValues.cast(type)).filter(code -> NARROW.contains(type.toString()));
  }

  /**
   * {@code count += n} becomes {@code count$plus(self, n)}, or, where what is added may change the
   * field itself, {@code count(self, (int) (count(self) + (next())))}.
   */
  boolean compoundAssignment(CompoundAssignmentTree tree) {
    Optional<Field> field = field(tree.getVariable());
    if (field.isEmpty()) {
      return false;
    }
    ExpressionTree value = tree.getExpression();
    String operator = ExpressionLowering.operator(tree);
    Element element = field.get().element();
    int start = context.body().start(value);
    if (!cut.operands.containsKey(value) && OnlyReads.in(value)) {
      IrType type = context.describe(context.body().types().erasure(context.facts().type(value)));
      Code open = context.privates().updating(element, operator, type).then("(");
      field.get().receiver().write(context.body().start(tree), open, start, "");
      cut.scan(value);
      cut.edits.after(context.body().end(tree), List.of(new Part.Text(")")));
      return true;
    }
    Optional<Code> object = field.get().receiver().repeatable(tree);
    if (object.isEmpty()) {
      context.names().check(element, tree.getVariable());
      return true;
    }
    Code old = reading(element, object.get());
    if (cut.operands.containsKey(value)) {
      IrExpr read = new IrExpr.Plain(old, context.typeOf(tree), IrExpr.Stability.ANY);
      old = Code.of(new Part.Operand(ExpressionLowering.unboxed(read)));
    }
    Code update = update(element, object.get()).then(old).then(" " + operator + " (");
    cut.edits.replace(context.body().start(tree), start, update.parts());
    cut.scan(value);
    cut.edits.after(context.body().end(tree), List.of(new Part.Text(")))")));
    return true;
  }

  /** {@code count++} becomes {@code count$plus(self, 1)}, or {@code count$thenPlus(self, 1)}. */
  boolean increment(UnaryTree tree) {
    Optional<Field> field = field(tree.getExpression());
    if (field.isEmpty()) {
      return false;
    }
    String operator =
        switch (tree.getKind()) {
          case PREFIX_INCREMENT -> "+";
          case PREFIX_DECREMENT -> "-";
          case POSTFIX_INCREMENT -> "++";
          default -> "--";
        };
    boolean isValueUsed = !(context.facts().parent(tree) instanceof ExpressionStatementTree);
    Code open =
        context
            .privates()
            .updating(
                field.get().element(),
                isValueUsed ? operator : operator.substring(0, 1),
                CommonTypes.INT)
            .then("(");
    field.get().receiver().write(context.body().start(tree), open, context.body().end(tree), "1)");
    return true;
  }

  private static IrType unboxed(IrType type) {
    return Boxed.unboxed(type).<IrType>map(each -> each).orElse(type);
  }

  private Code reading(Element field, Code object) {
    return context.privates().reading(field).then("(").then(object).then(")");
  }

  /** {@code count(self, (int) (}, up to the new value. */
  private Code update(Element field, Code object) {
    return context
        .privates()
        .writing(field)
        .then("(")
        .then(object)
        .then(object.parts().isEmpty() ? "" : ", ")
        .then(CutValues.cast(unboxed(context.describe(field.asType()))))
        .then("(");
  }

  /** {@code describe(n)} becomes {@code PrivateMethods.describe(self, n)}. */
  boolean invocation(MethodInvocationTree tree) {
    ExpressionTree select = tree.getMethodSelect();
    Element method = context.facts().element(select);
    if (!(method instanceof ExecutableElement called)
        || called.getKind() != ElementKind.METHOD
        || !tree.getTypeArguments().isEmpty()) {
      return false;
    }
    Optional<Receiver> receiver = receiver(select, called);
    if (receiver.isEmpty()) {
      return false;
    }
    List<? extends ExpressionTree> arguments = tree.getArguments();
    int end =
        arguments.isEmpty() ? context.body().end(tree) : context.body().start(arguments.get(0));
    Code open = context.privates().calling(called).then("(");
    receiver.get().write(context.body().start(tree), open, end, arguments.isEmpty() ? ")" : "");
    return true;
  }

  /** {@code new Node<>(key)} becomes {@code PrivateConstructors.Node(key)}. */
  boolean creation(NewClassTree tree) {
    if (!(context.facts().element(tree) instanceof ExecutableElement constructor)
        || tree.getClassBody() != null
        || tree.getEnclosingExpression() != null
        || !tree.getTypeArguments().isEmpty()
        || context.facts().isInner(typeOf(constructor))
        || !context.privates().isReached(constructor)) {
      return false;
    }
    List<? extends ExpressionTree> arguments = tree.getArguments();
    int start = context.body().start(tree);
    int end =
        arguments.isEmpty() ? context.body().end(tree) : context.body().start(arguments.get(0));
    Code open = context.privates().calling(constructor).then(arguments.isEmpty() ? "()" : "(");
    cut.edits.replace(start, end, open.then(cut.linesOf(start, end)).parts());
    cut.scan(arguments);
    return true;
  }

  /** {@code this::add} becomes {@code a$1 -> PrivateMethods.add(self, a$1)}. */
  boolean reference(MemberReferenceTree tree) {
    ExpressionTree qualifier = tree.getQualifierExpression();
    if (!(context.facts().element(tree) instanceof ExecutableElement method)
        || context.facts().isSuper(qualifier)
        || (tree.getTypeArguments() != null && !tree.getTypeArguments().isEmpty())
        || !context.privates().isReached(method)) {
      return false;
    }
    if (context.facts().isType(qualifier)) {
      boolean isInner =
          method.getKind() == ElementKind.CONSTRUCTOR && context.facts().isInner(typeOf(method));
      if (!isInner) {
        cut.replace(tree, context.privates().referring(method).parts());
      }
      return !isInner;
    }
    Optional<Code> object = new Receiver(tree, qualifier, method).simple(tree);
    if (object.isEmpty()) {
      return false;
    }
    String arguments =
        IntStream.rangeClosed(1, arity(tree))
            .mapToObj(i -> "a$" + i)
            .collect(Collectors.joining(", "));
    Code code =
        Code.of("(" + arguments + ") -> ")
            .then(context.privates().calling(method))
            .then("(")
            .then(object.get())
            .then(arguments.isEmpty() ? ")" : ", " + arguments + ")");
    cut.replace(tree, code.parts());
    return true;
  }

  private int arity(MemberReferenceTree tree) {
    return context.facts().type(tree) instanceof DeclaredType type
            && type.getKind() == TypeKind.DECLARED
        ? context.facts().function((TypeElement) type.asElement()).getParameters().size()
        : 0;
  }

  private static Element typeOf(Element constructor) {
    return Objects.requireNonNull(constructor.getEnclosingElement());
  }

  // The objects

  private record Field(Element element, Receiver receiver) {}

  private Optional<Field> field(ExpressionTree target) {
    ExpressionTree bare = ExpressionLowering.bare(target);
    Element element =
        bare instanceof IdentifierTree || bare instanceof MemberSelectTree
            ? context.facts().element(bare)
            : null;
    return element == null || element.getKind() != ElementKind.FIELD
        ? Optional.empty()
        : receiver(bare, element).map(receiver -> new Field(element, receiver));
  }

  /** The object whose member a name means; empty if there is no accessor for the member. */
  private Optional<Receiver> receiver(ExpressionTree name, Element member) {
    if (!context.privates().isReached(member)) {
      return Optional.empty();
    }
    Receiver receiver =
        new Receiver(
            name, name instanceof MemberSelectTree select ? select.getExpression() : null, member);
    return Optional.of(receiver).filter(Receiver::isAllowed);
  }

  /** What stands before the dot, or would. */
  private final class Receiver {
    private final Tree name;
    private final @Nullable ExpressionTree tree;
    private final Element member;
    private final boolean isStatic;

    Receiver(Tree name, @Nullable ExpressionTree tree, Element member) {
      this.name = name;
      this.tree = tree;
      this.member = member;
      this.isStatic = member.getModifiers().contains(Modifier.STATIC);
    }

    /**
     * An object before a static member is evaluated for nothing, and super means another member.
     */
    boolean isAllowed() {
      return tree == null
          || (isStatic ? context.facts().isType(tree) : !context.facts().isSuper(tree));
    }

    /**
     * Writes {@code open}, the object, a comma if anything follows, and {@code rest} in place of
     * the source between the two positions.
     */
    void write(int start, Code open, int end, String rest) {
      String close = isStatic || rest.equals(")") ? rest : ", " + rest;
      if (isStatic || tree == null) {
        Code object = isStatic ? Code.of("") : implicit().orElseGet(() -> Code.of(""));
        Code code = open.then(object).then(close).then(cut.linesOf(start, end));
        cut.edits.replace(start, end, code.parts());
        return;
      }
      int object = context.body().start(tree);
      if (object > start) {
        cut.edits.replace(start, object, open.parts());
      } else {
        cut.edits.before(start, open.parts());
      }
      cut.scan(tree);
      int behind = context.body().end(tree);
      cut.edits.replace(behind, end, Code.of(close).then(cut.linesOf(behind, end)).parts());
    }

    private Optional<Code> implicit() {
      String what = member.getSimpleName().toString();
      return context
          .facts()
          .holder(member, name)
          .flatMap(
              type ->
                  context
                      .names()
                      .object(type, what, name, context.variables().self(), cut.place()));
    }

    /** The object, if it may be written twice; nothing for a static member. */
    Optional<Code> repeatable(ExpressionTree around) {
      return isStatic ? Optional.of(new Code(List.of())) : simple(around);
    }

    /** The object, if its evaluation is nothing but a read of what does not change meanwhile. */
    Optional<Code> simple(ExpressionTree around) {
      if (tree == null) {
        return implicit();
      }
      ExpressionTree bare = ExpressionLowering.bare(tree);
      if (isThis(bare)) {
        return cut.names.thisObject(bare);
      }
      return context
          .variableOf(bare)
          .map(cut::current)
          .filter(local -> !isAssignedIn(around, context.facts().requireElement(bare)))
          .map(local -> Code.of(cut.reading(local)));
    }

    private boolean isThis(ExpressionTree bare) {
      return bare instanceof IdentifierTree identifier
          ? identifier.getName().contentEquals("this")
          : bare instanceof MemberSelectTree select && select.getIdentifier().contentEquals("this");
    }

    private boolean isAssignedIn(Tree around, Element variable) {
      boolean[] found = {false};
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitAssignment(AssignmentTree each, @Nullable Void unused) {
          found[0] |= variable.equals(context.facts().element(each.getVariable()));
          return super.visitAssignment(each, null);
        }
      }.scan(around, null);
      return found[0];
    }
  }
}
