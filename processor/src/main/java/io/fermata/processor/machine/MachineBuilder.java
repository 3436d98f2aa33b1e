package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Handler;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.flow.Uses;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.machine.StateMachine.Local;
import io.fermata.processor.machine.StateMachine.Region;
import io.fermata.processor.machine.StateMachine.Section;
import io.fermata.processor.machine.StateMachine.Slot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a flow graph into a state machine.
 *
 * <pre>{@code
 * 0: suspend sleep(delay) -> 1     slots delay, what
 * 1: receive; print(what);         case START: suspend sleep(this.delay), state 2, let go of delay
 *    return what                   case 2: print(what); return what;
 * }</pre>
 *
 * <p>Guarantees: the slots are the parameters that are used and the variables live into a resume
 * point; a suspended coroutine holds no reference that its remaining code cannot use; what a lambda
 * captures is assigned once; every name is unique where it is seen.
 */
public final class MachineBuilder {
  /** HotSpot's limit is 8,000 bytes; the rest is for what the estimate misses. */
  private static final int LARGEST_METHOD = 7_000;

  /** The first try leaves room for loads and stores, which depend on where a machine is cut. */
  private static final int FIRST_CUT = 5_000;

  /** Smaller methods than that do not help: a single step is too large. */
  private static final int LAST_CUT = 300;

  /** More than most bodies ever have to save. */
  private static final int MOST_LEFT = 32;

  private final FlowGraph graph;
  private final Layout layout;
  private final Sections sections;
  private final Liveness liveness;
  private final Set<IrLocal> kept;
  private final Placement placement;
  private final Naming naming;
  private final StateMachine.Names names;
  private final Map<IrLocal, Variable> variables = new LinkedHashMap<>();

  /** By their indexes. */
  private final List<Variable> distinctVariables = new ArrayList<>();

  /** Those that hold a local that is kept. */
  private final Set<Variable> keptVariables = new LinkedHashSet<>();

  /** The place of each local among those that have a variable. */
  private final Map<IrLocal, Integer> order = new HashMap<>();

  private final List<List<Block>> blocksOfSections = new ArrayList<>();
  private final Map<Integer, Integer> stateOf = new LinkedHashMap<>();
  private final Map<Integer, Integer> regionOfHandler = new LinkedHashMap<>();
  private final BitSet entersRegion = new BitSet();
  private final SlotFlow slotFlow;
  private final boolean holdsReferences;

  private MachineBuilder(FlowGraph graph, int limit, int mostLeft) {
    this.graph = graph;
    sections = Sections.of(graph, limit);
    layout = sections.layout();
    liveness = new Liveness(graph);
    kept = findKept();
    placement = new Placement(graph, layout, kept);
    naming = new Naming(graph);
    names = naming.machineNames();
    nameVariables();
    findKeptVariables();
    collectSections();
    numberStates();
    numberRegions();
    slotFlow =
        new SlotFlow(
            graph,
            liveness,
            keptVariables,
            parameterVariables(),
            this::variableOf,
            sections::sectionOf,
            mostLeft);
    holdsReferences = slots().stream().anyMatch(Slot::holdsReference);
  }

  /** Builds the state machine of a graph. */
  public static StateMachine build(FlowGraph graph) {
    int cut = FIRST_CUT;
    StateMachine machine = build(graph, cut, MOST_LEFT);
    while (cut > LAST_CUT && isTooLarge(machine)) {
      cut /= 2;
      machine = build(graph, cut, MOST_LEFT);
    }
    return machine;
  }

  private static boolean isTooLarge(StateMachine machine) {
    return machine.sections().stream().anyMatch(MachineBuilder::isTooLarge);
  }

  /** A section that is hardly more than one step cannot be cut. */
  private static boolean isTooLarge(Section section) {
    return CodeSize.of(section) > LARGEST_METHOD && CodeSize.ofOtherSteps(section) > LAST_CUT;
  }

