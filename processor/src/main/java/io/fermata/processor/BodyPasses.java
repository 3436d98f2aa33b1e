package io.fermata.processor;

import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.desugar.Desugarer;
import io.fermata.processor.diagnostics.Fault;
import io.fermata.processor.emit.TwinClass;
import io.fermata.processor.emit.TwinEmitter;
import io.fermata.processor.flow.FlowBuilder;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.lowering.Lowering;
import io.fermata.processor.machine.MachineBuilder;
import io.fermata.processor.machine.StateMachine;
import io.fermata.processor.spill.AwaitSpiller;
import java.util.List;
import java.util.Optional;

/** The passes from a typed body to the source of the twin, in order. */
final class BodyPasses implements Passes<BodyPasses.LoweredMethod> {

  /** A coroutine once javac's trees are behind it. */
  record LoweredMethod(CoroutineMethod method, IrBody body) {}

  @Override
  public LoweredMethod lower(AttributedBody body, List<Fault> faults) {
    return new LoweredMethod(body.method(), new Lowering().lower(body, faults));
  }

  @Override
  public String emit(OwnerClass owner, List<LoweredMethod> methods) {
    List<TwinClass.Method> machines =
        methods.stream()
            .map(each -> new TwinClass.Method(each.method(), Optional.of(machine(each.body()))))
            .toList();
    return new TwinEmitter().emit(new TwinClass(owner, machines));
  }

  private static StateMachine machine(IrBody lowered) {
    IrBody desugared = new Desugarer().desugar(lowered);
    IrBody spilled = new AwaitSpiller().spill(desugared);
    FlowGraph graph = FlowBuilder.build(spilled);
    return MachineBuilder.build(graph);
  }
}
