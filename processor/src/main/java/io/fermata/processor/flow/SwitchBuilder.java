package io.fermata.processor.flow;

import io.fermata.processor.flow.Terminator.Switch.Arm;
import io.fermata.processor.ir.IrExpr.Plain;
import io.fermata.processor.ir.IrExpr.Stability;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrStmt.Case.Takes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds the case of a switch. A guard with a resume point ends a switch: what it turns down goes on
 * to another one, which has the labels behind it.
 *
 * <pre>{@code
 * switch (o) {                          //  0: switch (o) String s -> 1, otherwise -> 3
 *   case String s when await(f(s)):     //  1: suspend f(s) -> 2
 *   case Integer i:                     //  2: t = receive; if (t) 4 else 3
 *   default:                            //  3: switch (o) Integer i -> 5, default -> 6
 * }
 * }</pre>
 */
final class SwitchBuilder {

  private final FlowBuilder flow;
  private final IrStmt.Switch choice;
  private final OpenBlock exit;

  /** The cases in the order in which their labels are tried. */
  private final List<Attempt> attempts = new ArrayList<>();

  /** A case, and the block that its body starts with. */
  private record Attempt(IrStmt.Case label, OpenBlock start) {
    Arm arm() {
      return new Arm(label.label(), label.takes(), label.bindings(), start.id);
    }
  }

  SwitchBuilder(FlowBuilder flow, IrStmt.Switch choice, List<OpenBlock> starts, OpenBlock exit) {
    this.flow = flow;
    this.choice = choice;
    this.exit = exit;
    for (int i = 0; i < starts.size(); i++) {
      starts.get(i).referenced = true;
      attempts.add(new Attempt(choice.cases().get(i), starts.get(i)));
    }
  }

  /** Ends the block in hand with the way to the case. */
  void build() {
    if (attempts.stream().allMatch(each -> each.label().guard().isEmpty())) {
      whole();
      return;
    }
    defaultLast();
    Plain selector = selector();
    int first = 0;
    for (int i = 0; i < attempts.size(); i++) {
      if (attempts.get(i).label().guard().isPresent()) {
        guarded(selector, attempts.subList(first, i + 1), attempts.subList(i + 1, attempts.size()));
        first = i + 1;
      }
    }
    last(selector, attempts.subList(first, attempts.size()));
  }

  private void whole() {
    boolean isExhaustive = choice.form() == IrStmt.Switch.Form.EXHAUSTIVE || leaveNothing(attempts);
    exit.referenced |= !isExhaustive;
    OptionalInt otherwise = isExhaustive ? OptionalInt.empty() : OptionalInt.of(exit.id);
    end(flow.plain(choice.selector()), attempts, otherwise);
  }

  private void defaultLast() {
    List<Attempt> defaults =
        attempts.stream().filter(each -> each.label().takes().isDefault()).toList();
    attempts.removeAll(defaults);
    attempts.addAll(defaults);
  }

  /** A guard assigns no variable that it does not declare (JLS 14.11.1). */
  private Plain selector() {
    Plain selector = flow.plain(choice.selector());
    if (selector.stability() == Stability.VARIABLE) {
      return selector;
    }
    IrLocal once = new IrLocal("t", selector.type(), IrLocal.Origin.TEMPORARY);
    flow.add(new Op.Set(once, selector, choice.span()));
    return Plain.read(once);
  }

  /** The labels up to one whose guard has a resume point, and that guard. */
  private void guarded(Plain selector, List<Attempt> tried, List<Attempt> later) {
    Attempt last = tried.get(tried.size() - 1);
    IrStmt.Case.Guard guard = last.label().guard().orElseThrow();
    OpenBlock matched = flow.newBlock();
    OpenBlock next = flow.newBlock();
    matched.referenced = true;
    next.referenced = true;
    List<Arm> arms = new ArrayList<>(arms(tried.subList(0, tried.size() - 1)));
    arms.add(new Attempt(last.label(), matched).arm());
    List<Takes> takenLater = later.stream().map(each -> each.label().takes()).toList();
    flow.end(Terminator.Switch.part(selector, arms, next.id, takenLater, choice.span()));
    flow.place(matched);
    flow.statements(guard.before());
    flow.branchTo(flow.plain(guard.condition()), last.start(), next, guard.span());
    flow.place(next);
  }

  private void last(Plain selector, List<Attempt> tried) {
    if (leaveNothing(tried)) {
      end(selector, tried, OptionalInt.empty());
      return;
    }
    boolean isStatement = choice.form() == IrStmt.Switch.Form.STATEMENT;
    OpenBlock rest = isStatement ? exit : flow.newBlock();
    if (tried.isEmpty()) {
      flow.goTo(rest);
    } else {
      rest.referenced = true;
      end(selector, tried, OptionalInt.of(rest.id));
    }
    if (!isStatement) {
      flow.place(rest);
      flow.end(new Terminator.Unreachable());
    }
  }

  private void end(Plain selector, List<Attempt> tried, OptionalInt otherwise) {
    flow.end(new Terminator.Switch(selector, arms(tried), otherwise, choice.span()));
  }

  private static boolean leaveNothing(List<Attempt> tried) {
    return tried.stream().anyMatch(each -> each.label().takes().leavesNothing());
  }

  private static List<Arm> arms(List<Attempt> tried) {
    return tried.stream().map(Attempt::arm).toList();
  }
}