  /**
   * Builds the state machine, in methods of at most {@code limit} bytes by estimate.
   *
   * @param mostLeft as for {@link SlotFlow}
   */
  static StateMachine build(FlowGraph graph, int limit, int mostLeft) {
    return new MachineBuilder(BlockSplitter.split(graph, limit), limit, mostLeft).machine();
  }

  private StateMachine machine() {
    List<Section> built = new ArrayList<>();
    for (int i = 0; i < sections.count(); i++) {
      built.add(section(i));
    }
    return new StateMachine(graph.body(), slots(), built, ResumePoints.of(this));
  }

  // What the cases need to know

  FlowGraph graph() {
    return graph;
  }

  Layout layout() {
    return layout;
  }

  Liveness liveness() {
    return liveness;
  }

  Placement placement() {
    return placement;
  }

  Naming naming() {
    return naming;
  }

  StateMachine.Names names() {
    return names;
  }

  SlotFlow slotFlow() {
    return slotFlow;
  }

  /** Whether the frame has something to let go of at its end. */
  boolean holdsReferences() {
    return holdsReferences;
  }

  int stateOf(int block) {
    return Objects.requireNonNull(stateOf.get(block));
  }

  boolean sameSection(int one, int other) {
    return sections.sectionOf(one) == sections.sectionOf(other);
  }

  /** The region that exceptions in the block go to, 0 for none. */
  int regionOf(Block block) {
    return regionOfHandler.getOrDefault(block.handler(), 0);
  }

  /** Whether control may come to the block from another region. */
  boolean entersRegion(int block) {
    return entersRegion.get(block);
  }

  /** The variable at the top of the method, or the parameter's field, that holds {@code local}. */
  Optional<Variable> variableOf(IrLocal local) {
    return Optional.ofNullable(variables.get(local));
  }

  /** What {@code block} stores, should it save at its end. */
  List<Step.Store> stores(Block block) {
    return stores(slotFlow.storedAtEnd(block));
  }

  /** The slots that {@code block} lets go of, should it save at its end. */
  List<String> clears(Block block) {
    return fields(slotFlow.clearedAtEnd(block));
  }

  /** The slots that each step of {@code block}, and its end, lets go of before it assigns. */
  Map<Integer, List<String>> releases(Block block) {
    Map<Integer, List<String>> releases = new HashMap<>();
    slotFlow.releasedIn(block).forEach((step, slots) -> releases.put(step, fields(slots)));
    return releases;
  }

  private List<String> fields(BitSet slots) {
    return slots.stream().mapToObj(distinctVariables::get).map(Variable::field).toList();
  }

  private List<Step.Store> stores(BitSet stored) {
    return stored.stream()
        .mapToObj(distinctVariables::get)
        .map(variable -> new Step.Store(variable.field(), variable.name()))
        .toList();
  }

  // Variables

  /** What lives on across a resume point, or in another section. */
  private Set<IrLocal> findKept() {
    Set<IrLocal> found = new LinkedHashSet<>();
    for (Block block : graph.blocks()) {
      for (int next : targetsOf(block)) {
        if (suspendsTo(block, next) || !sameSection(block.id(), next)) {
          liveness.liveIn(next).forEach(found::add);
        }
      }
    }
    return found;
  }

  private static boolean suspendsTo(Block block, int next) {
    return block.end() instanceof Terminator.Suspend suspend && suspend.resume() == next;
  }

  private List<Integer> targetsOf(Block block) {
    List<Integer> targets = new ArrayList<>(block.successors().boxed().toList());
    graph.armsOf(block).forEach(arm -> targets.add(arm.target()));
    return targets;
  }

  private void nameVariables() {
    Map<List<Object>, Variable> byName = new HashMap<>();
    for (IrLocal parameter : graph.body().parameters()) {
      if (placement.isUsed(parameter)) {
        variable(parameter, byName);
      }
    }
    for (IrLocal local : placement.used()) {
      if (!variables.containsKey(local) && placement.homeOf(local) == Placement.Home.TOP) {
        variable(local, byName);
      }
    }
  }

