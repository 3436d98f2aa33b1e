package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.flow.Uses;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CodeShape;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes the steps of one case: its blocks in line and nested, with the names resolved.
 *
 * <p>A lambda captures a variable of the method through a copy made right before the statement:
 *
 * <pre>{@code
 * String what$1 = what;
 * group.add(() -> print(what$1));
 * }</pre>
 */
final class CaseBuilder {
  private final MachineBuilder machine;
  private final int head;
  private final Naming naming;

  /** The names of variables declared in this case. */
  private final Map<IrLocal, String> declared = new HashMap<>();

  /** The copies that hold a variable's present value. */
  private final Map<IrLocal, String> copies = new HashMap<>();

  private boolean jumps;

  CaseBuilder(MachineBuilder machine, int head) {
    this.machine = machine;
    this.head = head;
    this.naming = machine.naming().inner();
  }

  StateMachine.Case build() {
    return new StateMachine.Case(machine.stateOf(head), steps(head, Nesting.IN_LINE));
  }

  /** Whether a step goes to another case by a jump. */
  boolean jumps() {
    return jumps;
  }

  /** Whether the next case follows right behind. */
  private enum Nesting {
    IN_LINE,
    NESTED
  }

  private List<Step> steps(int start, Nesting nesting) {
    List<Step> steps = new ArrayList<>();
    OptionalInt at = OptionalInt.of(start);
    while (at.isPresent()) {
      at = block(machine.graph().block(at.getAsInt()), nesting, steps);
    }
    return steps;
  }

  /** Writes a block; gives the one that stands in line behind it. */
  private OptionalInt block(Block block, Nesting nesting, List<Step> steps) {
    if (machine.entersRegion(block.id())) {
      steps.add(new Step.EnterRegion(machine.regionOf(block)));
    }
    declareParameters(block, steps);
    Map<Integer, List<String>> releases = machine.releases(block);
    for (int i = 0; i < block.ops().size(); i++) {
      release(releases, i, steps);
      op(block, i, steps);
    }
    release(releases, block.ops().size(), steps);
    return end(block, nesting, steps);
  }

  private static void release(Map<Integer, List<String>> releases, int step, List<Step> steps) {
    List<String> slots = releases.get(step);
    if (slots != null) {
      steps.add(new Step.Save(List.of(), slots));
    }
  }

  private void declareParameters(Block block, List<Step> steps) {
    for (IrLocal parameter : machine.graph().body().parameters()) {
      boolean isHere =
          machine.placement().isUsed(parameter)
              && machine.placement().homeOf(parameter) == Placement.Home.BLOCK
              && machine.placement().blockOf(parameter) == block.id();
      if (isHere) {
        Code field = Code.of("this." + variable(parameter).field());
        steps.add(let(parameter, field, Span.NONE));
      }
    }
  }

  // Steps of a block

  private void op(Block block, int number, List<Step> steps) {
    Op op = block.ops().get(number);
    if (op instanceof Op.Run run) {
      run(run, local -> machine.liveness().isLiveBehind(block, number, local), steps);
    } else if (op instanceof Op.Set set) {
      Code value = arrayCreation(set.value().as(set.local().type()), set.local().type());
      Code resolved = resolve(value, capture(value, Set.of(), steps));
      steps.add(assign(set.local(), resolved, set.span()));
    } else if (op instanceof Op.Clear clear) {
      steps.add(assign(clear.local(), Code.of("null"), Span.NONE));
    } else if (op instanceof Op.Undefine undefine) {
      undefine(block, undefine.local(), steps);
    } else if (op instanceof Op.Receive receive) {
      receive(block, receive, steps);
    }
    Uses uses = new Uses();
    uses.writtenBy(op);
    uses.writes().forEach(copies::remove);
  }

  private void run(Op.Run run, Predicate<IrLocal> isLiveBehind, List<Step> steps) {
    Set<IrLocal> both = run.code().captures();
    both.retainAll(run.code().writes());
    both.removeIf(machine.placement()::isEffectivelyFinal);
    Map<IrLocal, String> names = capture(run.code(), both, steps);
    Map<IrLocal, String> blankCopies = new LinkedHashMap<>();
    both.forEach(local -> blankCopies.put(local, blankCopy(local, steps)));
    names.putAll(blankCopies);
    Iterator<Op.Exit> exits = run.exits().iterator();
    Set<IrLocal> own = new HashSet<>(run.code().declares());
    own.addAll(both);
    Code code = resolve(run.code(), new Scope(names, own), exits);
    steps.add(new Step.Run(code, StatementScanner.wrapOf(run.code()), run.span()));
    blankCopies.forEach(
        (local, copy) -> {
          if (isLiveBehind.test(local)) {
            steps.add(assign(local, Code.of(copy), Span.NONE));
          }
        });
  }

