package io.fermata.processor.lowering;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/**
 * The calls of {@code super(…)} in classes whose superclass is an inner class of what has moved, or
 * of the coroutine's class (JLS 8.8.7.1).
 */
final class SuperCalls {

  private final BodyContext context;
  private final Edits edits;

  SuperCalls(BodyContext context, Edits edits) {
    this.context = context;
    this.edits = edits;
  }

  /** Whether javac has put this statement there: the {@code super()} of a constructor. */
  static boolean isMadeUp(Tree tree, BodyContext context) {
    return tree instanceof StatementTree && context.body().end(tree) < 0;
  }

  /**
   * Writes what one of the superclass needs around it.
   *
   * @param place where the class stands
   */
  void qualify(ClassTree tree, Part.Place place) {
    List<MethodTree> constructors = constructors(tree);
    if (constructors.isEmpty() || constructors.stream().anyMatch(this::callsSuperAlone)) {
      outer(tree, place).ifPresent(outer -> qualify(tree, constructors, outer.then(".")));
    }
  }

  private List<MethodTree> constructors(ClassTree tree) {
    return tree.getMembers().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .filter(member -> member.getName().contentEquals("<init>"))
        .filter(member -> context.body().end(member) >= 0)
        .toList();
  }

  /** Whether the object around is not named before {@code super}, be it written or not. */
  private boolean callsSuperAlone(MethodTree constructor) {
    return constructor.getBody().getStatements().stream()
        .anyMatch(statement -> isMadeUp(statement, context) || isSuperCall(statement));
  }

  private Optional<Code> outer(ClassTree tree, Part.Place place) {
    return context.facts().requireElement(tree) instanceof TypeElement type
            && !type.getSimpleName().contentEquals("")
            && type.getSuperclass() instanceof DeclaredType superclass
        ? context.outerOf(superclass.asElement(), tree, place)
        : Optional.empty();
  }

  /** {@code super(…)} becomes {@code scope.super(…)}, and is written where Java adds it. */
  private void qualify(ClassTree tree, List<MethodTree> constructors, Code before) {
    List<Part> qualifier = before.parts();
    List<Part> call = new ArrayList<>(qualifier);
    call.add(new Part.Text("super();"));
    if (constructors.isEmpty()) {
      List<Part> constructor = new ArrayList<>();
      constructor.add(new Part.Lines(-1));
      constructor.add(new Part.Text("\n  " + tree.getSimpleName() + "() { "));
      constructor.addAll(call);
      constructor.add(new Part.Lines(-1));
      constructor.add(new Part.Text(" }\n"));
      edits.before(context.bodyStart(tree) + 1, constructor);
    }
    for (MethodTree constructor : constructors) {
      if (isMadeUp(constructor.getBody().getStatements().get(0), context)) {
        edits.before(context.body().start(constructor.getBody()) + 1, call);
      }
      constructor.getBody().getStatements().stream()
          .filter(statement -> !isMadeUp(statement, context) && isSuperCall(statement))
          .forEach(statement -> edits.before(context.body().start(statement), qualifier));
    }
  }

  private static boolean isSuperCall(StatementTree statement) {
    return statement instanceof ExpressionStatementTree expression
        && expression.getExpression() instanceof MethodInvocationTree call
        && call.getMethodSelect() instanceof IdentifierTree name
        && name.getName().contentEquals("super");
  }
}
