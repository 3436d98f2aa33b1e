package io.fermata.processor.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rebuilds a body from the leaves up. A pass overrides what it changes; the rest is rebuilt as it
 * is.
 */
public abstract class IrRewriter {

  /** For passes. */
  protected IrRewriter() {}

  /** The body with every statement rewritten. */
  public final IrBody rewrite(IrBody body) {
    return new IrBody(
        body.parameters(),
        body.result(),
        all(body.statements()),
        body.classes().stream().map(this::rewritten).toList(),
        body.classNames(),
        body.start(),
        body.reserved(),
        body.accessors());
  }

  private IrLocalClass rewritten(IrLocalClass type) {
    return new IrLocalClass(
        type.scope(), type.typeParameters(), type.fields(), code(type.declaration()), type.line());
  }

  /** Statements in order; one may become several. */
  protected List<IrStmt> all(List<IrStmt> statements) {
    List<IrStmt> rewritten = new ArrayList<>();
    statements.forEach(statement -> rewritten.addAll(statement(statement)));
    return rewritten;
  }

  /** A statement where only one may stand. */
  protected final IrStmt one(IrStmt statement) {
    List<IrStmt> rewritten = statement(statement);
    return rewritten.size() == 1 ? rewritten.get(0) : new IrStmt.Block(rewritten);
  }

  /** What stands in the place of a statement. */
  protected List<IrStmt> statement(IrStmt statement) {
    return List.of(rebuilt(statement));
  }

  /** Code with what it nests rewritten: operands and the bodies of coroutine lambdas. */
  protected Code code(Code code) {
    return code.map(
        part -> {
          if (part instanceof Part.Operand operand) {
            return new Part.Operand(expr(operand.expr()));
          }
          if (part instanceof Part.NewCoroutine lambda) {
            return new Part.NewCoroutine(
                rewrite(lambda.body()),
                lambda.typeParameters(),
                lambda.thrown(),
                lambda.captures(),
                lambda.place());
          }
          if (part instanceof Part.Jump jump) {
            return new Part.Jump(jump.kind(), jump.target(), jump.value().map(this::code));
          }
          return part;
        });
  }

  /** An expression with its parts rewritten. */
  protected IrExpr expr(IrExpr expr) {
    if (expr instanceof IrExpr.Plain plain) {
      return new IrExpr.Plain(code(plain.code()), plain.type(), plain.stability());
    }
    if (expr instanceof IrExpr.Await await) {
      return new IrExpr.Await(expr(await.operand()), await.type(), await.span());
    }
    if (expr instanceof IrExpr.Emit emit) {
      return new IrExpr.Emit(expr(emit.value()), emit.span());
    }
    if (expr instanceof IrExpr.Composite composite) {
      return new IrExpr.Composite(code(composite.code()), composite.type());
    }
    if (expr instanceof IrExpr.Conditional conditional) {
      return new IrExpr.Conditional(
          expr(conditional.condition()),
          expr(conditional.whenTrue()),
          expr(conditional.whenFalse()),
          conditional.type());
    }
    if (expr instanceof IrExpr.ShortCircuit binary) {
      return new IrExpr.ShortCircuit(binary.operator(), expr(binary.left()), expr(binary.right()));
    }
    if (expr instanceof IrExpr.Assign assign) {
      return new IrExpr.Assign(target(assign.target()), expr(assign.value()));
    }
    if (expr instanceof IrExpr.CompoundAssign assign) {
      return new IrExpr.CompoundAssign(
          target(assign.target()), assign.operator(), expr(assign.value()));
    }
    if (expr instanceof IrExpr.Increment increment) {
      return new IrExpr.Increment(
          target(increment.target()), increment.operator(), increment.fix());
    }
    IrExpr.Sequence sequence = (IrExpr.Sequence) expr;
    return new IrExpr.Sequence(all(sequence.statements()), expr(sequence.value()));
  }

  /** What is assigned, with its parts rewritten. */
  protected IrExpr.Target target(IrExpr.Target target) {
    if (target instanceof IrExpr.Target.Field field) {
      return new IrExpr.Target.Field(
          field.receiver().map(this::expr), code(field.name()), field.type());
    }
    if (target instanceof IrExpr.Target.Element element) {
      return new IrExpr.Target.Element(
          expr(element.array()), expr(element.index()), element.type());
    }
    return target;
  }

