package io.fermata.processor.lowering;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import io.fermata.processor.ir.Boxed;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Lowers expressions; see {@link Lowering}. */
final class ExpressionLowering {

  private static final Map<Tree.Kind, String> OPERATORS =
      Map.ofEntries(
          Map.entry(Tree.Kind.PLUS_ASSIGNMENT, "+"),
          Map.entry(Tree.Kind.MINUS_ASSIGNMENT, "-"),
          Map.entry(Tree.Kind.MULTIPLY_ASSIGNMENT, "*"),
          Map.entry(Tree.Kind.DIVIDE_ASSIGNMENT, "/"),
          Map.entry(Tree.Kind.REMAINDER_ASSIGNMENT, "%"),
          Map.entry(Tree.Kind.AND_ASSIGNMENT, "&"),
          Map.entry(Tree.Kind.OR_ASSIGNMENT, "|"),
          Map.entry(Tree.Kind.XOR_ASSIGNMENT, "^"),
          Map.entry(Tree.Kind.LEFT_SHIFT_ASSIGNMENT, "<<"),
          Map.entry(Tree.Kind.RIGHT_SHIFT_ASSIGNMENT, ">>"),
          Map.entry(Tree.Kind.UNSIGNED_RIGHT_SHIFT_ASSIGNMENT, ">>>"),
          Map.entry(Tree.Kind.CONDITIONAL_AND, "&&"),
          Map.entry(Tree.Kind.CONDITIONAL_OR, "||"));

  private final BodyLowering statements;
  private final BodyContext context;
  private final JumpTargets targets;

  ExpressionLowering(BodyLowering statements, BodyContext context, JumpTargets targets) {
    this.statements = statements;
    this.context = context;
    this.targets = targets;
  }

  /** The expression, in parts where a resume point stands in it. */
  IrExpr lower(ExpressionTree tree) {
    if (!context.facts().suspends(tree)) {
      return new IrExpr.Plain(
          statements.code(tree, targets), context.typeOf(tree), stability(tree));
    }
    if (tree instanceof MethodInvocationTree call && context.facts().isAwait(call)) {
      return await(call);
    }
    if (tree instanceof MethodInvocationTree call && context.facts().isEmit(call)) {
      return new IrExpr.Emit(lower(call.getArguments().get(0)), context.span(tree));
    }
    if (tree instanceof MethodInvocationTree call && context.facts().isAsync(call)) {
      return lower(coroutine(call.getArguments().get(0)));
    }
    if (tree instanceof BinaryTree binary && OPERATORS.containsKey(tree.getKind())) {
      return new IrExpr.ShortCircuit(
          operator(tree), lower(binary.getLeftOperand()), lower(binary.getRightOperand()));
    }
    if (tree instanceof ConditionalExpressionTree conditional) {
      return conditional(conditional);
    }
    if (isPrivateUpdate(tree)) {
      return composite(tree);
    }
    if (tree instanceof AssignmentTree assignment) {
      return assign(assignment);
    }
    if (tree instanceof CompoundAssignmentTree assignment) {
      return new IrExpr.CompoundAssign(
          target(assignment.getVariable()), operator(tree), lower(assignment.getExpression()));
    }
    if (tree instanceof UnaryTree unary && isIncrement(tree)) {
      return increment(unary);
    }
    if (tree instanceof SwitchExpressionTree choice
        && choice.getCases().stream().anyMatch(context.facts()::suspends)) {
      return choice(choice);
    }
    return composite(tree);
  }

  /** Whether this assigns a private field, which a call does. */
  private boolean isPrivateUpdate(ExpressionTree tree) {
    return assigned(tree)
        .map(ExpressionLowering::bare)
        .filter(each -> each instanceof IdentifierTree || each instanceof MemberSelectTree)
        .map(context.facts()::element)
        .filter(context.privates()::isReached)
        .isPresent();
  }

  private static Optional<ExpressionTree> assigned(ExpressionTree tree) {
    return tree instanceof AssignmentTree assignment
        ? Optional.of(assignment.getVariable())
        : tree instanceof CompoundAssignmentTree update
            ? Optional.of(update.getVariable())
            : tree instanceof UnaryTree unary && isIncrement(tree)
                ? Optional.of(unary.getExpression())
                : Optional.empty();
  }

