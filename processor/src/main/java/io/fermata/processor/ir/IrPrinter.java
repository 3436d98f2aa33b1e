package io.fermata.processor.ir;

import static io.fermata.processor.ir.CodePrinter.indented;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints a body for {@code -Afermata.dump}, much like Java. What a pass has made of the source is
 * in words that Java does not have:
 *
 * <pre>
 * loop                     a loop without condition; its update, if any, in a block behind it
 * t = suspend await f()    a resume point that has been spilled; emit likewise
 * enter s = open()         a scope among the resources of a try
 * finally (thrown)         sees itself to what was thrown, if anything was
 * </pre>
 */
final class IrPrinter {
  private final CodePrinter code;

  IrPrinter(CodePrinter code) {
    this.code = code;
  }

  static String print(IrBody body) {
    CodePrinter code = new CodePrinter(IrPrinter::print);
    String parameters =
        body.parameters().stream().map(code::declaration).collect(Collectors.joining(", "));
    String classes =
        body.classes().stream()
            .map(each -> "class moved: " + code.code(each.declaration()) + "\n")
            .collect(Collectors.joining());
    return "(%s) -> %s\n".formatted(parameters, body.result())
        + classes
        + new IrPrinter(code).lines(body.statements());
  }

  String lines(List<IrStmt> statements) {
    return statements.stream().map(this::statement).collect(Collectors.joining());
  }

  private String statement(IrStmt statement) {
    if (statement instanceof IrStmt.Exec exec) {
      return line(code.code(exec.code()), exec.span());
    } else if (statement instanceof IrStmt.Declare declare) {
      String value = declare.value().map(expr -> " = " + code.expr(expr)).orElse("");
      return line(code.declaration(declare.local()) + value + ";", declare.span());
    } else if (statement instanceof IrStmt.Evaluate evaluate) {
      return line(code.expr(evaluate.expr()) + ";", evaluate.span());
    } else if (statement instanceof IrStmt.Suspend suspend) {
      return line(suspend(suspend), suspend.span());
    } else if (statement instanceof IrStmt.Throw exit) {
      return line("throw " + code.expr(exit.exception()) + ";", exit.span());
    } else if (statement instanceof IrStmt.Return exit) {
      String value = exit.value().map(expr -> " " + code.expr(expr)).orElse("");
      return line("return" + value + ";", exit.span());
    } else if (statement instanceof IrStmt.Break jump) {
      return line("break " + jump.target() + ";", jump.span());
    } else if (statement instanceof IrStmt.Continue jump) {
      return line("continue " + jump.target() + ";", jump.span());
    }
    return compound(statement);
  }

  private String suspend(IrStmt.Suspend suspend) {
    String taker = suspend.result().map(local -> code.name(local) + " = ").orElse("");
    String reason = suspend.reason().name().toLowerCase(Locale.ROOT);
    return "%ssuspend %s %s;".formatted(taker, reason, code.code(suspend.operand()));
  }

  private String compound(IrStmt statement) {
    if (statement instanceof IrStmt.Block block) {
      return block("", lines(block.statements()));
    } else if (statement instanceof IrStmt.If choice) {
      return block("if (" + code.expr(choice.condition()) + ")", body(choice.then()))
          + choice.otherwise().map(otherwise -> block("else", body(otherwise))).orElse("");
    } else if (statement instanceof IrStmt.Loop loop) {
      return loop(loop);
    } else if (statement instanceof IrStmt.ForEach loop) {
      String header =
          "%s: for (%s : %s)"
              .formatted(
                  loop.label(), code.declaration(loop.variable()), code.expr(loop.subject()));
      return block(header, body(loop.body()));
    } else if (statement instanceof IrStmt.Labeled labeled) {
      return block(labeled.label() + ":", body(labeled.statement()));
    } else if (statement instanceof IrStmt.Switch choice) {
      String cases = choice.cases().stream().map(this::oneCase).collect(Collectors.joining());
      return block(choice.label() + ": switch (" + code.expr(choice.selector()) + ")", cases);
    } else if (statement instanceof IrStmt.Try attempt) {
      String thrown = attempt.thrown().map(local -> " (" + code.name(local) + ")").orElse("");
      return block("try", lines(attempt.body()))
          + catches(attempt.catches())
          + attempt.finallyBody().map(last -> block("finally" + thrown, lines(last))).orElse("");
    }
    IrStmt.TryResources attempt = (IrStmt.TryResources) statement;
    String resources =
        attempt.resources().stream().map(this::resource).collect(Collectors.joining("; "));
    return block("try (" + resources + ")", lines(attempt.body()))
        + catches(attempt.catches())
        + attempt.finallyBody().map(last -> block("finally", lines(last))).orElse("");
  }

  private String loop(IrStmt.Loop loop) {
    String condition = loop.condition().map(expr -> " (" + code.expr(expr) + ")").orElse("");
    String test = loop.test() == IrStmt.Loop.Test.AFTER ? " until the end, then while" : " while";
    String header = loop.label() + ": loop" + (condition.isEmpty() ? "" : test + condition);
    String update = loop.update().isEmpty() ? "" : block("update", lines(loop.update()));
    return block(header, body(loop.body())) + update;
  }

  private String oneCase(IrStmt.Case each) {
    String bindings =
        each.bindings().stream()
            .map(one -> code.name(one.variable()) + " = " + code.name(one.declared()) + ";\n")
            .collect(Collectors.joining());
    String guard =
        each.guard()
            .map(one -> lines(one.before()) + "when " + code.expr(one.condition()) + ";\n")
            .orElse("");
    String arrow = each.end() == IrStmt.Case.End.BREAKS ? " ->" : ":";
    return block(code.code(each.label()) + arrow, bindings + guard + lines(each.body()));
  }

  private String catches(List<IrStmt.Catch> clauses) {
    return clauses.stream()
        .map(
            each -> {
              String types =
                  each.types().stream().map(Object::toString).collect(Collectors.joining(" | "));
              return block(
                  "catch (" + types + " " + code.name(each.variable()) + ")", lines(each.body()));
            })
        .collect(Collectors.joining());
  }

  private String resource(IrStmt.Resource resource) {
    boolean isScope = resource.protocol() == IrStmt.Resource.Protocol.ASYNC_SCOPE;
    return "%s%s = %s"
        .formatted(
            isScope ? "enter " : "",
            code.declaration(resource.variable()),
            code.expr(resource.value()));
  }

  /** The statements of a block, or a single one. */
  private String body(IrStmt statement) {
    return statement instanceof IrStmt.Block block
        ? lines(block.statements())
        : statement(statement);
  }

  private static String block(String header, String lines) {
    return header + (header.isEmpty() ? "{\n" : " {\n") + indented(lines) + "}\n";
  }

  /** A statement, with the user's line at its end. */
  private static String line(String text, Span span) {
    return span.line() > 0 ? text + "  // " + span.line() + "\n" : text + "\n";
  }
}
