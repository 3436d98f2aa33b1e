package io.fermata.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Span;
import io.fermata.processor.machine.StateMachine;
import io.fermata.processor.machine.StateMachine.Local;
import io.fermata.processor.machine.StateMachine.Names;
import io.fermata.processor.machine.StateMachine.Region;
import io.fermata.processor.machine.StateMachine.Section;
import io.fermata.processor.machine.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Prints {@code resume} of a generated class. */
final class ResumeEmitter {
  private static final int LONGEST_COMMENT = 90;
  private static final String JUMPED = "JUMPED";
  private static final String HANDED = "handed";

  private final StateMachine machine;
  private final String file;
  private final int table;
  private final CodeText text;

  ResumeEmitter(StateMachine machine, String file, int table, CodeText text) {
    this.machine = machine;
    this.file = file;
    this.table = table;
    this.text = text;
  }

  /** What a machine in several methods has beside its slots. */
  List<FieldSpec> fields() {
    if (machine.sections().size() == 1) {
      return List.of();
    }
    return List.of(
        FieldSpec.builder(
                ClassName.OBJECT, JUMPED, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("new $T()", Object.class)
            .build(),
        FieldSpec.builder(ClassName.OBJECT, HANDED, Modifier.PRIVATE).build());
  }

  /** {@code resume}, and the methods that it calls if there are several. */
  List<MethodSpec> methods(TypeName task) {
    List<Section> sections = machine.sections();
    if (sections.size() == 1) {
      Section only = sections.get(0);
      return List.of(resume("resume", only.names(), task).addCode(section(only)).build());
    }
    List<MethodSpec> methods = new ArrayList<>();
    methods.add(resume("resume", sections.get(0).names(), task).addCode(dispatch()).build());
    for (int i = 0; i < sections.size(); i++) {
      methods.add(part("resume" + (i + 1), sections.get(i), task));
    }
    return methods;
  }

  private static MethodSpec.Builder resume(String name, Names names, TypeName task) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(ClassName.OBJECT)
        .addParameter(task, names.task())
        .addParameter(ClassName.OBJECT, names.sent())
        .addParameter(TypeName.INT, names.depth())
        .addException(Throwable.class);
  }