  /** The argument of {@code async} without its casts and parentheses. */
  static ExpressionTree coroutine(ExpressionTree argument) {
    ExpressionTree tree = bare(argument);
    while (tree instanceof TypeCastTree cast) {
      tree = bare(cast.getExpression());
    }
    return tree;
  }

  /** The initialiser of a variable, where {@code {1, 2}} may stand for an array. */
  IrExpr initializer(ExpressionTree tree) {
    if (!(tree instanceof NewArrayTree array) || array.getType() != null) {
      return lower(tree);
    }
    Code creation =
        Code.of(new Part.Text("new "), new Part.TypeName(context.typeOf(tree)), new Part.Text(" "));
    IrExpr lowered = lower(tree);
    return lowered instanceof IrExpr.Plain plain
        ? new IrExpr.Plain(creation.then(plain.code()), plain.type(), plain.stability())
        : new IrExpr.Composite(creation.then(((IrExpr.Composite) lowered).code()), lowered.type());
  }

  private IrExpr await(MethodInvocationTree call) {
    ExpressionTree awaited = call.getArguments().get(0);
    IrExpr operand = lower(awaited);
    if (new TargetTyping(context.facts()).needsTarget(awaited)) {
      operand = typed(operand);
    }
    return new IrExpr.Await(operand, context.typeOf(call), context.span(call));
  }

  /** {@code T t = expr}, then {@code t}. */
  IrExpr typed(IrExpr expr) {
    IrLocal temporary = context.temporary(expr.type());
    return new IrExpr.Sequence(
        List.of(new IrStmt.Declare(temporary, Optional.of(expr), Span.NONE)),
        IrExpr.Plain.read(temporary));
  }

  private IrExpr conditional(ConditionalExpressionTree tree) {
    IrExpr conditional =
        new IrExpr.Conditional(
            lower(tree.getCondition()),
            lower(tree.getTrueExpression()),
            lower(tree.getFalseExpression()),
            choiceType(tree));
    return isNull(tree) ? nullAfter(conditional) : conditional;
  }

  private boolean isNull(ExpressionTree tree) {
    return context.facts().type(tree).getKind() == TypeKind.NULL;
  }

  /** The literal, as no variable is of its type, which fits everywhere. */
  private IrExpr nullAfter(IrExpr value) {
    return new IrExpr.Sequence(
        List.of(new IrStmt.Declare(context.temporary(value.type()), Optional.of(value), Span.NONE)),
        new IrExpr.Plain(Code.of("null"), value.type(), IrExpr.Stability.CONSTANT));
  }

  private IrExpr assign(AssignmentTree tree) {
    IrExpr.Target target = target(tree.getVariable());
    IrExpr value = lower(tree.getExpression());
    if (!(target instanceof IrExpr.Target.Field field)
        || !CapturedArguments.mentionsCaptured(context.facts().type(tree.getVariable()))) {
      return new IrExpr.Assign(target, value);
    }
    IrType type = field.type();
    IrExpr assign =
        new IrExpr.Assign(
            new IrExpr.Target.Field(field.receiver(), field.name(), type.withBounds()),
            new IrExpr.Composite(CodeCutter.asExpected(Code.of(new Part.Operand(value))), type));
    boolean isStatement = context.facts().parent(tree) instanceof ExpressionStatementTree;
    return isStatement || !type.isInferred()
        ? assign
        : new IrExpr.Composite(
            cast(type, Code.of("(").then(Code.of(new Part.Operand(assign))).then(")")), type);
  }

  private IrExpr increment(UnaryTree tree) {
    boolean prefix =
        tree.getKind() == Tree.Kind.PREFIX_INCREMENT
            || tree.getKind() == Tree.Kind.PREFIX_DECREMENT;
    boolean up =
        tree.getKind() == Tree.Kind.PREFIX_INCREMENT
            || tree.getKind() == Tree.Kind.POSTFIX_INCREMENT;
    return new IrExpr.Increment(
        target(tree.getExpression()),
        up ? "++" : "--",
        prefix ? IrExpr.Increment.Fix.PREFIX : IrExpr.Increment.Fix.POSTFIX);
  }

