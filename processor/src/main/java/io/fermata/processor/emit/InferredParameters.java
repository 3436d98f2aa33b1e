package io.fermata.processor.emit;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import io.fermata.processor.machine.StateMachine;
import io.fermata.processor.machine.StateMachine.Section;
import io.fermata.processor.machine.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the types that only inference has among those that a generated class names: it declares a
 * type parameter for each.
 */
final class InferredParameters {

  private final Set<IrType.Inferred> found = new LinkedHashSet<>();

  private InferredParameters() {}

  /** In the order in which the class names them. */
  static List<IrType.Inferred> in(StateMachine machine) {
    InferredParameters types = new InferredParameters();
    types.note(machine.body().result());
    machine.body().parameters().forEach(types::note);
    machine.slots().forEach(slot -> types.note(slot.type()));
    machine.sections().forEach(types::note);
    return List.copyOf(types.found);
  }

  private void note(IrType type) {
    found.addAll(type.inferred());
  }

  private void note(IrLocal local) {
    note(local.type());
  }

  private void note(Section section) {
    section.locals().forEach(local -> note(local.type()));
    section.cases().forEach(each -> each.steps().forEach(this::note));
  }

  private void note(Step step) {
    if (step instanceof Step.Run run) {
      note(run.code());
    } else if (step instanceof Step.Let let) {
      note(let.type());
      let.value().ifPresent(this::note);
    } else if (step instanceof Step.Assign assign) {
      note(assign.value());
    } else if (step instanceof Step.Receive receive) {
      note(receive.type());
      receive.taker().ifPresent(taker -> note(taker.type()));
    } else if (step instanceof Step.If branch) {
      note(branch.condition());
      branch.then().forEach(this::note);
    } else if (step instanceof Step.Choose choose) {
      note(choose.selector());
      choose.arms().forEach(arm -> arm.assigns().forEach(this::note));
    } else if (step instanceof Step.Suspend suspend) {
      note(suspend.operand());
    } else if (step instanceof Step.Return result) {
      result.value().ifPresent(this::note);
    } else if (step instanceof Step.Throw thrown) {
      note(thrown.exception());
    }
  }

  private void note(Code code) {
    for (Part part : code.parts()) {
      if (part instanceof Part.TypeName name) {
        note(name.type());
      }
    }
  }
}
