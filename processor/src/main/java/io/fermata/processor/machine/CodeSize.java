package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.flow.Uses;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Estimates, on the high side, how many bytes of bytecode code becomes. */
final class CodeSize {
  private static final int STEP = 8;
  private static final int RESUME_POINT = 60;
  private static final int VARIABLE = 4;
  private static final int LAMBDA = 12;
  private static final int LOAD = 8;
  private static final int STORE = 8;
  private static final int JUMP = 14;

  /** A case of a switch on strings: hash, comparison, number. */
  private static final int STRING_CASE = 40;

  private CodeSize() {}

  static int of(Block block) {
    return block.ops().stream().mapToInt(CodeSize::of).sum() + of(block.end());
  }

  static int of(Op op) {
    if (op instanceof Op.Run run) {
      int exits =
          run.exits().stream().flatMap(exit -> exit.ops().stream()).mapToInt(CodeSize::of).sum();
      return of(run.code()) + exits;
    } else if (op instanceof Op.Set set) {
      return STEP + of(set.value().code());
    }
    return op instanceof Op.Undefine ? 0 : STEP;
  }

  static int of(Terminator end) {
    int code = Uses.codeOf(end).stream().mapToInt(CodeSize::of).sum();
    if (end instanceof Terminator.Suspend) {
      return code + RESUME_POINT;
    } else if (end instanceof Terminator.Switch choice) {
      return of(choice.selector().code()) + choice.arms().stream().mapToInt(CodeSize::of).sum();
    }
    return code + JUMP;
  }

  static int of(Terminator.Switch.Arm arm) {
    return ofLabel(arm.label());
  }

  private static int ofLabel(Code label) {
    boolean isString = label.toString().contains("\"");
    return of(label) + JUMP * 2 + (isString ? STRING_CASE : 0);
  }

  /** With the loads and stores of slots. */
  static int of(StateMachine.Section section) {
    return section.locals().size() * LOAD
        + section.cases().stream().mapToInt(each -> STEP + of(each.steps())).sum()
        + section.ways().stream()
            .mapToInt(way -> way.states().size() * STEP + way.stores().size() * STORE + JUMP)
            .sum()
        + section.regions().stream().mapToInt(region -> region.arms().size() * JUMP * 2).sum();
  }

  /** What could be put elsewhere: all steps but the largest that stays whole, and what saves. */
  static int ofOtherSteps(StateMachine.Section section) {
    int all = 0;
    int largest = 0;
    Deque<Step> steps = new ArrayDeque<>();
    section.cases().forEach(each -> steps.addAll(each.steps()));
    while (!steps.isEmpty()) {
      Step step = steps.remove();
      if (step instanceof Step.If branch) {
        steps.addAll(branch.then());
      } else if (!(step instanceof Step.Save)) {
        all += of(step);
        largest = step instanceof Step.Choose ? largest : Math.max(largest, of(step));
      }
    }
    return all - largest;
  }

  private static int of(List<Step> steps) {
    return steps.stream().mapToInt(CodeSize::of).sum();
  }

  private static int of(Step step) {
    if (step instanceof Step.Run run) {
      return of(run.code());
    } else if (step instanceof Step.Let let) {
      return STEP + let.value().map(CodeSize::of).orElse(0);
    } else if (step instanceof Step.Assign assign) {
      return STEP + of(assign.value());
    } else if (step instanceof Step.If branch) {
      return JUMP + of(branch.condition()) + of(branch.then());
    } else if (step instanceof Step.Choose choose) {
      return JUMP + of(choose.selector()) + choose.arms().stream().mapToInt(CodeSize::of).sum();
    } else if (step instanceof Step.Suspend suspend) {
      int slots = suspend.stores().size() + suspend.clears().size();
      return RESUME_POINT + of(suspend.operand()) + slots * STORE;
    } else if (step instanceof Step.Save save) {
      return (save.stores().size() + save.clears().size()) * STORE;
    } else if (step instanceof Step.Leave leave) {
      return JUMP + leave.stores().size() * STORE;
    } else if (step instanceof Step.Return result) {
      return STEP + result.value().map(CodeSize::of).orElse(0);
    } else if (step instanceof Step.Throw thrown) {
      return STEP + of(thrown.exception());
    }
    return STEP;
  }

  private static int of(Step.Choose.Arm arm) {
    return ofLabel(arm.label()) + arm.assigns().size() * STEP;
  }

  /** A character of code gives about a byte; names that are all letters give less. */
  private static int of(Code code) {
    int size = 0;
    for (Part part : code.parts()) {
      if (part instanceof Part.Text text) {
        size += (int) text.text().chars().filter(c -> !Character.isWhitespace(c)).count();
      } else if (part instanceof Part.NewCoroutine lambda) {
        size += LAMBDA + lambda.captures().size() * VARIABLE;
      } else if (part instanceof Part.Jump jump) {
        size += JUMP + jump.value().map(CodeSize::of).orElse(0);
      } else {
        size += VARIABLE;
      }
    }
    return size;
  }
}