  private IrExpr choice(SwitchExpressionTree tree) {
    ExpressionTree selector = bare(tree.getExpression());
    IrLabel label = new IrLabel("switch");
    IrLocal result = context.temporary(choiceType(tree));
    IrStmt.Switch choice =
        new IrStmt.Switch(
            label,
            IrStmt.Switch.Form.EXHAUSTIVE,
            lower(selector),
            new CaseLowering(statements, context, selector)
                .lower(tree.getCases(), targets.inSwitchExpression(label, result)),
            context.span(tree.getExpression()));
    return new IrExpr.Sequence(
        List.of(
            new IrStmt.Declare(result, Optional.empty(), context.span(tree.getExpression())),
            choice),
        IrExpr.Plain.read(result));
  }

  /** The type of {@code ?:} or {@code switch}; as the argument of {@code async} a coroutine's. */
  private IrType choiceType(ExpressionTree tree) {
    return context
        .facts()
        .asyncAround(tree)
        .map(context::typeOf)
        .orElseGet(() -> context.typeOf(tree));
  }

  private IrExpr composite(ExpressionTree tree) {
    CodeCutter cutter = new CodeCutter(context, targets);
    List<ExpressionTree> operands = operands(tree);
    CapturedArguments captured = new CapturedArguments(context);
    Set<ExpressionTree> raw = captured.of(tree, operands);
    Optional<ExpressionTree> receiver = captured.receiver(tree, operands);
    Set<ExpressionTree> expected = captured.ofCapturedType(tree, operands);
    if (tree instanceof AssignmentTree assignment
        && CapturedArguments.mentionsCaptured(context.facts().type(assignment.getVariable()))) {
      cutter.asExpected(assignment.getExpression());
    }
    for (ExpressionTree operand : operands) {
      IrExpr lowered = operand(tree, operand);
      boolean isKept =
          lowered instanceof IrExpr.Plain plain && plain.stability() != IrExpr.Stability.ANY;
      boolean isHeld =
          operands.indexOf(operand) < captured.lastSuspending(operands)
              || (lowered.suspends() && !(lowered instanceof IrExpr.Composite));
      if (!isKept && isHeld) {
        new PrivateTypes(context).check(tree, operand);
      }
      if (!isKept && raw.contains(operand)) {
        lowered = erased(operand, lowered);
      } else if (!isKept && receiver.filter(operand::equals).isPresent()) {
        lowered = unprojected(operand, lowered);
      }
      if (!isKept && expected.contains(operand)) {
        Optional<TypeMirror> element = captured.elementOfOnly(tree, operand);
        if (element.isPresent()) {
          new PrivateTypes(context).checkNamed(element.get(), operand);
          lowered = arrayOf(context.describe(element.get()), lowered);
        }
        cutter.asExpected(operand);
      }
      cutter.with(operand, lowered);
    }
    Code code = cutter.cut(tree);
    statements.exposed(cutter);
    IrType type = context.typeOf(tree);
    return new IrExpr.Composite(
        raw.isEmpty() || !captured.losesType(tree) ? code : cast(type, cast(erasure(tree), code)),
        type);
  }

  /** {@code new T[] {value}}. */
  private static IrExpr arrayOf(IrType element, IrExpr value) {
    Code code =
        Code.of(new Part.Text("new "), new Part.TypeName(element), new Part.Text("[] {"))
            .then(Code.of(new Part.Operand(value)))
            .then("}");
    return new IrExpr.Composite(code, new IrType.Array(element));
  }

  private IrExpr unprojected(ExpressionTree tree, IrExpr value) {
    IrType type = context.types().describeArguments(context.facts().type(tree));
    Code operand = Code.of(new Part.Operand(value));
    return new IrExpr.Composite(cast(type, cast(erasure(tree), operand)), type);
  }

