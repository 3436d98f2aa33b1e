package io.fermata.processor;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrLocalClass;
import io.fermata.processor.ir.IrRewriter;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks what the passes over a body guarantee: each variable is declared once, each jump has a
 * statement around it to go to, and what a pass takes out is gone.
 */
final class IrVerifier extends IrRewriter {
  private final Pass pass;
  private final IrBody body;
  private final Set<IrLocal> declared = new HashSet<>();
  private final Set<IrLocal> used = new LinkedHashSet<>();
  private final Set<IrLabel> around = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  private IrVerifier(Pass pass, IrBody body) {
    this.pass = pass;
    this.body = body;
  }

  /** What is wrong with a body after a pass; nothing if all is well. */
  static List<String> faults(Pass pass, IrBody body) {
    IrVerifier verifier = new IrVerifier(pass, body);
    body.parameters().forEach(verifier::declare);
    body.classes().forEach(verifier::moved);
    verifier.rewrite(body);
    verifier.used.removeAll(verifier.declared);
    // A class of the user's declares its own object.
    verifier.used.removeIf(local -> local.origin() == IrLocal.Origin.INSTANCE);
    verifier.used.forEach(local -> verifier.fault("not declared: " + local));
    return verifier.faults;
  }

  private void fault(String what) {
    faults.add(what + " after " + pass.displayName() + " in\n" + body);
  }

  private void declare(IrLocal local) {
    if (!declared.add(local)) {
      fault("declared twice: " + local);
    }
  }

  private void moved(IrLocalClass type) {
    type.fields().forEach(this::declare);
  }

  @Override
  protected List<IrStmt> statement(IrStmt statement) {
    boolean isDesugared =
        !(statement instanceof IrStmt.ForEach || statement instanceof IrStmt.TryResources);
    if (pass != Pass.LOWERING && !isDesugared) {
      fault("not desugared: " + statement);
    }
    if (pass != Pass.SPILLING && statement instanceof IrStmt.Suspend) {
      fault("spilled too early: " + statement);
    }
    declarationsOf(statement);
    if (statement instanceof IrStmt.Break jump) {
      goesTo(jump.target());
    } else if (statement instanceof IrStmt.Continue jump) {
      goesTo(jump.target());
    } else if (statement instanceof IrStmt.Suspend suspend) {
      code(suspend.operand());
      suspend.result().ifPresent(used::add);
    }
    List<IrLabel> labels = labelsOf(statement);
    around.addAll(labels);
    List<IrStmt> same = super.statement(statement);
    labels.forEach(around::remove);
    return same;
  }

  private void declarationsOf(IrStmt statement) {
    if (statement instanceof IrStmt.Declare declare) {
      declare(declare.local());
    } else if (statement instanceof IrStmt.ForEach loop) {
      declare(loop.variable());
    } else if (statement instanceof IrStmt.Switch choice) {
      choice.cases().stream()
          .flatMap(each -> each.bindings().stream())
          .forEach(binding -> declare(binding.variable()));
    } else if (statement instanceof IrStmt.Try attempt) {
      attempt.catches().forEach(clause -> declare(clause.variable()));
      attempt.thrown().ifPresent(this::declare);
    } else if (statement instanceof IrStmt.TryResources attempt) {
      attempt.catches().forEach(clause -> declare(clause.variable()));
      attempt.resources().forEach(resource -> declare(resource.variable()));
    }
  }

  private static List<IrLabel> labelsOf(IrStmt statement) {
    if (statement instanceof IrStmt.Loop loop) {
      return List.of(loop.label());
    } else if (statement instanceof IrStmt.ForEach loop) {
      return List.of(loop.label());
    } else if (statement instanceof IrStmt.Switch choice) {
      return List.of(choice.label());
    } else if (statement instanceof IrStmt.Labeled labeled) {
      return List.of(labeled.label());
    }
    return List.of();
  }

  private void goesTo(IrLabel label) {
    if (!around.contains(label)) {
      fault("no statement around has the label " + label);
    }
  }

  @Override
  protected IrExpr expr(IrExpr expr) {
    if (pass == Pass.SPILLING && !(expr instanceof IrExpr.Plain)) {
      fault("not spilled: " + expr);
    }
    return super.expr(expr);
  }

  @Override
  protected IrExpr.Target target(IrExpr.Target target) {
    if (target instanceof IrExpr.Target.Local local) {
      used.add(local.local());
    }
    return super.target(target);
  }

  @Override
  protected Code code(Code code) {
    for (Part part : code.parts()) {
      if (part instanceof Part.Declare declare) {
        declare(declare.local());
      } else if (part instanceof Part.Read read) {
        used.add(read.local());
      } else if (part instanceof Part.Write write) {
        used.add(write.local());
      } else if (part instanceof Part.Operand && pass == Pass.SPILLING) {
        fault("an operand is left in " + code);
      } else if (part instanceof Part.Operand operand) {
        expr(operand.expr());
      } else if (part instanceof Part.Jump jump) {
        jump.target().ifPresent(this::goesTo);
        jump.value().ifPresent(this::code);
      } else if (part instanceof Part.NewCoroutine lambda) {
        used.addAll(lambda.captures());
        faults.addAll(faults(pass, lambda.body()));
      }
    }
    return code;
  }
}