  /** For what a statement both assigns and captures: a variable of its own, as in the source. */
  private String blankCopy(IrLocal local, List<Step> steps) {
    String copy = naming.fresh(local.name());
    steps.add(new Step.Let(local.type(), copy, Optional.empty(), Span.NONE));
    return copy;
  }

  private void undefine(Block block, IrLocal local, List<Step> steps) {
    if (machine.placement().isDeclaredIn(block, local)) {
      Code value = Code.of(MachineBuilder.defaultOf(local.type()));
      steps.add(let(local, value, Span.NONE));
    }
  }

  private void receive(Block block, Op.Receive receive, List<Step> steps) {
    Step.Receive.Delivery delivery =
        machine.graph().armsOf(block).isEmpty()
            ? Step.Receive.Delivery.VALUE
            : Step.Receive.Delivery.VALUE_OR_FAILURE;
    Optional<Step.Receive.Taker> taker = receive.local().map(this::taker);
    if (taker.isPresent() || delivery == Step.Receive.Delivery.VALUE_OR_FAILURE) {
      steps.add(new Step.Receive(taker, receive.type(), delivery, receive.span()));
    }
  }

  private Step.Receive.Taker taker(IrLocal local) {
    if (isDeclaredHere(local)) {
      return new Step.Receive.Taker(
          declare(local), local.type(), Step.Receive.Taker.Kind.DECLARED_HERE);
    }
    return new Step.Receive.Taker(nameOf(local), local.type(), Step.Receive.Taker.Kind.ASSIGNED);
  }

  private Step assign(IrLocal local, Code value, Span span) {
    return isDeclaredHere(local)
        ? let(local, value, span)
        : new Step.Assign(nameOf(local), value, span);
  }

  private Step let(IrLocal local, Code value, Span span) {
    return new Step.Let(local.type(), declare(local), Optional.of(value), span);
  }

  private boolean isDeclaredHere(IrLocal local) {
    return machine.placement().homeOf(local) == Placement.Home.BLOCK
        && !declared.containsKey(local);
  }

  private String declare(IrLocal local) {
    String name = naming.nameOf(local);
    declared.put(local, name);
    return name;
  }

  /** {@code {1, 2}} is allowed in a declaration only. */
  private static Code arrayCreation(Code value, IrType type) {
    boolean isInitializer = type instanceof IrType.Array && value.toString().startsWith("{");
    return isInitializer
        ? Code.of(new Part.Text("new "), new Part.TypeName(type), new Part.Text(" ")).then(value)
        : value;
  }

  // Ends of blocks

  private OptionalInt end(Block block, Nesting nesting, List<Step> steps) {
    Terminator end = block.end();
    if (machine.slotFlow().savesAlways(block) && !(end instanceof Terminator.Suspend)) {
      save(block, steps);
    }
    if (end instanceof Terminator.Goto jump) {
      return next(block, jump.target(), nesting, steps);
    } else if (end instanceof Terminator.Branch branch) {
      return branch(block, branch, nesting, steps);
    } else if (end instanceof Terminator.Switch choice) {
      choose(choice, steps);
    } else if (end instanceof Terminator.Suspend suspend) {
      suspend(block, suspend, nesting, steps);
    } else if (end instanceof Terminator.Return result) {
      giveResult(result, steps);
    } else if (end instanceof Terminator.Throw thrown) {
      steps.add(new Step.Throw(plain(thrown.exception().code(), steps), thrown.span()));
    } else {
      steps.add(new Step.Unreachable());
    }
    return OptionalInt.empty();
  }

  private void save(Block block, List<Step> steps) {
    Step.Save save = new Step.Save(machine.stores(block), machine.clears(block));
    if (!save.stores().isEmpty() || !save.clears().isEmpty()) {
      steps.add(save);
    }
  }

  private OptionalInt next(Block block, int target, Nesting nesting, List<Step> steps) {
    if (!machine.layout().isCase(target)) {
      return OptionalInt.of(target);
    }
    boolean follows =
        nesting == Nesting.IN_LINE
            && machine.layout().caseAfter(block.id()) == target
            && machine.sameSection(block.id(), target);
    if (!follows) {
      steps.add(goTo(target));
    }
    return OptionalInt.empty();
  }

  private Step goTo(int target) {
    jumps = true;
    return new Step.GoTo(machine.stateOf(target));
  }

