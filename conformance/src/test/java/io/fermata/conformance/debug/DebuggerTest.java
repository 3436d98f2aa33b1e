package io.fermata.conformance.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.IntegerValue;
import com.sun.jdi.LocalVariable;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shop.Orders;

/** What docs/seeing.md says of debuggers, tried with the JDK's own interface for them. */
@Timeout(120)
class DebuggerTest {
  private static final String TEMPLATE = Orders.class.getName();
  private static final String TWIN = TEMPLATE + "Async$Work";
  private static final Path TEMPLATE_FILE = source("src/test/java", "Orders.java");
  private static final Path TWIN_FILE =
      source("target/generated-test-sources/test-annotations", "OrdersAsync.java");

  private static Path source(String root, String file) {
    return Path.of(root, "shop", file);
  }

  /** The line of a file that contains a text. */
  private static int line(Path file, String text) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i + 1;
      }
    }
    throw new AssertionError(text + " does not stand in " + file);
  }

  private static StackFrame top(ThreadReference thread) {
    try {
      return thread.frame(0);
    } catch (IncompatibleThreadStateException e) {
      throw new AssertionError(e);
    }
  }

  /** The variables of the method that stands on the stack, by the names that a debugger shows. */
  private static Map<String, String> variables(StackFrame frame) {
    Map<String, String> values = new TreeMap<>();
    try {
      for (LocalVariable variable : frame.visibleVariables()) {
        values.put(variable.name(), text(frame.getValue(variable)));
      }
    } catch (AbsentInformationException e) {
      throw new AssertionError(e);
    }
    return values;
  }

  private static String text(Value value) {
    return value instanceof StringReference string
        ? string.value()
        : value instanceof IntegerValue number ? Integer.toString(number.value()) : "" + value;
  }

  private static ObjectReference field(ObjectReference object, String name) {
    return (ObjectReference) object.getValue(object.referenceType().fieldByName(name));
  }

  @Test
  void aBreakpointInTheTemplateIsTakenAndNeverReached() throws Exception {
    int inMain = line(TEMPLATE_FILE, "run(OrdersAsync.work(");
    int inTemplate = line(TEMPLATE_FILE, "// breakpoint");
    List<String> stops = new ArrayList<>();
    Debugger debugger =
        Debugger.launch(Orders.class, Map.of(TEMPLATE, List.of(inMain, inTemplate)));
    debugger.run(thread -> stops.add(Debugger.place(top(thread))));
    assertEquals(List.of(TEMPLATE + ":" + inMain, TEMPLATE + ":" + inTemplate), debugger.set);
    assertEquals(List.of(TEMPLATE + ".main:" + inMain), stops);
  }

  @Test
  void oneInTheTwinIsReachedWithTheUsersVariablesUnderTheirNames() throws Exception {
    int line = line(TWIN_FILE, "total += i;");
    List<String> stops = new ArrayList<>();
    Debugger debugger = Debugger.launch(Orders.class, Map.of(TWIN, List.of(line)));
    debugger.run(
        thread -> {
          Map<String, String> variables = variables(top(thread));
          stops.add(variables.get("i") + " " + variables.get("total") + " " + name(top(thread)));
        });
    assertEquals(List.of("0 0 order", "1 5 order", "2 11 order"), stops);
  }

  /** A parameter that never changes is read from the frame's field, in {@code this}. */
  private static String name(StackFrame frame) {
    ObjectReference self = frame.thisObject();
    return text(self.getValue(self.referenceType().fieldByName("name")));
  }

  @Test
  void aStepOverAnAwaitThatSuspendsLeavesTheTwinAndStopsAtTheNextBreakpoint() throws Exception {
    int await = line(TWIN_FILE, "await(task, Async.sleep(Duration.ofMillis(1)), depth)");
    String leaves = TWIN + ".resume:" + line(TWIN_FILE, "return SUSPENDED;");
    int behind = line(TWIN_FILE, "total += i;");
    List<String> places = new ArrayList<>();
    Debugger[] debugger = new Debugger[1];
    debugger[0] = Debugger.launch(Orders.class, Map.of(TWIN, List.of(await, behind)));
    debugger[0].run(
        thread -> {
          boolean left = places.contains(leaves);
          places.add(Debugger.place(top(thread)));
          if (!left) {
            debugger[0].stepOver(thread, "java.*", "jdk.*", "sun.*", "io.fermata.*");
          }
        });
    assertEquals(TWIN + ".resume:" + await, places.get(0));
    int left = places.indexOf(leaves);
    assertTrue(left > 0, places.toString());
    assertEquals(TWIN + ".resume:" + behind, places.get(left + 1), places.toString());
  }

  @Test
  void theVariablesOfACoroutineThatWaitsAreFieldsOfItsFrame() throws Exception {
    int line = line(TWIN_FILE, "total += i;");
    List<String> found = new ArrayList<>();
    Debugger debugger = Debugger.launch(Orders.class, Map.of(TWIN, List.of(line)));
    debugger.run(
        thread -> {
          if (found.isEmpty()) {
            ObjectReference helper = field(top(thread).thisObject(), "helper");
            ObjectReference frame = field(helper, "frame");
            while (!frame.referenceType().name().startsWith(TEMPLATE)) {
              frame = field(frame, "awaiter");
            }
            ReferenceType type = frame.referenceType();
            found.add(type.name());
            found.add(text(frame.getValue(type.fieldByName("length"))));
          }
        });
    assertEquals(List.of(TEMPLATE + "Async$Help", "6"), found);
    try (Stream<String> lines = Files.lines(TWIN_FILE)) {
      assertTrue(lines.anyMatch(each -> each.contains("// Orders.java:")), "no hints");
    }
  }
}