  private IrExpr erased(ExpressionTree tree, IrExpr value) {
    IrType type = erasure(tree);
    return new IrExpr.Composite(cast(type, Code.of(new Part.Operand(value))), type);
  }

  private IrType erasure(ExpressionTree tree) {
    return context.describe(context.body().types().erasure(context.facts().type(tree)));
  }

  private static Code cast(IrType type, Code code) {
    return Code.of(new Part.Text("(("), new Part.TypeName(type), new Part.Text(") "))
        .then(code)
        .then(")");
  }

  /** An operand, with what Java does to its value before it evaluates the next one. */
  private IrExpr operand(ExpressionTree tree, ExpressionTree operand) {
    IrExpr lowered = lower(operand);
    if (isNull(operand) && stability(operand) == IrExpr.Stability.ANY) {
      return nullAfter(lowered);
    }
    if (tree instanceof NewClassTree creation && creation.getEnclosingExpression() == operand) {
      return notNull(lowered);
    }
    boolean unboxes =
        (tree instanceof BinaryTree && isArithmetic(tree))
            || (tree instanceof ArrayAccessTree access && access.getIndex() == operand);
    return unboxes ? unboxed(lowered) : lowered;
  }

  /**
   * The outer instance of a creation is checked before the arguments are evaluated (JLS 15.9.4).
   */
  private static IrExpr notNull(IrExpr value) {
    Code code =
        Code.of(
            new Part.TypeName(IrType.Declared.of("java.util", "Objects")),
            new Part.Text(".requireNonNull("),
            new Part.Operand(value),
            new Part.Text(")"));
    return new IrExpr.Composite(code, value.type());
  }

  /** A boxed value as what it is unboxed to, right where it is evaluated (JLS 5.6). */
  static IrExpr unboxed(IrExpr value) {
    return Boxed.unboxed(value.type())
        .<IrExpr>map(type -> new IrExpr.Composite(Code.of(new Part.Operand(value)), type))
        .orElse(value);
  }

  private boolean isArithmetic(ExpressionTree tree) {
    return switch (tree.getKind()) {
      case PLUS -> context.facts().type(tree).getKind().isPrimitive();
      case EQUAL_TO, NOT_EQUAL_TO -> false;
      default -> true;
    };
  }

  /** What is evaluated from left to right before the expression itself is (JLS 15.7). */
  private List<ExpressionTree> operands(ExpressionTree tree) {
    List<ExpressionTree> operands = new ArrayList<>();
    if (tree instanceof AssignmentTree assignment) {
      addReceiver(assignment.getVariable(), operands);
      operands.add(assignment.getExpression());
    } else if (tree instanceof CompoundAssignmentTree assignment) {
      addReceiver(assignment.getVariable(), operands);
      operands.add(assignment.getExpression());
    } else if (tree instanceof UnaryTree unary && isIncrement(tree)) {
      addReceiver(unary.getExpression(), operands);
    } else if (tree instanceof MethodInvocationTree call) {
      if (call.getMethodSelect() instanceof MemberSelectTree select) {
        addValue(select.getExpression(), operands);
      }
      operands.addAll(call.getArguments());
    } else if (tree instanceof NewClassTree creation) {
      if (creation.getEnclosingExpression() != null) {
        operands.add(creation.getEnclosingExpression());
      }
      operands.addAll(creation.getArguments());
    } else if (tree instanceof MemberSelectTree select) {
      addValue(select.getExpression(), operands);
    } else if (tree instanceof MemberReferenceTree reference) {
      addValue(reference.getQualifierExpression(), operands);
    } else if (tree instanceof ArrayAccessTree access) {
      operands.add(access.getExpression());
      operands.add(access.getIndex());
    } else if (tree instanceof BinaryTree binary) {
      operands.add(binary.getLeftOperand());
      operands.add(binary.getRightOperand());
    } else if (tree instanceof UnaryTree unary) {
      operands.add(unary.getExpression());
    } else if (tree instanceof TypeCastTree cast) {
      operands.add(cast.getExpression());
    } else if (tree instanceof InstanceOfTree test) {
      operands.add(test.getExpression());
    } else if (tree instanceof ParenthesizedTree parenthesized) {
      operands.add(parenthesized.getExpression());
    } else if (tree instanceof NewArrayTree array) {
      addElements(array, operands);
    } else if (tree instanceof SwitchExpressionTree choice) {
      operands.add(bare(choice.getExpression()));
    }
    return operands;
  }

