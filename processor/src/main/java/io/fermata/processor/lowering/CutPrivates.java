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
import io.fermata.processor.ir.Boxed;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Uses of private members, which become calls of accessors. Each method gives whether it has found
 * one; what is left is reported as out of reach.
 */
final class CutPrivates {

  private static final Set<String> NARROW = Set.of("byte", "short", "char");

  private static final IrType OBJECTS = IrType.Declared.of("java.util", "Objects");
  private static final IrType MEMBERS = IrType.Declared.of("io.fermata.codegen", "PrivateMembers");

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
    receiver.get().write(context.body().start(tree), open, context.body().end(tree), Code.of(")"));
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
    Receiver receiver = field.get().receiver();
    receiver.write(context.body().start(tree), open, value, receiver.comma());
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
   * field itself, {@code count$plus(count$now(self), next())}.
   */
  boolean compoundAssignment(CompoundAssignmentTree tree) {
    Optional<Field> field = field(tree.getVariable());
    if (field.isEmpty()) {
      return false;
    }
    ExpressionTree value = tree.getExpression();
    String operator = ExpressionLowering.operator(tree);
    Element element = field.get().element();
    Receiver receiver = field.get().receiver();
    int start = context.body().start(tree);
    int end = context.body().start(value);
    IrType type = context.describe(context.body().types().erasure(context.facts().type(value)));
    if (cut.operands.containsKey(value)) {
      Code open = context.privates().combining(element, operator, type).then("(");
      Code now = Code.of(new Part.Operand(held(element, receiver)));
      cut.edits.replace(
          start, end, open.then(now).then(", ").then(cut.linesOf(start, end)).parts());
    } else if (OnlyReads.in(value)) {
      Code open = context.privates().updating(element, operator, type).then("(");
      receiver.write(start, open, end, receiver.comma());
    } else {
      Code open = context.privates().combining(element, operator, type).then("(");
      open = open.then(context.privates().holding(element)).then("(");
      receiver.write(start, open, end, Code.of("), "));
    }
    cut.scan(value);
    cut.edits.after(context.body().end(tree), List.of(new Part.Text(")")));
    return true;
  }

  /**
   * {@code count$now(self)}, to be evaluated before the value is, in which a resume point stands.
   */
  private IrExpr held(Element field, Receiver receiver) {
    Code open = context.privates().holding(field).then("(");
    IrExpr object = receiver.operand();
    Code code =
        object == null
            ? open.then(receiver.implicit(cut.place()))
            : open.then(Code.of(new Part.Operand(object)));
    return new IrExpr.Composite(code.then(")"), context.privates().held(field));
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
    Element element = field.get().element();
    Receiver receiver = field.get().receiver();
    Code open =
        context
            .privates()
            .updating(element, isValueUsed ? operator : operator.substring(0, 1), CommonTypes.INT)
            .then("(");
    receiver.write(
        context.body().start(tree), open, context.body().end(tree), receiver.comma().then("1)"));
    return true;
  }

  private static IrType unboxed(IrType type) {
    return Boxed.unboxed(type).<IrType>map(each -> each).orElse(type);
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
    Code close = arguments.isEmpty() ? Code.of(")") : receiver.get().comma();
    receiver.get().write(context.body().start(tree), open, end, close);
    return true;
  }

