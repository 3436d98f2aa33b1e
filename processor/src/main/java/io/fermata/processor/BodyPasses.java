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

  private final PassListener listener;

  BodyPasses(PassListener listener) {
    this.listener = listener;
  }

  @Override
  public LoweredMethod lower(AttributedBody body, List<Fault> faults) {
    LoweredMethod lowered = new LoweredMethod(body.method(), new Lowering().lower(body, faults));
    listener.after(Pass.LOWERING, lowered.method(), lowered.body());
    return lowered;
  }

  @Override
  public String emit(OwnerClass owner, List<LoweredMethod> methods) {
    List<TwinClass.Method> machines =
        methods.stream()
            .map(each -> new TwinClass.Method(each.method(), Optional.of(machine(each))))
            .toList();
    return new TwinEmitter().emit(new TwinClass(owner, machines));
  }

  private StateMachine machine(LoweredMethod lowered) {
    CoroutineMethod method = lowered.method();
    IrBody desugared = new Desugarer().desugar(lowered.body());
    listener.after(Pass.DESUGARING, method, desugared);
    IrBody spilled = new AwaitSpiller().spill(desugared);
    listener.after(Pass.SPILLING, method, spilled);
    FlowGraph graph = FlowBuilder.build(spilled);
    listener.after(Pass.FLOW, method, graph);
    StateMachine machine = MachineBuilder.build(graph);
    listener.after(Pass.MACHINE, method, machine);
    return machine;
  }
}