  private void addReceiver(ExpressionTree target, List<ExpressionTree> operands) {
    if (bare(target) instanceof MemberSelectTree select) {
      addValue(select.getExpression(), operands);
    }
  }

  private void addElements(NewArrayTree array, List<ExpressionTree> operands) {
    operands.addAll(array.getDimensions());
    if (array.getInitializers() == null) {
      return;
    }
    for (ExpressionTree element : array.getInitializers()) {
      if (element instanceof NewArrayTree inner && inner.getType() == null) {
        addElements(inner, operands);
      } else {
        operands.add(element);
      }
    }
  }

  /** Adds what stands before a dot, unless it is the name of a type or a package, or super. */
  private void addValue(ExpressionTree tree, List<ExpressionTree> operands) {
    Element element = context.facts().element(tree);
    boolean isSuper = context.facts().isSuper(tree);
    if (!isSuper && !context.facts().isType(tree) && !(element instanceof PackageElement)) {
      operands.add(tree);
    }
  }

  private IrExpr.Target target(ExpressionTree tree) {
    ExpressionTree bare = bare(tree);
    if (bare instanceof ArrayAccessTree access) {
      return new IrExpr.Target.Element(
          lower(access.getExpression()), unboxed(lower(access.getIndex())), context.typeOf(bare));
    }
    Optional<IrLocal> local = context.variableOf(bare);
    if (local.isPresent()) {
      return new IrExpr.Target.Local(local.get());
    }
    if (bare instanceof MemberSelectTree select) {
      List<ExpressionTree> receivers = new ArrayList<>();
      addValue(select.getExpression(), receivers);
      if (!receivers.isEmpty()) {
        context.names().check(context.facts().requireElement(select), select);
        return new IrExpr.Target.Field(
            Optional.of(lower(receivers.get(0))),
            Code.of(select.getIdentifier().toString()),
            context.typeOf(bare));
      }
    }
    return new IrExpr.Target.Field(
        Optional.empty(), statements.code(bare, targets), context.typeOf(bare));
  }

  private IrExpr.Stability stability(ExpressionTree tree) {
    ExpressionTree bare = bare(tree);
    if (bare instanceof LiteralTree || bare instanceof LambdaExpressionTree) {
      return IrExpr.Stability.CONSTANT;
    }
    if (bare instanceof MemberSelectTree select && select.getIdentifier().contentEquals("class")) {
      return IrExpr.Stability.CONSTANT;
    }
    if (bare instanceof MemberReferenceTree reference
        && context.facts().isType(reference.getQualifierExpression())) {
      return IrExpr.Stability.CONSTANT;
    }
    boolean isThis = bare instanceof IdentifierTree name && name.getName().contentEquals("this");
    if (isThis || context.variableOf(bare).isPresent()) {
      return IrExpr.Stability.VARIABLE;
    }
    boolean isConstant =
        (bare instanceof IdentifierTree || bare instanceof MemberSelectTree)
            && context.facts().element(bare) instanceof VariableElement variable
            && variable.getConstantValue() != null;
    return isConstant ? IrExpr.Stability.CONSTANT : IrExpr.Stability.ANY;
  }

  static boolean isIncrement(ExpressionTree tree) {
    return switch (tree.getKind()) {
      case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT -> true;
      default -> false;
    };
  }

  static String operator(Tree tree) {
    return Optional.ofNullable(OPERATORS.get(tree.getKind())).orElseThrow();
  }

  /** The expression in any parentheses. */
  static ExpressionTree bare(ExpressionTree tree) {
    ExpressionTree bare = tree;
    while (bare instanceof ParenthesizedTree parenthesized) {
      bare = parenthesized.getExpression();
    }
    return bare;
  }
}
