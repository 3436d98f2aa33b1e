package io.fermata.processor.lowering;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/** Lowers {@code async(() -> …)}: a body of its own, which takes what it captures as parameters. */
final class LambdaLowering {

  private final BodyContext outer;

  LambdaLowering(BodyContext outer) {
    this.outer = outer;
  }

  Part.NewCoroutine lower(LambdaExpressionTree lambda, ExecutableElement async, Part.Place place) {
    Variables variables = new Variables(lambda, outer.variables());
    Optional<DeclaredType> type = typeOf(lambda, async);
    IrType result =
        givesValue(async) ? argument(type, 0).orElse(CommonTypes.OBJECT) : CommonTypes.VOID;
    BodyContext context =
        new BodyContext(
            outer.body(),
            outer.facts(),
            outer.reader(),
            outer.types(),
            outer.names(),
            outer.privates(),
            outer.classes(),
            variables,
            result);
    IrBody body = lower(lambda, context);
    outer.names().checkHandedOver(variables.captures(), "async(…)", lambda);
    return new Part.NewCoroutine(
        body, outer.typeParametersAround(lambda), thrown(type), variables.captures(), place);
  }

  private static IrBody lower(LambdaExpressionTree lambda, BodyContext context) {
    BodyLowering lowering = new BodyLowering(context);
    List<IrStmt> statements = statements(lambda.getBody(), lowering, context);
    return new IrBody(
        context.variables().parameters(), context.result(), statements, context.facts().names());
  }

  private static List<IrStmt> statements(Tree body, BodyLowering lowering, BodyContext context) {
    if (body instanceof BlockTree block) {
      return lowering.lowerAll(block.getStatements(), JumpTargets.NONE);
    }
    ExpressionTree expression = (ExpressionTree) body;
    return context.result().equals(CommonTypes.VOID)
        ? lowering.evaluate(expression, JumpTargets.NONE)
        : lowering.returning(Optional.of(expression), context.span(expression), JumpTargets.NONE);
  }

  private static boolean givesValue(ExecutableElement async) {
    return parameter(async).getSimpleName().contentEquals("AsyncCallable");
  }

  /** {@code AsyncCallable} or {@code AsyncRunnable}. */
  private static TypeElement parameter(ExecutableElement async) {
    return (TypeElement) ((DeclaredType) async.getParameters().get(0).asType()).asElement();
  }

  /** The {@code AsyncCallable<T, X>} or {@code AsyncRunnable<X>} that the lambda is. */
  private Optional<DeclaredType> typeOf(LambdaExpressionTree lambda, ExecutableElement async) {
    return outer
        .facts()
        .supertype(outer.facts().type(lambda), parameter(async).getQualifiedName().toString());
  }

  private Optional<IrType> thrown(Optional<DeclaredType> type) {
    return argument(type, type.map(each -> each.getTypeArguments().size() - 1).orElse(-1));
  }

  private Optional<IrType> argument(Optional<DeclaredType> type, int index) {
    return type.map(DeclaredType::getTypeArguments)
        .filter(arguments -> index >= 0 && index < arguments.size())
        .map(arguments -> outer.types().describeNamed(arguments.get(index)));
  }
}
