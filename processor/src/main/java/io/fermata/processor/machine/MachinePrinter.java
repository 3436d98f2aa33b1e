package io.fermata.processor.machine;

import io.fermata.processor.flow.FlowBuilder;
import io.fermata.processor.ir.CodePrinter;
import io.fermata.processor.machine.StateMachine.Region;
import io.fermata.processor.machine.StateMachine.Section;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints a machine for {@code -Afermata.dump=machine}.
 *
 * <pre>
 * slots: String what
 * START:
 *   suspend await sleep(delay), state 2, clear delay
 * 2:
 *   return what
 * </pre>
 */
final class MachinePrinter {
  private final StringBuilder out = new StringBuilder();
  private final CodePrinter code =
      new CodePrinter(
          lambda -> MachinePrinter.print(MachineBuilder.build(FlowBuilder.build(lambda))));

  private MachinePrinter() {}

  static String print(StateMachine machine) {
    MachinePrinter printer = new MachinePrinter();
    printer.slots(machine.slots());
    for (int i = 0; i < machine.sections().size(); i++) {
      if (machine.sections().size() > 1) {
        printer.line("section " + (i + 1));
      }
      printer.section(machine.sections().get(i));
    }
    return printer.out.toString();
  }

  private void slots(List<StateMachine.Slot> slots) {
    if (!slots.isEmpty()) {
      line(
          slots.stream()
              .map(slot -> slot.type() + " " + slot.field())
              .collect(Collectors.joining(", ", "slots: ", "")));
    }
  }

  private void section(Section section) {
    for (StateMachine.Local local : section.locals()) {
      String slot = local.slot().map(field -> " = this." + field).orElse("");
      line("local: " + local.type() + " " + local.name() + slot);
    }
    for (StateMachine.Case each : section.cases()) {
      line(state(each.state()) + ":");
      out.append(steps(each.steps()).indent(2));
    }
    section.ways().forEach(this::way);
    section.regions().forEach(this::region);
  }

  private void way(StateMachine.Way way) {
    line(
        way.states().stream()
            .map(MachinePrinter::state)
            .collect(Collectors.joining(", ", "other section: ", stores(way.stores()))));
  }

  private void region(Region region) {
    line("region " + region.number() + ":");
    for (Region.Arm arm : region.arms()) {
      String types = arm.types().stream().map(Object::toString).collect(Collectors.joining(" | "));
      String taker = arm.variable().map(target -> " " + target.name()).orElse("");
      String cleared = arm.cleared().isEmpty() ? "" : ", clear " + String.join(", ", arm.cleared());
      line("  " + types + taker + " -> " + state(arm.state()) + cleared);
    }
  }

  private String steps(List<Step> steps) {
    return steps.stream().map(step -> step(step) + "\n").collect(Collectors.joining());
  }

  private String step(Step step) {
    if (step instanceof Step.Run run) {
      return code.code(run.code());
    } else if (step instanceof Step.Let let) {
      return let.type() + " " + let.name() + let.value().map(v -> " = " + code.code(v)).orElse("");
    } else if (step instanceof Step.Assign assign) {
      return assign.name() + " = " + code.code(assign.value());
    } else if (step instanceof Step.Receive receive) {
      return receive.taker().map(taker -> taker.name() + " = ").orElse("") + "receive";
    } else if (step instanceof Step.EnterRegion enter) {
      return "region " + enter.region();
    } else if (step instanceof Step.If branch) {
      return "if ("
          + code.code(branch.condition())
          + ")\n"
          + steps(branch.then()).indent(2).stripTrailing();
    } else if (step instanceof Step.Choose choose) {
      return choose(choose);
    } else if (step instanceof Step.Suspend suspend) {
      return suspend(suspend);
    } else if (step instanceof Step.Save save) {
      return "save" + stores(save.stores()) + clears(save.clears());
    }
    return exit(step);
  }

  private String choose(Step.Choose choose) {
    String arms =
        choose.arms().stream()
            .map(arm -> "\n  " + code.code(arm.label()) + " -> " + state(arm.state()))
            .collect(Collectors.joining());
    String otherwise =
        choose.otherwise().isPresent()
            ? "\n  otherwise -> " + state(choose.otherwise().getAsInt())
            : "";
    return "switch (" + code.code(choose.selector()) + ")" + arms + otherwise;
  }

  private String suspend(Step.Suspend suspend) {
    boolean always = suspend.saving() == Step.Suspend.Saving.ALWAYS;
    return "suspend %s %s, state %d%s%s%s"
        .formatted(
            suspend.reason().name().toLowerCase(Locale.ROOT),
            code.code(suspend.operand()),
            suspend.state(),
            always ? ", in any case" : "",
            stores(suspend.stores()),
            clears(suspend.clears()));
  }

  private static String clears(List<String> clears) {
    return clears.isEmpty() ? "" : ", clear " + String.join(", ", clears);
  }

  private static String stores(List<Step.Store> stores) {
    return stores.isEmpty()
        ? ""
        : stores.stream().map(Step.Store::local).collect(Collectors.joining(", ", ", store ", ""));
  }

  private String exit(Step step) {
    if (step instanceof Step.GoTo jump) {
      return "goto " + state(jump.state());
    } else if (step instanceof Step.Leave leave) {
      return "leave for " + state(leave.state()) + stores(leave.stores());
    } else if (step instanceof Step.Return result) {
      return "return" + result.value().map(value -> " " + code.code(value)).orElse("");
    } else if (step instanceof Step.Throw thrown) {
      return "throw " + code.code(thrown.exception());
    }
    return "unreachable";
  }

  private static String state(int state) {
    return state == StateMachine.START ? "START" : Integer.toString(state);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
