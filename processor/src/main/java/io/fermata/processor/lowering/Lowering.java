package io.fermata.processor.lowering;

import com.sun.source.tree.VariableTree;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.declaration.TypeReader;
import io.fermata.processor.diagnostics.Fault;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lowers the typed tree of a coroutine's body to the IR.
 *
 * <pre>
 * for (int i = 0; i &lt; n; i++) {        Block[Declare i, Loop(i &lt; n; i++)[
 *   log(i);                              Exec self.log(i);
 *   s += await(f(i));                    Evaluate(CompoundAssign(s, +, Await(f(i))))]]
 * }
 * </pre>
 *
 * <p>Guarantees: statements and expressions without a resume point are one {@code Exec} or {@code
 * Plain} each; names in them mean in the generated class what they meant in the user's; nothing of
 * javac's is kept. Does not change what stands around a resume point: later passes do.
 */
public final class Lowering {

  /** Lowers one body; what the generated class cannot do is added to {@code faults}. */
  public IrBody lower(AttributedBody body, List<Fault> faults) {
    BodyFacts facts = new BodyFacts(body);
    LocalClasses classes = new LocalClasses(body, facts.names());
    TypeReader reader =
        TypeReader.ofBody(
            body.types(),
            body.element(),
            body.method().owner().notForTypeParameters(facts.classNames()),
            classes::anonymousName);
    TypeNames types = new TypeNames(reader, classes, new InferredTypes(facts.names()));
    Variables variables = new Variables(facts, types, body.tree(), self(body.method(), types));
    NameResolver names = new NameResolver(body, facts, types, faults);
    PrivateMembers privates = new PrivateMembers(body, names, types, reader);
    IrType result = result(body.method(), types);
    BodyContext context =
        new BodyContext(body, facts, reader, types, names, privates, classes, variables, result);
    new LocalClassLowering(context).announceAnonymous();
    List<IrLocal> parameters = parameters(context);
    Optional<IrStmt> initialization = new OwnerInitialization(context).statement();
    List<IrStmt> statements = new ArrayList<>(initialization.stream().toList());
    statements.addAll(
        new BodyLowering(context)
            .lowerAll(body.tree().getBody().getStatements(), JumpTargets.NONE));
    if (faults.stream().noneMatch(Fault::isError)) {
      faults.addAll(facts.leftovers().faults());
    }
    return new IrBody(
        parameters,
        context.result(),
        statements,
        classes.declarations(),
        facts.classNames(),
        initialization.isPresent() ? IrBody.Start.INITIALIZES_OWNER : IrBody.Start.AT_ONCE,
        facts.names(),
        privates.used());
  }

  private static @Nullable IrLocal self(CoroutineMethod method, TypeNames types) {
    return method
        .self()
        .map(
            parameter ->
                new IrLocal(parameter.name(), types.of(parameter.type()), IrLocal.Origin.SELF))
        .orElse(null);
  }

  private static IrType result(CoroutineMethod method, TypeNames types) {
    return method.kind() == CoroutineMethod.Kind.COROUTINE
        ? types.of(method.returned())
        : CommonTypes.VOID;
  }

  private static List<IrLocal> parameters(BodyContext context) {
    List<IrLocal> parameters = new ArrayList<>();
    context.variables().self().ifPresent(parameters::add);
    boolean isGenerator = context.body().method().sink() != null;
    List<? extends VariableTree> declared = context.body().tree().getParameters();
    for (VariableTree parameter : declared.subList(isGenerator ? 1 : 0, declared.size())) {
      parameters.add(context.variables().parameter(context.facts().requireElement(parameter)));
    }
    return parameters;
  }
}
