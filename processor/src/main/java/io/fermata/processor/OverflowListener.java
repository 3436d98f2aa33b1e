package io.fermata.processor;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import io.fermata.processor.depth.Depth;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.Fault;
import io.fermata.processor.diagnostics.Reporter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Says where the code is on which javac's own stack ended: of that javac tells nothing but its
 * trace. It ended if javac began with a class, or with a round of processing, and never came
 * through.
 */
final class OverflowListener implements TaskListener {

  private record Place(CompilationUnitTree unit, Depth depth, Runnable report) {}

  private final Reporter reporter;

  /** By the names of top-level classes: those of the user and those of the twins. */
  private final Map<String, Place> deep = new HashMap<>();

  private boolean inRounds = true;
  private @Nullable String inHand;

  OverflowListener(Reporter reporter) {
    this.reporter = reporter;
  }

  static Fault tooDeep(Depth depth) {
    return new Fault(Diagnostic.TOO_DEEP, List.of(), depth.start(), depth.end());
  }

  /** Notes that a class has a body of this depth, and its twin as well. */
  void watch(TypeElement type, String twin, CompilationUnitTree unit, Depth depth) {
    if (depth.isSuspicious()) {
      Place place = new Place(unit, depth, reporter.prepare(unit, tooDeep(depth)));
      deep.put(topLevel(type), place);
      deep.put(twin, place);
    }
  }

  /** Notes that javac has come to the last round of processing. */
  void roundsAreOver() {
    inRounds = false;
  }

  @Override
  public void started(TaskEvent event) {
    if (isOfClass(event)) {
      inHand = topLevel(event.getTypeElement());
    }
  }

  @Override
  public void finished(TaskEvent event) {
    if (isOfClass(event)) {
      inHand = null;
    } else if (event.getKind() == TaskEvent.Kind.COMPILATION && inRounds) {
      deep.values().stream()
          .max(Comparator.comparingInt(each -> each.depth().levels()))
          .ifPresent(OverflowListener::print);
    } else if (event.getKind() == TaskEvent.Kind.COMPILATION) {
      Optional.ofNullable(inHand).map(deep::get).ifPresent(place -> place.report().run());
    }
  }

  /** As javac prints an error: what it is told between rounds it keeps for their end. */
  private static void print(Place place) {
    Fault fault = tooDeep(place.depth());
    System.err.printf(
        "%s:%d: error: %s%n",
        place.unit().getSourceFile().getName(),
        place.unit().getLineMap().getLineNumber(fault.start()),
        fault.diagnostic().message(fault.arguments()));
  }

  private static boolean isOfClass(TaskEvent event) {
    boolean isStep =
        event.getKind() == TaskEvent.Kind.ANALYZE || event.getKind() == TaskEvent.Kind.GENERATE;
    return isStep && event.getTypeElement() != null;
  }

  private static String topLevel(TypeElement type) {
    Element outermost = type;
    while (outermost.getEnclosingElement() instanceof TypeElement outer) {
      outermost = outer;
    }
    return outermost.toString();
  }
}
