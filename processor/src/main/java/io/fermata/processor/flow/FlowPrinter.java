package io.fermata.processor.flow;

import io.fermata.processor.ir.CodePrinter;
import io.fermata.processor.ir.IrLocal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints a graph for {@code -Afermata.dump=flow}.
 *
 * <pre>
 * 0: [handler 0]
 *   await sleep(delay) -> 1
 * 1: [handler 0]
 *   t = receive
 *   goto 2
 * handler 0:
 *   Throwable thrown -> 2
 * </pre>
 */
final class FlowPrinter {
  private final StringBuilder out = new StringBuilder();
  private final CodePrinter code =
      new CodePrinter(lambda -> FlowPrinter.print(FlowBuilder.build(lambda)));

  private FlowPrinter() {}

  static String print(FlowGraph graph) {
    FlowPrinter printer = new FlowPrinter();
    graph.body().parameters().forEach(printer.code::name);
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

  private String arm(Handler.Arm arm) {
    String types = arm.types().stream().map(Object::toString).collect(Collectors.joining(" | "));
    String cleared = arm.cleared().isEmpty() ? "" : " clear " + names(arm.cleared());
    return types
        + arm.variable().map(local -> " " + code.name(local)).orElse("")
        + cleared
        + " -> "
        + arm.target();
  }

  private String names(List<IrLocal> locals) {
    return locals.stream().map(code::name).collect(Collectors.joining(", "));
  }

  private String op(Op op) {
    if (op instanceof Op.Run run) {
      String exits =
          run.exits().stream().map(exit -> "\n  exit: " + exit(exit)).collect(Collectors.joining());
      return code.code(run.code()) + exits;
    } else if (op instanceof Op.Set set) {
      return code.name(set.local()) + " = " + code.expr(set.value());
    } else if (op instanceof Op.Clear clear) {
      return "clear " + code.name(clear.local());
    } else if (op instanceof Op.Undefine undefine) {
      return "undefine " + code.name(undefine.local());
    }
    Op.Receive receive = (Op.Receive) op;
    return receive.local().map(local -> code.name(local) + " = ").orElse("") + "receive";
  }

  private String exit(Op.Exit exit) {
    return exit.ops().stream().map(op -> op(op) + "; ").collect(Collectors.joining())
        + end(exit.end());
  }

  private String end(Terminator end) {
    if (end instanceof Terminator.Goto jump) {
      return "goto " + jump.target();
    } else if (end instanceof Terminator.Branch branch) {
      return "if (%s) %d else %d"
          .formatted(code.expr(branch.condition()), branch.then(), branch.otherwise());
    } else if (end instanceof Terminator.Switch choice) {
      return choice(choice);
    } else if (end instanceof Terminator.Suspend suspend) {
      return "%s %s -> %d"
          .formatted(
              suspend.reason().name().toLowerCase(Locale.ROOT),
              code.code(suspend.operand()),
              suspend.resume());
    } else if (end instanceof Terminator.Return result) {
      return "return" + result.value().map(value -> " " + code.expr(value)).orElse("");
    } else if (end instanceof Terminator.Throw thrown) {
      return "throw " + code.expr(thrown.exception());
    }
    return "unreachable";
  }

  private String choice(Terminator.Switch choice) {
    String arms =
        choice.arms().stream()
            .map(arm -> "\n  " + code.code(arm.label()) + " -> " + arm.target())
            .collect(Collectors.joining());
    String otherwise =
        choice.otherwise().isPresent() ? "\n  otherwise -> " + choice.otherwise().getAsInt() : "";
    return "switch (" + code.expr(choice.selector()) + ")" + arms + otherwise;
  }

  private void line(String text) {
    out.append(text.indent(2));
  }
}
