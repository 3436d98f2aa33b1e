package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.flow.Uses;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.Part;

/** Estimates, on the high side, how many bytes of bytecode code becomes. */
final class CodeSize {
  private static final int STEP = 8;
  private static final int RESUME_POINT = 60;
  private static final int VARIABLE = 4;
  private static final int LAMBDA = 12;
  private static final int JUMP = 14;

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

  private static int of(Terminator end) {
    int code = Uses.codeOf(end).stream().mapToInt(CodeSize::of).sum();
    if (end instanceof Terminator.Suspend) {
      return code + RESUME_POINT;
    } else if (end instanceof Terminator.Switch choice) {
      return code + choice.arms().size() * JUMP * 2;
    }
    return code + JUMP;
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
