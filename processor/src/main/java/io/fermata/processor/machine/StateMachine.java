package io.fermata.processor.machine;

import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrType;
import java.util.List;
import java.util.Optional;

/**
 * A coroutine as states. Every name in its code is final: what is left to resolve are types and
 * coroutine lambdas.
 *
 * @param body what it was made of
 * @param slots its fields: the parameters that are used first, in their order
 * @param sections the methods that share the states; more than one if one would be too large
 * @param resumePoints in the order of the source
 */
public record StateMachine(
    IrBody body, List<Slot> slots, List<Section> sections, List<ResumePoint> resumePoints) {

  /** The state in which a body starts. */
  public static final int START = 1;

  public StateMachine {
    slots = List.copyOf(slots);
    sections = List.copyOf(sections);
    resumePoints = List.copyOf(resumePoints);
  }

  /** The slots that hold parameters, in the order of the constructor. */
  public List<Slot> parameters() {
    return slots.stream().filter(slot -> slot.parameter().isPresent()).toList();
  }

  @Override
  public String toString() {
    return MachinePrinter.print(this);
  }

  /**
   * A field for a local.
   *
   * @param parameter the index of the parameter of the body that starts in it
   */
  public record Slot(String field, IrType type, Optional<Integer> parameter) {

    /** Whether an object may be kept alive by it. */
    public boolean holdsReference() {
      return !(type instanceof IrType.Primitive);
    }
  }

  /**
   * A resume point.
   *
   * @param state negative if a handler stands around it
   * @param line the user's
   * @param locals the fields of the user's own variables that are used after it
   */
  public record ResumePoint(int state, int line, List<String> locals) {
    public ResumePoint {
      locals = List.copyOf(locals);
    }
  }

  /**
   * One method's part of the states.
   *
   * @param names what the method calls its own variables
   * @param locals declared at its top
   * @param cases in the order in which they fall through
   * @param ways to cases of other sections
   * @param regions what catches exceptions; empty if nothing does
   * @param form what has to stand around the cases
   */
  public record Section(
      Names names,
      List<Local> locals,
      List<Case> cases,
      List<Way> ways,
      List<Region> regions,
      Form form) {
    public Section {
      locals = List.copyOf(locals);
      cases = List.copyOf(cases);
      ways = List.copyOf(ways);
      regions = List.copyOf(regions);
    }
  }

  /** What stands around the cases of a section. */
  public enum Form {
    /** Nothing: there is only one case, and nobody jumps to it. */
    STRAIGHT,
    /** A switch: cases only fall through. */
    SWITCH,
    /** A switch in a loop, for jumps between cases. */
    LOOP
  }

  /** The variables of {@code resume} itself. */
  public record Names(
      String task,
      String sent,
      String depth,
      String state,
      String region,
      String caught,
      String loop,
      String start,
      String suspended,
      String emitted) {}

  /**
   * A variable declared at the top.
   *
   * @param slot the field that it is loaded from; starts as null or 0 if empty
   */
  public record Local(String name, IrType type, Optional<String> slot) {}

  /** A case of the switch. */
  public record Case(int state, List<Step> steps) {
    public Case {
      steps = List.copyOf(steps);
    }
  }

  /** States that are cases of other sections, and what has to be stored on the way to them. */
  public record Way(List<Integer> states, List<Step.Store> stores) {
    public Way {
      states = List.copyOf(states);
      stores = List.copyOf(stores);
    }
  }

  /** The arms that an exception in a region may take, the first that matches. */
  public record Region(int number, List<Arm> arms) {
    public Region {
      arms = List.copyOf(arms);
    }

    /**
     * A catch clause.
     *
     * @param variable takes the exception, if any does
     * @param cleared variables set to null
     */
    public record Arm(
        List<IrType> types, Optional<Target> variable, List<String> cleared, int state) {
      public Arm {
        types = List.copyOf(types);
        cleared = List.copyOf(cleared);
      }

      /** A variable to assign. */
      public record Target(String name, IrType type) {}
    }
  }
}
