package io.fermata.processor.lowering;

import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.YieldTree;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The jumps in code that leave it. */
final class CutJumps {

  private final Cut cut;
  private final BodyContext context;

  CutJumps(Cut cut) {
    this.cut = cut;
    this.context = cut.context;
  }

  void leave(ReturnTree tree) {
    cut.replace(tree, context.returnParts(tree, cut::nested));
  }

  void leave(YieldTree tree) {
    JumpTargets.YieldTarget target = cut.targets.yields().orElseThrow();
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Text("{ "));
    parts.add(new Part.Write(target.result(), Part.Mode.SET));
    parts.add(new Part.Text(" = "));
    parts.addAll(
        new IrExpr.Plain(
                cut.nested(tree.getValue()), context.typeOf(tree.getValue()), IrExpr.Stability.ANY)
            .as(target.result().type())
            .parts());
    parts.add(new Part.Text("; "));
    parts.add(jump(Part.JumpKind.BREAK, target.label()));
    parts.add(new Part.Text(" }"));
    cut.replace(tree, parts);
  }

  void leave(BreakTree tree) {
    IrLabel target =
        tree.getLabel() == null
            ? cut.targets.breaks().orElseThrow()
            : context.label(cut.targets, tree.getLabel());
    cut.replace(tree, List.of(jump(Part.JumpKind.BREAK, target)));
  }

  void leave(ContinueTree tree) {
    IrLabel target =
        tree.getLabel() == null
            ? cut.targets.continues().orElseThrow()
            : context.label(cut.targets, tree.getLabel());
    cut.replace(tree, List.of(jump(Part.JumpKind.CONTINUE, target)));
  }

  private Part.Jump jump(Part.JumpKind kind, IrLabel target) {
    return new Part.Jump(kind, Optional.of(target), Optional.empty());
  }
}
