package io.fermata.processor.lowering;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrStmt.Case.Guard;
import io.fermata.processor.ir.IrStmt.Case.Takes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Lowers the cases of a switch; see {@link Lowering}. */
final class CaseLowering {

  /** The types besides enums that a switch without patterns may be on (JLS 14.11.1). */
  private static final Set<String> SWITCHED =
      Set.of(
          "java.lang.String",
          "java.lang.Integer",
          "java.lang.Character",
          "java.lang.Short",
          "java.lang.Byte");

  private final BodyLowering statements;
  private final BodyContext context;
  private final TypeMirror selector;

  CaseLowering(BodyLowering statements, BodyContext context, ExpressionTree selector) {
    this.statements = statements;
    this.context = context;
    this.selector = context.facts().type(selector);
  }

  /** The cases, whose jumps go to these targets. */
  List<IrStmt.Case> lower(List<? extends CaseTree> trees, JumpTargets targets) {
    return trees.stream().map(tree -> lower(tree, targets)).toList();
  }

  /** Whether Java checks that a statement with these cases takes every value (JLS 14.11.2). */
  boolean isExhaustive(List<? extends CaseTree> trees) {
    return !isSwitched(selector)
        || trees.stream()
            .flatMap(tree -> labelsOf(tree).stream())
            .anyMatch(label -> isPattern(label) || isNull(label));
  }

  private static boolean isSwitched(TypeMirror type) {
    return type.getKind().isPrimitive()
        || (type instanceof DeclaredType declared
            && (declared.asElement().getKind() == ElementKind.ENUM
                || SWITCHED.contains(declared.asElement().toString())));
  }

  private IrStmt.Case lower(CaseTree tree, JumpTargets targets) {
    List<Tree> labels = new ArrayList<>(labelsOf(tree));
    Optional<ExpressionTree> guard = takeGuard(labels);
    List<IrStmt.Case.Binding> bindings = new ArrayList<>();
    CodeCutter cutter = new CodeCutter(context, targets);
    for (IrLocal variable : bindingsOf(labels)) {
      IrLocal declared = new IrLocal(variable.name(), variable.type(), IrLocal.Origin.DECLARED);
      cutter.renaming(variable, declared);
      bindings.add(new IrStmt.Case.Binding(declared, variable));
    }
    int start = context.body().start(tree);
    int end = labels.stream().mapToInt(context.body()::end).max().orElse(-1);
    Code label = end < 0 ? Code.of("default") : cutter.cut(labels, start, end);
    boolean isRule = tree.getCaseKind() == CaseTree.CaseKind.RULE;
    return new IrStmt.Case(
        label,
        takes(labels),
        bindings,
        guard.map(condition -> guard(condition, targets)),
        statements.inScope(
            () ->
                isRule ? rule(tree, targets) : statements.lowerAll(tree.getStatements(), targets)),
        isRule ? IrStmt.Case.End.BREAKS : IrStmt.Case.End.FALLS_THROUGH);
  }

  private Guard guard(ExpressionTree condition, JumpTargets targets) {
    ExpressionTree bare = ExpressionLowering.bare(condition);
    return new Guard(
        List.of(),
        new ExpressionLowering(statements, context, targets).lower(bare),
        context.span(bare));
  }

  private List<IrStmt> rule(CaseTree tree, JumpTargets targets) {
    Tree body = tree.getBody();
    if (body instanceof StatementTree statement && !(body instanceof ExpressionStatementTree)) {
      return List.of(statements.nested(statement, targets));
    }
    ExpressionTree expression =
        body instanceof ExpressionStatementTree statement
            ? statement.getExpression()
            : (ExpressionTree) body;
    return targets.yields().isPresent() && targets.breaks().isEmpty()
        ? statements.yielding(expression, context.span(expression), targets)
        : statements.evaluate(expression, targets);
  }

  // Labels

  /** What stands between {@code case} and the colon or arrow. */
  private static List<Tree> labelsOf(CaseTree tree) {
    Set<Tree> body = Collections.newSetFromMap(new IdentityHashMap<>());
    if (tree.getStatements() != null) {
      body.addAll(tree.getStatements());
    }
    List<Tree> children = new ArrayList<>();
    tree.accept(
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void scan(@Nullable Tree child, @Nullable Void unused) {
            if (child != null && child != tree.getBody() && !body.contains(child)) {
              children.add(child);
            }
            return null;
          }
        },
        null);
    return children;
  }

  /** Whether an expression in a case is its guard, and not a label or the body. */
  static boolean isGuard(Tree tree, CaseTree around) {
    List<Tree> labels = labelsOf(around);
    return labels.size() > 1 && labels.get(labels.size() - 1) == tree && isPattern(labels.get(0));
  }

  /** Takes the guard out, if it has a resume point: nothing else before the arrow can have one. */
  private Optional<ExpressionTree> takeGuard(List<Tree> labels) {
    Optional<Tree> guard = labels.stream().filter(context.facts()::suspends).findFirst();
    guard.ifPresent(labels::remove);
    return guard.map(ExpressionTree.class::cast);
  }

  private List<IrLocal> bindingsOf(List<Tree> labels) {
    List<IrLocal> bindings = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitBindingPattern(BindingPatternTree pattern, @Nullable Void unused) {
        if (!pattern.getVariable().getName().isEmpty()) {
          bindings.add(context.variable(pattern.getVariable()));
        }
        return null;
      }
    }.scan(labels, null);
    return bindings;
  }

  /** By the names of the kinds, which are newer than the oldest JDK that this runs on. */
  private Takes takes(List<Tree> labels) {
    boolean isDefault =
        labels.isEmpty() || labels.stream().anyMatch(each -> isKind(each, "DEFAULT_CASE_LABEL"));
    boolean isNull = labels.stream().anyMatch(this::isNull);
    if (isDefault) {
      return isNull ? Takes.REST_AND_NULL : Takes.REST;
    }
    if (isNull) {
      return Takes.NULL;
    }
    return isUnconditional(labels) ? Takes.ALL : Takes.SOME;
  }

  private static boolean isKind(Tree label, String kind) {
    return label.getKind().name().equals(kind);
  }

  private static boolean isPattern(Tree label) {
    return isKind(label, "PATTERN_CASE_LABEL");
  }

  private boolean isNull(Tree label) {
    return isKind(label, "CONSTANT_CASE_LABEL") && context.body().text(label).equals("null");
  }

  /** Whether the only label is a pattern that matches whatever the selector is (JLS 14.30.3). */
  private boolean isUnconditional(List<Tree> labels) {
    boolean isGuarded = labels.size() == 2 && labels.get(1) instanceof ExpressionTree;
    boolean isAlone =
        labels.size() == 1
            || (isGuarded
                && new Completion(context.facts()).isTrue((ExpressionTree) labels.get(1)));
    return isAlone && isPattern(labels.get(0)) && matchesAll(labels.get(0));
  }

  private boolean matchesAll(Tree label) {
    List<VariableTree> patterns = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
        boolean isRecord = tree != null && isKind(tree, "DECONSTRUCTION_PATTERN");
        return isRecord ? null : super.scan(tree, null);
      }

      @Override
      public @Nullable Void visitBindingPattern(BindingPatternTree pattern, @Nullable Void unused) {
        patterns.add(pattern.getVariable());
        return null;
      }
    }.scan(label, null);
    return patterns.stream().map(context.facts()::type).anyMatch(this::isAboveSelector);
  }

  private boolean isAboveSelector(TypeMirror pattern) {
    var types = context.body().types();
    return types.isSubtype(types.erasure(selector), types.erasure(pattern));
  }
}
