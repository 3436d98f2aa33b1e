package io.fermata.processor.emit;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a body as the Java method that it stands for, in which {@code await} just waits. */
final class BlockingText {
  private final StringBuilder out = new StringBuilder();

  private BlockingText() {}

  static String method(String name, IrBody body) {
    BlockingText text = new BlockingText();
    String parameters =
        body.parameters().stream()
            .map(each -> type(each.type()) + " " + each.name())
            .collect(Collectors.joining(", "));
    text.out.append("static ").append(type(body.result())).append(' ').append(name);
    text.out.append('(').append(parameters).append(") throws Throwable {\n");
    text.all(body.statements());
    text.out.append("}\n");
    return text.out.toString();
  }

  static String type(IrType type) {
    if (type instanceof IrType.Primitive primitive) {
      return primitive.keyword();
    }
    IrType.Declared declared = (IrType.Declared) type;
    return declared.packageName() + "." + String.join(".", declared.simpleNames());
  }

  private void all(List<IrStmt> statements) {
    statements.forEach(this::statement);
  }

  private void block(List<IrStmt> statements) {
    out.append("{\n");
    all(statements);
    out.append("}\n");
  }

  private void statement(IrStmt statement) {
    if (statement instanceof IrStmt.Exec exec) {
      out.append(code(exec.code())).append('\n');
    } else if (statement instanceof IrStmt.Declare declare) {
      out.append(type(declare.local().type())).append(' ').append(declare.local().name());
      declare.value().ifPresent(value -> out.append(" = ").append(value));
      out.append(";\n");
    } else if (statement instanceof IrStmt.Suspend suspend) {
      suspend(suspend);
    } else if (statement instanceof IrStmt.Block block) {
      boolean isDeclaration =
          block.statements().size() == 2
              && block.statements().get(0) instanceof IrStmt.Declare
              && block.statements().get(1) instanceof IrStmt.Suspend;
      if (isDeclaration) {
        all(block.statements());
      } else {
        block(block.statements());
      }
    } else if (statement instanceof IrStmt.If branch) {
      out.append("if (").append(branch.condition()).append(") ");
      block(List.of(branch.then()));
      branch
          .otherwise()
          .ifPresent(
              otherwise -> {
                out.append("else ");
                block(List.of(otherwise));
              });
    } else if (statement instanceof IrStmt.Loop loop) {
      loop(loop);
    } else if (statement instanceof IrStmt.Labeled labeled) {
      out.append(labeled.label()).append(": ");
      block(List.of(labeled.statement()));
    } else if (statement instanceof IrStmt.Switch choice) {
      choose(choice);
    } else if (statement instanceof IrStmt.Try attempt) {
      attempt(attempt);
    } else {
      jump(statement);
    }
  }

  private void jump(IrStmt statement) {
    if (statement instanceof IrStmt.Throw thrown) {
      out.append("throw ").append(thrown.exception()).append(";\n");
    } else if (statement instanceof IrStmt.Return result) {
      out.append("return ").append(result.value().map(Object::toString).orElse("")).append(";\n");
    } else if (statement instanceof IrStmt.Break jump) {
      out.append("break ").append(jump.target()).append(";\n");
    } else if (statement instanceof IrStmt.Continue jump) {
      out.append("continue ").append(jump.target()).append(";\n");
    } else {
      throw new IllegalArgumentException(statement.toString());
    }
  }

  private void suspend(IrStmt.Suspend suspend) {
    suspend
        .result()
        .ifPresent(local -> out.append(local).append(" = (").append(boxed(local)).append(") "));
    out.append("Hello.now(").append(code(suspend.operand())).append(");\n");
  }

  private static String boxed(IrLocal local) {
    return local.type().isReference() ? type(local.type()) : "Integer";
  }

  /** {@code continue} must still run the update, which may be more than an expression. */
  private void loop(IrStmt.Loop loop) {
    boolean testsFirst = loop.test() == IrStmt.Loop.Test.BEFORE;
    String condition = loop.condition().map(Object::toString).orElse("true");
    if (loop.update().isEmpty()) {
      out.append(loop.label()).append(testsFirst ? ": while (" + condition + ") " : ": do ");
      block(List.of(loop.body()));
      out.append(testsFirst ? "" : "while (" + condition + ");\n");
      return;
    }
    String first = "first_" + loop.label();
    out.append("boolean ").append(first).append(" = true;\n");
    out.append(loop.label()).append(": while (true) {\n");
    out.append("if (!").append(first).append(") ");
    block(loop.update());
    out.append(first).append(" = false;\n");
    out.append("if (!(").append(condition).append(")) break;\n");
    block(List.of(loop.body()));
    out.append("}\n");
  }

  private void choose(IrStmt.Switch choice) {
    out.append(choice.label()).append(": switch (").append(choice.selector()).append(") {\n");
    for (IrStmt.Case each : choice.cases()) {
      boolean falls = each.end() == IrStmt.Case.End.FALLS_THROUGH;
      out.append(code(each.label())).append(falls ? ":\n" : " -> {\n");
      all(each.body());
      out.append(falls ? "" : "}\n");
    }
    out.append("}\n");
  }

  private void attempt(IrStmt.Try attempt) {
    out.append("try ");
    block(attempt.body());
    for (IrStmt.Catch each : attempt.catches()) {
      String types =
          each.types().stream().map(BlockingText::type).collect(Collectors.joining(" | "));
      out.append("catch (").append(types).append(' ').append(each.variable()).append(") ");
      block(each.body());
    }
    attempt
        .finallyBody()
        .ifPresent(
            body -> {
              out.append("finally ");
              block(body);
            });
  }

  private static String code(Code code) {
    StringBuilder text = new StringBuilder();
    for (Part part : code.parts()) {
      text.append(part instanceof Part.TypeName name ? type(name.type()) : part.toString());
    }
    return text.toString();
  }
}