  /**
   * {@code new Node<>(key)} becomes {@code PrivateConstructors.Node(key)}, that of an inner class
   * {@code PrivateConstructors.Inner(self, key)}.
   */
  boolean creation(NewClassTree tree) {
    if (!(context.facts().element(tree) instanceof ExecutableElement constructor)
        || tree.getClassBody() != null
        || !tree.getTypeArguments().isEmpty()
        || !context.privates().isReached(constructor)) {
      return false;
    }
    List<? extends ExpressionTree> arguments = tree.getArguments();
    int start = context.body().start(tree);
    int end =
        arguments.isEmpty() ? context.body().end(tree) : context.body().start(arguments.get(0));
    Code open = context.privates().calling(constructor).then("(");
    Code close = Code.of(arguments.isEmpty() ? ")" : "");
    ExpressionTree outer = tree.getEnclosingExpression();
    if (outer != null) { // which is checked before the arguments (JLS 15.9.4)
      open = open.then(Code.of(new Part.TypeName(OBJECTS))).then(".requireNonNull(");
      close = Code.of(arguments.isEmpty() ? "))" : "), ");
    } else if (context.facts().isInner(CutCreations.typeOf(constructor)) && !arguments.isEmpty()) {
      close = Code.of(", ");
    }
    new Receiver(tree, outer, constructor).write(start, open, end, close);
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
    new PrivateTypes(context).checkFunction(tree);
    boolean isInner =
        method.getKind() == ElementKind.CONSTRUCTOR
            && context.facts().isInner(CutCreations.typeOf(method));
    if (context.facts().isType(qualifier) && !isInner) {
      cut.replace(tree, context.privates().referring(method).parts());
      return true;
    }
    Receiver receiver = new Receiver(tree, isInner ? null : qualifier, method);
    if (isInner || (isThis(qualifier) && !cut.operands.containsKey(qualifier))) {
      Code object = isInner ? receiver.implicit(Part.Place.CAPTURE) : thisObject(qualifier);
      cut.replace(tree, calling(tree, method, object).parts());
      return true;
    }
    Code open = Code.of(new Part.TypeName(MEMBERS)).then(".bind(");
    Code close =
        Code.of(", r$ -> ")
            .then(CutValues.cast(context.typeOf(tree).withBounds()))
            .then(calling(tree, method, Code.of("r$")))
            .then(")");
    receiver.write(context.body().start(tree), open, context.body().end(tree), close);
    return true;
  }

  private Code thisObject(ExpressionTree tree) {
    return cut.names.thisObject(tree, Part.Place.CAPTURE).orElseGet(() -> Code.of(""));
  }

  private Code calling(MemberReferenceTree tree, ExecutableElement method, Code object) {
    String arguments = cut.creations.parametersOf(tree, method);
    return Code.of("(" + arguments + ") -> ")
        .then(context.privates().calling(method))
        .then("(")
        .then(object)
        .then(arguments.isEmpty() ? ")" : ", " + arguments + ")");
  }

  private static boolean isThis(ExpressionTree tree) {
    ExpressionTree bare = ExpressionLowering.bare(tree);
    return bare instanceof IdentifierTree identifier
        ? identifier.getName().contentEquals("this")
        : bare instanceof MemberSelectTree select && select.getIdentifier().contentEquals("this");
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
      this.isStatic =
          member.getKind() == ElementKind.CONSTRUCTOR
              ? !context.facts().isInner(CutCreations.typeOf(member))
              : member.getModifiers().contains(Modifier.STATIC);
    }

    /**
     * An object before a static member is evaluated for nothing, and super means another member.
     */
    boolean isAllowed() {
      return tree == null
          || (isStatic ? context.facts().isType(tree) : !context.facts().isSuper(tree));
    }

    /** What separates the object from what follows. */
    Code comma() {
      return Code.of(isStatic ? "" : ", ");
    }

    /** The object, where it has been lowered already. */
    @Nullable IrExpr operand() {
      return tree == null ? null : cut.operands.get(tree);
    }

    /** Writes {@code open}, the object, and {@code close} between the two positions. */
    void write(int start, Code open, int end, Code close) {
      if (isStatic || tree == null) {
        Code code = open.then(implicit(cut.place())).then(close).then(cut.linesOf(start, end));
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
      cut.edits.replace(behind, end, close.then(cut.linesOf(behind, end)).parts());
    }

    /** The object around the code whose member it is; nothing for what is static. */
    Code implicit(Part.Place place) {
      if (isStatic) {
        return new Code(List.of());
      }
      Element inherited =
          member.getKind() == ElementKind.CONSTRUCTOR ? CutCreations.typeOf(member) : member;
      String what = inherited.getSimpleName().toString();
      return context
          .facts()
          .holder(inherited, name)
          .flatMap(
              type -> context.names().object(type, what, name, context.variables().self(), place))
          .orElseGet(() -> Code.of(""));
    }
  }
}
