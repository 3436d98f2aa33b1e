package io.fermata.processor.ir;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Prints code and expressions for {@code -Afermata.dump}. Variables that share a name are told
 * apart: {@code t}, {@code t$2}.
 */
public final class CodePrinter {
  private final Map<IrLocal, String> names = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Function<IrBody, String> lambdaBody;

  /**
   * Creates a printer.
   *
   * @param lambdaBody prints the body of a coroutine lambda, as lines
   */
  public CodePrinter(Function<IrBody, String> lambdaBody) {
    this.lambdaBody = lambdaBody;
  }

  /** The name of a variable, which no other has. */
  public String name(IrLocal local) {
    return names.computeIfAbsent(
        local,
        each -> {
          int count = counts.merge(each.name(), 1, Integer::sum);
          return count == 1 ? each.name() : each.name() + "$" + count;
        });
  }

  /** A variable as it is declared: {@code int n}. */
  public String declaration(IrLocal local) {
    return local.type() + " " + name(local);
  }

  /** The code with its variables named. */
  public String code(Code code) {
    return code.parts().stream().map(this::part).collect(Collectors.joining());
  }

  private String part(Part part) {
    if (part instanceof Part.TypeName type) {
      return type.type().toString();
    } else if (part instanceof Part.Read read) {
      return name(read.local());
    } else if (part instanceof Part.Write write) {
      return name(write.local());
    } else if (part instanceof Part.Declare declare) {
      return name(declare.local());
    } else if (part instanceof Part.Operand operand) {
      return "{" + expr(operand.expr()) + "}";
    } else if (part instanceof Part.Jump jump) {
      return jump(jump);
    } else if (part instanceof Part.NewCoroutine lambda) {
      return lambda(lambda);
    }
    return ((Part.Text) part).text();
  }

  private String jump(Part.Jump jump) {
    return jump.kind().name().toLowerCase(Locale.ROOT)
        + jump.target().map(label -> " " + label).orElse("")
        + jump.value().map(value -> " " + code(value)).orElse("")
        + ";";
  }

  private String lambda(Part.NewCoroutine lambda) {
    String captures = lambda.captures().stream().map(this::name).collect(Collectors.joining(", "));
    return "async (" + captures + ") -> {\n" + indented(lambdaBody.apply(lambda.body())) + "}";
  }

  /** The expression; operands of what is not cut yet stand in braces. */
  public String expr(IrExpr expr) {
    if (expr instanceof IrExpr.Plain plain) {
      return code(plain.code());
    } else if (expr instanceof IrExpr.Await await) {
      return "await(" + expr(await.operand()) + ")";
    } else if (expr instanceof IrExpr.Emit emit) {
      return "emit(" + expr(emit.value()) + ")";
    } else if (expr instanceof IrExpr.Composite composite) {
      return code(composite.code());
    } else if (expr instanceof IrExpr.Conditional choice) {
      return "%s ? %s : %s"
          .formatted(expr(choice.condition()), expr(choice.whenTrue()), expr(choice.whenFalse()));
    } else if (expr instanceof IrExpr.ShortCircuit both) {
      return "%s %s %s".formatted(expr(both.left()), both.operator(), expr(both.right()));
    }
    return assignment(expr);
  }

  private String assignment(IrExpr expr) {
    if (expr instanceof IrExpr.Assign assign) {
      return target(assign.target()) + " = " + expr(assign.value());
    } else if (expr instanceof IrExpr.CompoundAssign assign) {
      return "%s %s= %s"
          .formatted(target(assign.target()), assign.operator(), expr(assign.value()));
    } else if (expr instanceof IrExpr.Increment increment) {
      return increment.fix() == IrExpr.Increment.Fix.PREFIX
          ? increment.operator() + target(increment.target())
          : target(increment.target()) + increment.operator();
    }
    IrExpr.Sequence sequence = (IrExpr.Sequence) expr;
    return "{\n"
        + indented(new IrPrinter(this).lines(sequence.statements()))
        + "  gives "
        + expr(sequence.value())
        + "\n}";
  }

  private String target(IrExpr.Target target) {
    if (target instanceof IrExpr.Target.Local local) {
      return name(local.local());
    } else if (target instanceof IrExpr.Target.Element element) {
      return expr(element.array()) + "[" + expr(element.index()) + "]";
    }
    IrExpr.Target.Field field = (IrExpr.Target.Field) target;
    return field.receiver().map(receiver -> expr(receiver) + ".").orElse("") + code(field.name());
  }

  /** Lines moved to the right. */
  static String indented(String lines) {
    return lines.indent(2);
  }
}