  /** A statement with its parts rewritten. */
  protected final IrStmt rebuilt(IrStmt statement) {
    if (statement instanceof IrStmt.Exec exec) {
      return new IrStmt.Exec(code(exec.code()), exec.span());
    }
    if (statement instanceof IrStmt.Declare declare) {
      return new IrStmt.Declare(declare.local(), declare.value().map(this::expr), declare.span());
    }
    if (statement instanceof IrStmt.Evaluate evaluate) {
      return new IrStmt.Evaluate(expr(evaluate.expr()), evaluate.span());
    }
    if (statement instanceof IrStmt.Block block) {
      return new IrStmt.Block(all(block.statements()));
    }
    if (statement instanceof IrStmt.If choice) {
      return new IrStmt.If(
          expr(choice.condition()),
          one(choice.then()),
          choice.otherwise().map(this::one),
          choice.span());
    }
    if (statement instanceof IrStmt.Loop loop) {
      return new IrStmt.Loop(
          loop.label(),
          loop.test(),
          loop.condition().map(this::expr),
          one(loop.body()),
          all(loop.update()),
          loop.span());
    }
    if (statement instanceof IrStmt.ForEach loop) {
      return new IrStmt.ForEach(
          loop.label(),
          loop.over(),
          loop.variable(),
          expr(loop.subject()),
          loop.element(),
          one(loop.body()),
          loop.span());
    }
    if (statement instanceof IrStmt.Labeled labeled) {
      return new IrStmt.Labeled(labeled.label(), one(labeled.statement()));
    }
    if (statement instanceof IrStmt.Switch choice) {
      return new IrStmt.Switch(
          choice.label(),
          choice.form(),
          expr(choice.selector()),
          choice.cases().stream().map(this::rebuilt).toList(),
          choice.span());
    }
    return rebuiltExit(statement);
  }

  private IrStmt rebuiltExit(IrStmt statement) {
    if (statement instanceof IrStmt.Try attempt) {
      return new IrStmt.Try(
          all(attempt.body()),
          catches(attempt.catches()),
          optional(attempt.finallyBody()),
          attempt.thrown(),
          attempt.span());
    }
    if (statement instanceof IrStmt.TryResources attempt) {
      return new IrStmt.TryResources(
          attempt.resources().stream().map(this::rebuilt).toList(),
          all(attempt.body()),
          catches(attempt.catches()),
          optional(attempt.finallyBody()),
          attempt.swallowing(),
          attempt.span());
    }
    if (statement instanceof IrStmt.Throw exit) {
      return new IrStmt.Throw(expr(exit.exception()), exit.span());
    }
    if (statement instanceof IrStmt.Return exit) {
      return new IrStmt.Return(exit.value().map(this::expr), exit.span());
    }
    return statement;
  }

  /** Catch clauses with their bodies rewritten. */
  protected final List<IrStmt.Catch> catches(List<IrStmt.Catch> clauses) {
    return clauses.stream()
        .map(clause -> new IrStmt.Catch(clause.types(), clause.variable(), all(clause.body())))
        .toList();
  }

  /** A body that may be missing. */
  protected final Optional<List<IrStmt>> optional(Optional<List<IrStmt>> body) {
    return body.map(this::all);
  }

  private IrStmt.Case rebuilt(IrStmt.Case one) {
    return new IrStmt.Case(
        code(one.label()),
        one.takes(),
        one.bindings(),
        one.guard().map(this::guard),
        all(one.body()),
        one.end());
  }

  /** A guard with its parts rewritten. */
  protected IrStmt.Case.Guard guard(IrStmt.Case.Guard guard) {
    return new IrStmt.Case.Guard(all(guard.before()), expr(guard.condition()), guard.span());
  }

  private IrStmt.Resource rebuilt(IrStmt.Resource resource) {
    return new IrStmt.Resource(
        resource.protocol(), resource.variable(), expr(resource.value()), resource.span());
  }
}