  /** Siblings of the same name and type are never live at the same time: they share a variable. */
  private void variable(IrLocal local, Map<List<Object>, Variable> byName) {
    boolean isTemporary = local.origin() == IrLocal.Origin.TEMPORARY;
    List<Object> key = isTemporary ? List.of(local) : List.of(local.name(), local.type());
    variables.put(local, byName.computeIfAbsent(key, each -> newVariable(local, byName.size())));
    order.put(local, order.size());
  }

  private Variable newVariable(IrLocal local, int index) {
    boolean isInside =
        placement.homeOf(local) == Placement.Home.BLOCK
            || placement.homeOf(local) == Placement.Home.FIELD;
    String name = isInside ? local.name() : naming.nameOf(local);
    Variable variable = new Variable(index, name, naming.field(name), local.type());
    distinctVariables.add(variable);
    return variable;
  }

  private void findKeptVariables() {
    variables.forEach(
        (local, variable) -> {
          if (kept.contains(local)) {
            keptVariables.add(variable);
          }
        });
  }

  private Set<Variable> parameterVariables() {
    Set<Variable> found = new LinkedHashSet<>();
    graph.body().parameters().forEach(each -> variableOf(each).ifPresent(found::add));
    return found;
  }

  private List<Slot> slots() {
    List<IrLocal> parameters = graph.body().parameters();
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Optional<Integer> index = Optional.of(i);
      variableOf(parameters.get(i))
          .ifPresent(each -> slots.add(new Slot(each.field(), each.type(), index)));
    }
    Set<Variable> others = new LinkedHashSet<>(keptVariables);
    others.removeAll(parameterVariables());
    others.forEach(each -> slots.add(new Slot(each.field(), each.type(), Optional.empty())));
    return slots;
  }

  // States and regions

  private void numberStates() {
    stateOf.put(0, StateMachine.START);
    int next = StateMachine.START + 1;
    for (Block block : graph.blocks()) {
      if (ResumePoints.isOne(block)) {
        boolean isGuarded = !graph.armsOf(block).isEmpty();
        stateOf.put(block.id(), isGuarded ? -next : next);
        next++;
      }
    }
    for (int block : layout.cases()) {
      if (!stateOf.containsKey(block)) {
        stateOf.put(block, next++);
      }
    }
  }

  private void numberRegions() {
    for (Block block : graph.blocks()) {
      if (!graph.armsOf(block).isEmpty()) {
        regionOfHandler.putIfAbsent(block.handler(), regionOfHandler.size() + 1);
      }
    }
    for (Block block : graph.blocks()) {
      for (int next : targetsOf(block)) {
        int region = regionOf(graph.block(next));
        boolean isLeft = !graph.block(next).mayThrow() && targetsOf(graph.block(next)).isEmpty();
        boolean isFromInside = sameSection(block.id(), next);
        boolean isFromOutside = suspendsTo(block, next) || !isFromInside;
        boolean isEntered =
            (isFromInside && regionOf(block) != region) || (isFromOutside && region != 0);
        if (isEntered && !isLeft) {
          entersRegion.set(next);
        }
      }
    }
    if (regionOf(graph.block(0)) != 0) {
      entersRegion.set(0);
    }
  }

  // Sections

  private Section section(int number) {
    Map<Integer, BitSet> left = new LinkedHashMap<>();
    List<StateMachine.Case> cases = new ArrayList<>();
    boolean jumps = false;
    for (int block : sections.casesOf(number)) {
      CaseBuilder builder = new CaseBuilder(this, block);
      cases.add(builder.build());
      jumps |= builder.jumps();
    }
    Map<Integer, Region> byNumber = new LinkedHashMap<>();
    for (Block block : blocksOfSections.get(number)) {
      addRegion(block, byNumber);
      collectLeft(block, left);
    }
    List<Region> regions = List.copyOf(byNumber.values());
    return new Section(
        names, locals(number), cases, ways(left), regions, form(cases, regions, jumps));
  }

  private StateMachine.Form form(
      List<StateMachine.Case> cases, List<Region> regions, boolean jumps) {
    if (jumps || !regions.isEmpty()) {
      return StateMachine.Form.LOOP;
    }
    return cases.size() == 1 && sections.count() == 1
        ? StateMachine.Form.STRAIGHT
        : StateMachine.Form.SWITCH;
  }

  private void collectSections() {
    for (int i = 0; i < sections.count(); i++) {
      blocksOfSections.add(new ArrayList<>());
    }
    for (Block block : graph.blocks()) {
      blocksOfSections.get(sections.sectionOf(block.id())).add(block);
    }
  }

  private void addRegion(Block block, Map<Integer, Region> regions) {
    int number = regionOf(block);
    if (number != 0) {
      regions.computeIfAbsent(
          number, each -> new Region(each, graph.armsOf(block).stream().map(this::arm).toList()));
    }
  }

  private Region.Arm arm(Handler.Arm arm) {
    Optional<Region.Arm.Target> target =
        arm.variable()
            .flatMap(this::variableOf)
            .map(variable -> new Region.Arm.Target(variable.name(), variable.type()));
    List<String> cleared =
        arm.cleared().stream()
            .flatMap(local -> variableOf(local).stream())
            .map(Variable::name)
            .toList();
    return new Region.Arm(arm.types(), target, cleared, stateOf(arm.target()));
  }

  /** Adds the blocks of other sections that {@code block} goes to, and what changed until then. */
  private void collectLeft(Block block, Map<Integer, BitSet> left) {
    BitSet changed = slotFlow.changedAtEnd(block);
    block
        .successors()
        .filter(next -> !sameSection(block.id(), next) && !suspendsTo(block, next))
        .forEach(next -> left.computeIfAbsent(next, each -> new BitSet()).or(changed));
    for (Handler.Arm arm : graph.armsOf(block)) {
      if (!sameSection(block.id(), arm.target())) {
        BitSet all = left.computeIfAbsent(arm.target(), each -> new BitSet());
        all.or(changed);
        arm.written().forEach(local -> variableOf(local).ifPresent(each -> all.set(each.index())));
      }
    }
  }

  /** Targets on the way to which the same is stored share a way. */
  private List<StateMachine.Way> ways(Map<Integer, BitSet> left) {
    Map<List<Step.Store>, List<Integer>> states = new LinkedHashMap<>();
    left.forEach(
        (target, changed) -> {
          changed.and(slotFlow.liveIn(target));
          states.computeIfAbsent(stores(changed), each -> new ArrayList<>()).add(stateOf(target));
        });
    return states.entrySet().stream()
        .map(each -> new StateMachine.Way(each.getValue(), each.getKey()))
        .toList();
  }

  private List<Local> locals(int section) {
    Set<Variable> parameters = parameterVariables();
    return usedIn(section).stream()
        .filter(local -> placement.homeOf(local) == Placement.Home.TOP)
        .filter(order::containsKey)
        .sorted(Comparator.comparing(order::get))
        .map(local -> Objects.requireNonNull(variables.get(local)))
        .distinct()
        .map(each -> new Local(each.name(), each.type(), slotOf(each, parameters)))
        .toList();
  }

  private Optional<String> slotOf(Variable variable, Set<Variable> parameters) {
    boolean isStored = keptVariables.contains(variable) || parameters.contains(variable);
    return isStored ? Optional.of(variable.field()) : Optional.empty();
  }

  private Set<IrLocal> usedIn(int section) {
    Uses uses = new Uses();
    for (Block block : blocksOfSections.get(section)) {
      block.ops().forEach(uses::readBy);
      block.ops().forEach(uses::writtenBy);
      uses.readBy(block.end());
      uses.writtenBy(block.end());
      graph.armsOf(block).forEach(arm -> arm.written().forEach(uses::written));
    }
    Set<IrLocal> used = new LinkedHashSet<>(uses.reads());
    used.addAll(uses.writes());
    return used;
  }

  /** Only for {@link CaseBuilder}: whether Java may tell values of the type from references. */
  static String defaultOf(IrType type) {
    if (!(type instanceof IrType.Primitive primitive)) {
      return "null";
    }
    return primitive.keyword().equals("boolean") ? "false" : "0";
  }
}