  private OptionalInt branch(
      Block block, Terminator.Branch branch, Nesting nesting, List<Step> steps) {
    boolean nestsThen = machine.layout().forkOf(block.id()) == Layout.Fork.NEST_THEN;
    Code condition = condition(branch.condition().code(), steps);
    int inside = nestsThen ? branch.then() : branch.otherwise();
    Map<IrLocal, String> copiesBefore = new HashMap<>(copies);
    List<Step> nested =
        machine.layout().isCase(inside) ? List.of(goTo(inside)) : steps(inside, Nesting.NESTED);
    copies.clear();
    copies.putAll(copiesBefore);
    Code tested = nestsThen ? condition : CodeShape.negated(condition);
    steps.add(new Step.If(tested, nested, branch.span()));
    return next(block, nestsThen ? branch.otherwise() : branch.then(), nesting, steps);
  }

  private void choose(Terminator.Switch choice, List<Step> steps) {
    Code selector = plain(choice.selector().code(), steps);
    List<Step.Choose.Arm> arms = new ArrayList<>();
    for (Terminator.Switch.Arm arm : choice.arms()) {
      Map<IrLocal, String> names = capture(arm.label(), Set.of(), steps);
      Code label = resolve(arm.label(), names);
      List<Step.Assign> assigns =
          arm.bindings().stream()
              .map(each -> bind(nameOf(each.variable()), name(each.declared(), names)))
              .toList();
      arms.add(new Step.Choose.Arm(label, assigns, machine.stateOf(arm.target())));
    }
    OptionalInt otherwise =
        choice.otherwise().isPresent()
            ? OptionalInt.of(machine.stateOf(choice.otherwise().getAsInt()))
            : OptionalInt.empty();
    jumps = true;
    steps.add(new Step.Choose(selector, arms, otherwise, choice.span()));
  }

  private String name(IrLocal local, Map<IrLocal, String> names) {
    return new Scope(names, names.keySet()).nameOf(local, Part.Place.BODY);
  }

  private static Step.Assign bind(String variable, String binding) {
    return new Step.Assign(variable, Code.of(binding), Span.NONE);
  }

  private void suspend(Block block, Terminator.Suspend suspend, Nesting nesting, List<Step> steps) {
    int resume = suspend.resume();
    boolean savesAlways = machine.slotFlow().savesAlways(block);
    List<Step.Store> stores = machine.stores(block);
    steps.add(
        new Step.Suspend(
            suspend.reason(),
            plain(suspend.operand(), steps),
            suspend.operandType(),
            machine.stateOf(resume),
            savesAlways ? Step.Suspend.Saving.ALWAYS : Step.Suspend.Saving.IF_SUSPENDED,
            stores,
            machine.clears(block),
            suspend.span()));
    if (suspend.reason() == IrStmt.Suspend.Reason.EMIT) {
      return;
    }
    if (machine.sameSection(block.id(), resume)) {
      next(block, resume, nesting, steps);
    } else {
      steps.add(new Step.Leave(machine.stateOf(resume), savesAlways ? List.of() : stores));
    }
  }

  private void giveResult(Terminator.Return result, List<Step> steps) {
    Optional<Code> value = result.value().map(plain -> plain(plain.code(), steps));
    steps.add(new Step.Return(ended(value), result.span()));
  }

  // Names

  private Code plain(Code code, List<Step> steps) {
    return resolve(code, capture(code, Set.of(), steps));
  }

  /**
   * The condition of a branch. Its pattern variables are in scope behind the branch too, if that is
   * left by a jump, so that nothing else in this case may have their names.
   */
  private Code condition(Code code, List<Step> steps) {
    Map<IrLocal, String> names = capture(code, Set.of(), steps);
    if (code.toString().contains("instanceof")) {
      code.declares().forEach(local -> names.put(local, naming.nameOf(local)));
    }
    return resolve(code, names);
  }

  /**
   * Copies what {@code code} captures, as far as Java would not let it; gives all its own names.
   */
  private Map<IrLocal, String> capture(Code code, Set<IrLocal> except, List<Step> steps) {
    Map<IrLocal, String> names = new HashMap<>();
    for (IrLocal local : new LinkedHashSet<>(code.captures())) {
      if (!except.contains(local) && !machine.placement().isEffectivelyFinal(local)) {
        names.put(local, copies.computeIfAbsent(local, each -> copy(local, steps)));
      }
    }
    code.declares().forEach(local -> names.put(local, naming.innerNameOf(local)));
    return names;
  }

  private String copy(IrLocal local, List<Step> steps) {
    String copy = naming.fresh(local.name());
    Code value = Code.of(nameOf(local));
    steps.add(new Step.Let(local.type(), copy, Optional.of(value), Span.NONE));
    return copy;
  }

  private Code resolve(Code code, Map<IrLocal, String> names) {
    return resolve(code, new Scope(names, code.declares()), List.<Op.Exit>of().iterator());
  }

