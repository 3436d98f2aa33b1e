package io.fermata.processor.flow;

import java.util.stream.Collectors;

/** Prints a graph for {@code -Afermata.dump=flow}. */
final class FlowPrinter {
  private final StringBuilder out = new StringBuilder();

  private FlowPrinter() {}

  static String print(FlowGraph graph) {
    FlowPrinter printer = new FlowPrinter();
    graph.blocks().forEach(printer::block);
    graph.handlers().stream()
        .filter(handler -> !handler.arms().isEmpty())
        .forEach(printer::handler);
    return printer.out.toString();
  }

  private void block(Block block) {
    out.append(block.id()).append(':');
    if (block.handler() != Block.NO_HANDLER) {
      out.append(" [handler ").append(block.handler()).append(']');
    }
    out.append('\n');
    block.ops().forEach(op -> line(op(op)));
    line(end(block.end()));
  }

  private void handler(Handler handler) {
    out.append("handler ").append(handler.id());
    if (handler.outer() != Block.NO_HANDLER) {
      out.append(" in ").append(handler.outer());
    }
    out.append(":\n");
    handler.arms().forEach(arm -> line(arm(arm)));
  }

  private static String arm(Handler.Arm arm) {
    String types = arm.types().stream().map(Object::toString).collect(Collectors.joining(" | "));
    return types + arm.variable().map(v -> " " + v).orElse("") + " -> " + arm.target();
  }

  private static String op(Op op) {
    if (op instanceof Op.Run run) {
      String exits =
          run.exits().stream()
              .map(exit -> "\n    exit: " + exit(exit))
              .collect(Collectors.joining());
      return run.code() + exits;
    } else if (op instanceof Op.Set set) {
      return set.local() + " = " + set.value();
    } else if (op instanceof Op.Clear clear) {
      return "clear " + clear.local();
    } else if (op instanceof Op.Undefine undefine) {
      return "undefine " + undefine.local();
    } else if (op instanceof Op.Receive receive) {
      return receive.local().map(local -> local + " = ").orElse("") + "receive";
    }
    throw new IllegalArgumentException(op.toString());
  }

  private static String exit(Op.Exit exit) {
    return exit.ops().stream().map(op -> op(op) + "; ").collect(Collectors.joining())
        + end(exit.end());
  }

  private static String end(Terminator end) {
    if (end instanceof Terminator.Goto jump) {
      return "goto " + jump.target();
    } else if (end instanceof Terminator.Branch branch) {
      return "if (" + branch.condition() + ") " + branch.then() + " else " + branch.otherwise();
    } else if (end instanceof Terminator.Switch choice) {
      return "switch ("
          + choice.selector()
          + ")"
          + choice.arms().stream()
              .map(arm -> " " + arm.label() + " -> " + arm.target() + ";")
              .collect(Collectors.joining())
          + (choice.otherwise().isPresent()
              ? " otherwise -> " + choice.otherwise().getAsInt()
              : "");
    } else if (end instanceof Terminator.Suspend suspend) {
      return suspend.reason() + " " + suspend.operand() + " -> " + suspend.resume();
    } else if (end instanceof Terminator.Return result) {
      return "return" + result.value().map(value -> " " + value).orElse("");
    } else if (end instanceof Terminator.Throw thrown) {
      return "throw " + thrown.exception();
    }
    return "unreachable";
  }

  private void line(String text) {
    out.append("  ").append(text).append('\n');
  }
}
