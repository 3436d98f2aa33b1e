package io.fermata.processor;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Handler;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.machine.StateMachine;
import io.fermata.processor.machine.StateMachine.Section;
import io.fermata.processor.machine.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks what the passes behind the body guarantee: every way leads to a block or state that is
 * there, nothing is there that no way leads to, and resume points begin with taking what was sent.
 */
final class MachineVerifier {

  private MachineVerifier() {}

  /** What is wrong with a flow graph; nothing if all is well. */
  static List<String> faults(FlowGraph graph) {
    List<String> faults = new ArrayList<>();
    Set<Integer> reached = new HashSet<>(Set.of(0));
    Set<Integer> resumed = new HashSet<>();
    for (Block block : graph.blocks()) {
      block.successors().forEach(reached::add);
      graph.armsOf(block).stream().map(Handler.Arm::target).forEach(reached::add);
      if (block.end() instanceof Terminator.Suspend suspend && !resumed.add(suspend.resume())) {
        faults.add("two resume points at " + suspend.resume());
      }
      for (int i = 0; i < block.ops().size(); i++) {
        Op op = block.ops().get(i);
        if (op instanceof Op.Run run && run.exits().size() != run.code().jumps().size()) {
          faults.add("exits and jumps differ: " + run);
        }
        if (i > 0 && op instanceof Op.Receive) {
          faults.add("receives in the middle of " + block.id());
        }
      }
    }
    for (Block block : graph.blocks()) {
      boolean receives = !block.ops().isEmpty() && block.ops().get(0) instanceof Op.Receive;
      if (receives != resumed.contains(block.id())) {
        faults.add("receives without a resume point, or the other way round: " + block.id());
      }
      if (graph.blocks().indexOf(block) != block.id() || !reached.remove(block.id())) {
        faults.add("never reached, or misplaced: " + block.id());
      }
    }
    reached.forEach(missing -> faults.add("no such block: " + missing));
    return faults.stream().map(each -> each + " in\n" + graph).toList();
  }

  /** What is wrong with a state machine; nothing if all is well. */
  static List<String> faults(StateMachine machine) {
    List<String> faults = new ArrayList<>();
    Set<Integer> everywhere = new HashSet<>();
    Set<Integer> entered = new HashSet<>(Set.of(StateMachine.START));
    Set<String> fields = new HashSet<>();
    machine.slots().stream()
        .filter(slot -> !fields.add(slot.field()))
        .forEach(slot -> faults.add("two slots: " + slot.field()));
    for (Section section : machine.sections()) {
      Set<Integer> states = new HashSet<>();
      section.cases().stream()
          .filter(each -> !states.add(each.state()))
          .forEach(each -> faults.add("two cases of one section: " + each.state()));
      Set<Integer> targets = new HashSet<>();
      allSteps(section).forEach(step -> collect(step, targets, entered));
      section.regions().stream()
          .flatMap(region -> region.arms().stream())
          .forEach(arm -> targets.add(arm.state()));
      entered.addAll(targets);
      targets.removeAll(states);
      section.ways().forEach(way -> targets.removeAll(way.states()));
      targets.forEach(state -> faults.add("no such state in the section: " + state));
      everywhere.addAll(states);
    }
    Set<Integer> missing = new HashSet<>(entered);
    missing.removeAll(everywhere);
    missing.forEach(state -> faults.add("no such state: " + state));
    everywhere.removeAll(entered);
    everywhere.forEach(state -> faults.add("no resume point of, and no jump to " + state));
    return faults.stream().map(each -> each + " in\n" + machine).toList();
  }

  private static Stream<Step> allSteps(Section section) {
    return section.cases().stream()
        .flatMap(each -> each.steps().stream())
        .flatMap(MachineVerifier::all);
  }

  private static Stream<Step> all(Step step) {
    return step instanceof Step.If branch
        ? Stream.concat(Stream.of(step), branch.then().stream().flatMap(MachineVerifier::all))
        : Stream.of(step);
  }

  private static void collect(Step step, Set<Integer> targets, Set<Integer> entered) {
    if (step instanceof Step.GoTo jump) {
      targets.add(jump.state());
    } else if (step instanceof Step.Choose choose) {
      choose.arms().forEach(arm -> targets.add(arm.state()));
      choose.otherwise().ifPresent(targets::add);
    } else if (step instanceof Step.Suspend suspend) {
      entered.add(suspend.state());
    } else if (step instanceof Step.Leave leave) {
      entered.add(leave.state());
    } else if (step instanceof Step.Run run) {
      Jumps.in(run).forEach(targets::add);
    }
  }

  /** Jumps in the user's own code are text by then. */
  private static final class Jumps {
    private static final java.util.regex.Pattern JUMP =
        java.util.regex.Pattern.compile("\\bstate(?:\\$\\d+)? = (-?\\d+); continue\\b");

    static List<Integer> in(Step.Run run) {
      return JUMP.matcher(run.code().toString())
          .results()
          .map(match -> Integer.valueOf(match.group(1)))
          .toList();
    }
  }
}
