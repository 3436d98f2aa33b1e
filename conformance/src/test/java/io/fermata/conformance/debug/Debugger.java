package io.fermata.conformance.debug;

import static java.util.Objects.requireNonNull;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.StepRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs a program as an editor's debugger does, with breakpoints at lines of some classes. */
final class Debugger {
  private final VirtualMachine machine;
  private final Map<String, List<Integer>> breakpoints;

  /** Where the breakpoints were set, as {@code Class:line}. */
  final List<String> set = new ArrayList<>();

  private Debugger(VirtualMachine machine, Map<String, List<Integer>> breakpoints) {
    this.machine = machine;
    this.breakpoints = breakpoints;
  }

  /**
   * Starts a program, which does not run yet.
   *
   * @param breakpoints the lines, by the names of classes
   */
  static Debugger launch(Class<?> main, Map<String, List<Integer>> breakpoints) throws Exception {
    LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    requireNonNull(arguments.get("main")).setValue(main.getName());
    requireNonNull(arguments.get("options"))
        .setValue("-cp \"" + System.getProperty("java.class.path") + "\"");
    return new Debugger(connector.launch(arguments), breakpoints);
  }

  /** Lets the program run to its end, and shows each stop at a breakpoint or after a step. */
  void run(Consumer<ThreadReference> onStop) throws IOException, InterruptedException {
    for (String name : breakpoints.keySet()) {
      ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
      prepared.addClassFilter(name);
      prepared.enable();
    }
    while (true) {
      EventSet events = machine.eventQueue().remove();
      for (Event event : events) {
        if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
          return;
        } else if (event instanceof ClassPrepareEvent prepare) {
          setBreakpoints(prepare.referenceType());
        } else if (event instanceof BreakpointEvent stop) {
          onStop.accept(stop.thread());
        } else if (event instanceof StepEvent step) {
          machine.eventRequestManager().deleteEventRequest(step.request());
          onStop.accept(step.thread());
        }
      }
      events.resume();
    }
  }

  private void setBreakpoints(ReferenceType type) {
    try {
      for (int line : breakpoints.getOrDefault(type.name(), List.of())) {
        if (!type.locationsOfLine(line).isEmpty()) {
          machine
              .eventRequestManager()
              .createBreakpointRequest(type.locationsOfLine(line).get(0))
              .enable();
          set.add(type.name() + ":" + line);
        }
      }
    } catch (AbsentInformationException e) {
      throw new AssertionError(e);
    }
  }

  /** Has the thread stop again at the next line of this method or of one that it returns to. */
  void stepOver(ThreadReference thread, String... excluded) {
    StepRequest step =
        machine
            .eventRequestManager()
            .createStepRequest(thread, StepRequest.STEP_LINE, StepRequest.STEP_OVER);
    for (String filter : excluded) {
      step.addClassExclusionFilter(filter);
    }
    step.enable();
  }

  /** Where a thread stands, as {@code Class.method:line}. */
  static String place(StackFrame frame) {
    return frame.location().declaringType().name()
        + "."
        + frame.location().method().name()
        + ":"
        + frame.location().lineNumber();
  }
}