  private MethodSpec part(String name, Section section, TypeName task) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE)
        .returns(ClassName.OBJECT)
        .addParameter(task, section.names().task())
        .addParameter(ClassName.OBJECT, section.names().sent())
        .addParameter(TypeName.INT, section.names().depth())
        .addException(Throwable.class)
        .addCode(section(section))
        .build();
  }

  /** Calls the method that has the state, again and again as long as they jump to each other. */
  private CodeBlock dispatch() {
    Names names = machine.sections().get(0).names();
    CodeBlock.Builder out = CodeBlock.builder();
    out.add("for (; ; ) {\n$>");
    out.add("$T result = switch (this.state) {\n$>", Object.class);
    for (int i = 0; i < machine.sections().size(); i++) {
      String states = i == machine.sections().size() - 1 ? "default" : "case " + ownStates(i);
      out.add(
          "$L -> resume$L($L, $L, $L);\n",
          states,
          i + 1,
          names.task(),
          names.sent(),
          names.depth());
    }
    out.add("$<};\n");
    out.add("if (result != $L) {\n$>return result;\n$<}\n", JUMPED);
    out.add("$L = this.$L;\n", names.sent(), HANDED);
    out.add("this.$L = null;\n", HANDED);
    return out.add("$<}\n").build();
  }

  private String ownStates(int section) {
    return machine.sections().get(section).cases().stream()
        .map(each -> state(each.state(), machine.sections().get(section).names()))
        .collect(Collectors.joining(", "));
  }

  private static String state(int state, Names names) {
    return state == StateMachine.START ? names.start() : Integer.toString(state);
  }

  // One method

  private CodeBlock section(Section section) {
    return new SectionPrinter(section).print();
  }

  private final class SectionPrinter {
    private final Section section;
    private final Names names;
    private final CodeBlock.Builder out = CodeBlock.builder();

    SectionPrinter(Section section) {
      this.section = section;
      this.names = section.names();
    }

    CodeBlock print() {
      section.locals().forEach(this::local);
      switch (section.form()) {
        case STRAIGHT -> section.cases().get(0).steps().forEach(this::step);
        case SWITCH -> cases("this.state");
        case LOOP -> loop();
      }
      return out.build();
    }

    private void local(Local local) {
      String value = local.slot().map(slot -> "this." + slot).orElseGet(() -> zero(local.type()));
      out.add("$T $L = $L;\n", Types.of(local.type()), local.name(), value);
    }

    private static String zero(IrType type) {
      if (!(type instanceof IrType.Primitive primitive)) {
        return "null";
      }
      return primitive.keyword().equals("boolean") ? "false" : "0";
    }

    private void loop() {
      out.add("int $L = this.state;\n", names.state());
      boolean guards = !section.regions().isEmpty();
      if (guards) {
        out.add("int $L = 0;\n", names.region());
      }
      if (section.cases().stream().anyMatch(each -> jumpsFromInside(each.steps()))) {
        out.add("$L:\n", names.loop());
      }
      out.add("for (; ; ) {\n$>");
      if (guards) {
        out.add("try {\n$>");
      }
      cases(names.state());
      if (guards) {
        out.add("$<} catch ($T $L) {\n$>", Throwable.class, names.caught());
        regions();
        out.add("$<}\n");
      }
      out.add("$<}\n");
    }

    /** Whether the user's own code holds a jump to a case, which needs the label. */
    private boolean jumpsFromInside(List<Step> steps) {
      String jump = "continue " + names.loop() + ";";
      return steps.stream()
          .anyMatch(
              step ->
                  (step instanceof Step.Run run && run.code().toString().contains(jump))
                      || (step instanceof Step.If branch && jumpsFromInside(branch.then())));
    }

    private void cases(String selector) {
      out.add("switch ($L) {\n$>", selector);
      section.cases().forEach(this::oneCase);
      section.ways().forEach(this::way);
      out.add("default:\n$>throw new $T($L);\n$<", AssertionError.class, selector);
      out.add("$<}\n");
    }

    private void way(StateMachine.Way way) {
      way.states().forEach(state -> out.add("case $L:\n", state(state, names)));
      out.add("$>");
      way.stores().forEach(this::store);
      out.add("this.state = $L;\nreturn $L;\n$<", names.state(), JUMPED);
    }

    private void oneCase(StateMachine.Case each) {
      boolean declares = each.steps().stream().anyMatch(SectionPrinter::declares);
      String open = declares ? " {\n$>" : "\n$>";
      out.add("case $L:" + open, state(each.state(), names));
      each.steps().forEach(this::step);
      out.add(declares ? "$<}\n" : "$<");
    }

    private static boolean declares(Step step) {
      return step instanceof Step.Let
          || (step instanceof Step.Receive receive
              && receive.taker().isPresent()
              && receive.taker().get().kind() == Step.Receive.Taker.Kind.DECLARED_HERE);
    }

    private void regions() {
      if (section.regions().size() == 1) {
        Region only = section.regions().get(0);
        out.add("if ($L == $L) {\n$>", names.region(), only.number());
        only.arms().forEach(this::arm);
        out.add("$<}\nthrow $L;\n", names.caught());
        return;
      }
      out.add("switch ($L) {\n$>", names.region());
      section.regions().forEach(this::region);
      out.add("default:\n$>throw $L;\n$<", names.caught());
      out.add("$<}\n");
    }

    private void region(Region region) {
      out.add("case $L:\n$>", region.number());
      region.arms().forEach(this::arm);
      if (region.arms().stream().noneMatch(SectionPrinter::catchesAll)) {
        out.add("throw $L;\n", names.caught());
      }
      out.add("$<");
    }

    private void arm(Region.Arm arm) {
      if (catchesAll(arm)) {
        take(arm);
      } else {
        out.add("if ($L) {\n$>", test(arm));
        take(arm);
        out.add("$<}\n");
      }
    }

    private static boolean catchesAll(Region.Arm arm) {
      return arm.types().contains(CommonTypes.THROWABLE);
    }

    private CodeBlock test(Region.Arm arm) {
      return arm.types().stream()
          .map(type -> CodeBlock.of("$L instanceof $T", names.caught(), Types.of(type)))
          .collect(CodeBlock.joining(" || "));
    }

    private void take(Region.Arm arm) {
      arm.variable().ifPresent(taker -> out.add("$L = $L;\n", taker.name(), caught(taker.type())));
      arm.cleared().forEach(name -> out.add("$L = null;\n", name));
      out.add("$L = $L;\ncontinue;\n", names.state(), state(arm.state(), names));
    }

    private CodeBlock caught(IrType type) {
      String told = "told(" + names.caught() + ")";
      return type.equals(CommonTypes.THROWABLE) ? CodeBlock.of("$L", told) : cast(type, told);
    }

    private CodeBlock cast(IrType type, String value) {
      return type.equals(CommonTypes.OBJECT)
          ? CodeBlock.of("$L", value)
          : CodeBlock.of("($T) $L", Types.boxed(type), value);
    }

    // Steps

    private void step(Step step) {
      if (step instanceof Step.Run run) {
        run(run);
      } else if (step instanceof Step.Let let) {
        CodeBlock value =
            let.value()
                .map(code -> CodeBlock.of(" = $L", text.print(code, let.span().line())))
                .orElseGet(() -> CodeBlock.of(""));
        mark(let.span());
        out.add("$T $L$L;\n", Types.of(let.type()), let.name(), value);
      } else if (step instanceof Step.Assign assign) {
        mark(assign.span());
        out.add("$L;\n", assignment(assign));
      } else if (step instanceof Step.Receive receive) {
        receive(receive);
      } else if (step instanceof Step.EnterRegion enter) {
        out.add("$L = $L;\n", names.region(), enter.region());
      } else if (step instanceof Step.If branch) {
        branch(branch);
      } else if (step instanceof Step.Choose choose) {
        choose(choose);
      } else if (step instanceof Step.Suspend suspend) {
        suspend(suspend);
      } else if (step instanceof Step.Save save) {
        save(save.stores(), save.clears());
      } else {
        exit(step);
      }
    }

    private void exit(Step step) {
      if (step instanceof Step.GoTo jump) {
        out.add("$L = $L;\ncontinue;\n", names.state(), state(jump.state(), names));
      } else if (step instanceof Step.Leave leave) {
        leave(leave);
      } else if (step instanceof Step.Return result) {
        mark(result.span());
        out.add("return $L;\n", value(result.value(), result.span()));
      } else if (step instanceof Step.Throw thrown) {
        mark(thrown.span());
        out.add("throw $L;\n", text.print(thrown.exception(), thrown.span().line()));
      } else {
        out.add("throw new $T();\n", AssertionError.class);
      }
    }

    private CodeBlock value(Optional<Code> value, Span span) {
      return value.map(code -> text.print(code, span.line())).orElseGet(() -> CodeBlock.of("null"));
    }

    private void run(Step.Run run) {
      String open =
          switch (run.wrap()) {
            case NONE -> "";
            case BRACES -> "{\n$>";
            case IF_TRUE -> "if (true) {\n$>";
          };
      out.add(open);
      mark(run.span());
      out.add("$L\n", text.print(run.code(), run.span().line()));
      if (run.wrap() != Step.Run.Wrap.NONE) {
        out.add("$<}\n");
      }
    }

    private CodeBlock assignment(Step.Assign assign) {
      return CodeBlock.of(
          "$L = $L", assign.name(), text.print(assign.value(), assign.span().line()));
    }

    private void receive(Step.Receive receive) {
      boolean isGuarded = receive.delivery() == Step.Receive.Delivery.VALUE_OR_FAILURE;
      String sent = isGuarded ? "received(" + names.sent() + ")" : names.sent();
      mark(receive.span());
      if (receive.taker().isEmpty()) {
        out.add("$L;\n", sent);
        return;
      }
      Step.Receive.Taker taker = receive.taker().get();
      if (taker.kind() == Step.Receive.Taker.Kind.DECLARED_HERE) {
        out.add("$T ", Types.of(taker.type()));
      }
      out.add("$L = $L;\n", taker.name(), cast(receive.type(), sent));
    }

    private void branch(Step.If branch) {
      mark(branch.span());
      CodeBlock condition = text.print(branch.condition(), branch.span().line());
      out.add("if ($L) {\n$>", condition);
      branch.then().forEach(this::step);
      out.add("$<}\n");
    }

    private void choose(Step.Choose choose) {
      mark(choose.span());
      CodeBlock selector = text.print(choose.selector(), choose.span().line());
      out.add("$L = switch ($L) {\n$>", names.state(), selector);
      choose.arms().forEach(this::chooseArm);
      choose.otherwise().ifPresent(state -> out.add("default -> $L;\n", state(state, names)));
      out.add("$<};\ncontinue;\n");
    }

    private void chooseArm(Step.Choose.Arm arm) {
      String state = state(arm.state(), names);
      CodeBlock label = text.print(arm.label(), 0);
      if (arm.assigns().isEmpty()) {
        out.add("$L -> $L;\n", label, state);
        return;
      }
      out.add("$L -> {\n$>", label);
      arm.assigns().forEach(assign -> out.add("$L;\n", assignment(assign)));
      out.add("yield $L;\n$<}\n", state);
    }

    private void suspend(Step.Suspend suspend) {
      comment(suspend.span());
      mark(suspend.span());
      CodeBlock operand = text.print(suspend.operand(), suspend.span().line());
      if (suspend.reason() == IrStmt.Suspend.Reason.EMIT) {
        out.add("this.current = $L;\n", operand);
        save(suspend.stores(), suspend.clears());
        out.add("this.state = $L;\nreturn $L;\n", suspend.state(), names.emitted());
        return;
      }
      out.add("$L = await($L, $L, $L);\n", names.sent(), names.task(), operand, names.depth());
      if (suspend.saving() == Step.Suspend.Saving.ALWAYS) {
        save(suspend.stores(), suspend.clears());
      }
      out.add("if ($L == $L) {\n$>", names.sent(), names.suspended());
      if (suspend.saving() == Step.Suspend.Saving.IF_SUSPENDED) {
        save(suspend.stores(), suspend.clears());
      }
      out.add("this.state = $L;\nreturn $L;\n$<}\n", suspend.state(), names.suspended());
    }

    private void save(List<Step.Store> stores, List<String> clears) {
      stores.forEach(this::store);
      clears.forEach(field -> out.add("this.$L = null;\n", field));
    }

    private void store(Step.Store store) {
      out.add("this.$L = $L;\n", store.field(), store.local());
    }

    private void leave(Step.Leave leave) {
      leave.stores().forEach(this::store);
      out.add("this.$L = $L;\n", HANDED, names.sent());
      out.add("this.state = $L;\nreturn $L;\n", leave.state(), JUMPED);
    }

    private void comment(Span span) {
      if (span.line() > 0) {
        String shown = span.text().replace("\\u", "\\ u");
        String short_ =
            shown.length() > LONGEST_COMMENT ? shown.substring(0, LONGEST_COMMENT) + " ..." : shown;
        out.add("// $L:$L  $L\n", file, span.line(), short_);
      }
    }

    private void mark(Span span) {
      out.add("$L", LineMarks.mark(table, span.line()));
    }
  }
}