  /** Replaces variables by their names and jumps by what they do. */
  private Code resolve(Code code, Scope scope, Iterator<Op.Exit> exits) {
    String jump = exits.hasNext() && StatementScanner.hasLoop(code) ? jumpOutOfLoop() : "continue;";
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < code.parts().size(); i++) {
      Part part = code.parts().get(i);
      if (part instanceof Part.Read read) {
        parts.add(new Part.Text(scope.nameOf(read.local(), read.place())));
      } else if (part instanceof Part.Write write) {
        parts.add(new Part.Text(scope.nameOf(write.local(), Part.Place.BODY)));
      } else if (part instanceof Part.Declare declare) {
        parts.add(new Part.Text(scope.nameOf(declare.local(), Part.Place.BODY)));
      } else if (part instanceof Part.NewCoroutine lambda) {
        parts.add(lambda);
        parts.add(new Part.Text(scope.argumentsOf(lambda)));
      } else if (part instanceof Part.Jump) {
        Op.Exit exit = exits.next();
        parts.addAll(
            exit.end() instanceof Terminator.Return result
                ? exitResult(result, scope).parts()
                : exit(exit, code, i, jump, scope).parts());
      } else {
        parts.add(part);
      }
    }
    return new Code(parts);
  }

  private String jumpOutOfLoop() {
    return "continue " + machine.names().loop() + ";";
  }

  /** What stands where the user's code had a jump, its part {@code index}. */
  private Code exit(Op.Exit exit, Code code, int index, String jump, Scope scope) {
    Code statements = goTo(exit, scope).then(jump);
    return StatementScanner.isAmongStatements(code, index)
        ? statements
        : Code.of("{ ").then(statements).then(" }");
  }

  private Code goTo(Op.Exit exit, Scope scope) {
    int target = ((Terminator.Goto) exit.end()).target();
    jumps = true;
    Code code = Code.of("");
    for (IrLocal local : scope.own()) {
      if (machine.liveness().isLiveIn(target, local)) {
        String copy = scope.nameOf(local, Part.Place.BODY);
        code = code.then(nameOf(local) + " = " + copy + "; ");
      }
    }
    for (Op op : exit.ops()) {
      code = op instanceof Op.Undefine ? code : code.then(exitOp(op, scope)).then("; ");
    }
    return code.then(machine.names().state() + " = " + machine.stateOf(target) + "; ");
  }

  private Code exitOp(Op op, Scope scope) {
    if (op instanceof Op.Set set) {
      Code value = resolve(set.value().code(), scope, List.<Op.Exit>of().iterator());
      return Code.of(nameOf(set.local()) + " = ").then(value);
    }
    return Code.of(nameOf(((Op.Clear) op).local()) + " = null");
  }

  private Code exitResult(Terminator.Return result, Scope scope) {
    Optional<Code> value =
        result.value().map(plain -> resolve(plain.code(), scope, List.<Op.Exit>of().iterator()));
    return Code.of("return ").then(ended(value).orElse(Code.of("null"))).then(";");
  }

  /** The result, and with it the frame lets go of what it holds. */
  private Optional<Code> ended(Optional<Code> value) {
    return machine.holdsReferences()
        ? Optional.of(Code.of("ended(").then(value.orElse(Code.of("null"))).then(")"))
        : value;
  }

  /**
   * The names in one piece of code: of what it captures, which hold only where it captures, and of
   * what it has for itself, which hold everywhere in it.
   */
  private final class Scope {
    private final Map<IrLocal, String> names;
    private final Set<IrLocal> own;

    Scope(Map<IrLocal, String> names, Set<IrLocal> own) {
      this.names = names;
      this.own = own;
    }

    Set<IrLocal> own() {
      return own;
    }

    String nameOf(IrLocal local, Part.Place place) {
      String name = names.get(local);
      boolean isOfCode = own.contains(local) || place == Part.Place.CAPTURE;
      return name != null && isOfCode ? name : CaseBuilder.this.nameOf(local);
    }

    String argumentsOf(Part.NewCoroutine lambda) {
      return lambda.arguments(local -> nameOf(local, lambda.place()), own::contains);
    }
  }

  private String nameOf(IrLocal local) {
    String name = declared.get(local);
    if (name != null) {
      return name;
    }
    Variable variable = variable(local);
    boolean isField = machine.placement().homeOf(local) == Placement.Home.FIELD;
    return isField ? "this." + variable.field() : variable.name();
  }

  private Variable variable(IrLocal local) {
    return machine
        .variableOf(local)
        .orElseThrow(() -> new IllegalStateException("not declared: " + local));
  }
}
