package io.fermata.junit;

import io.fermata.codegen.LineTable;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.opentest4j.AssertionFailedError;

/**
 * Which resume points of the classes that a test has met had a fault. The line tables of their
 * twins tell which there are.
 */
final class Coverage {
  private static final String STYLE =
      """
      <style>
      body { font: 15px sans-serif; margin: 2em; }
      td { padding: 2px 12px; }
      .had-a-fault { background: #d9f2d9; }
      .no-fault { background: #fff2cc; }
      .never-waited { background: #f8d7d7; }
      </style>
      """;

  private final Method test;
  private final Set<StackTraceElement> reached = new HashSet<>();
  private final Set<StackTraceElement> hit = new HashSet<>();

  Coverage(Method test) {
    this.test = test;
  }

  /** A task has waited at these resume points. */
  void reached(List<StackTraceElement> stack) {
    reached.addAll(stack);
  }

  /** A fault has come to these resume points, unless an inner one has kept it. */
  void hit(List<StackTraceElement> stack) {
    hit.addAll(stack);
  }

  /** A line for each class, and one for each of its resume points that had no fault. */
  String text() {
    StringBuilder text = new StringBuilder();
    byClass()
        .forEach(
            (name, points) -> {
              long had = points.stream().filter(hit::contains).count();
              text.append(text.length() == 0 ? "" : "\n").append(name).append(": ");
              text.append(had).append(" of ").append(points.size()).append(" had a fault");
              points.stream()
                  .filter(each -> !hit.contains(each))
                  .forEach(each -> text.append("\n  ").append(why(each)).append(each));
            });
    return text.isEmpty() ? "none is met by the code under test" : text.toString();
  }

  private String why(StackTraceElement point) {
    return reached.contains(point) ? "no fault at " : "never waited at ";
  }

  /** The same as a page that needs no other file: all resume points, class by class. */
  String page(String title) {
    StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n");
    page.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
    page.append("<h1>").append(escaped(title)).append("</h1>\n");
    byClass()
        .forEach(
            (name, points) -> {
              long had = points.stream().filter(hit::contains).count();
              page.append("<h2>").append(escaped(name)).append("</h2>\n<p>").append(had);
              page.append(" of ").append(points.size()).append(" had a fault\n<table>\n");
              points.forEach(each -> page.append(row(each)));
              page.append("</table>\n");
            });
    return page.toString();
  }

  private String row(StackTraceElement point) {
    String state = hit.contains(point) ? "had a fault" : why(point).replace(" at ", "");
    return String.format(
        "<tr class=\"%s\"><td>%s:%d<td>%s<td>%s\n",
        state.replace(' ', '-'),
        escaped(String.valueOf(point.getFileName())),
        point.getLineNumber(),
        escaped(point.getMethodName()),
        state);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Fails the test if less than this part of them had a fault. */
  void check(double least) {
    List<StackTraceElement> all = byClass().values().stream().flatMap(Set::stream).toList();
    long had = all.stream().filter(hit::contains).count();
    if (had < least * all.size()) {
      throw new AssertionFailedError(
          String.format(
              Locale.ROOT,
              "only %d of %d resume points had a fault, where a part of %s is asked for:\n%s",
              had,
              all.size(),
              least,
              text()));
    }
  }

  /** Those of the code under test: not the test's own, nor other tests that stand beside it. */
  private Map<String, Set<StackTraceElement>> byClass() {
    Set<String> methods = new HashSet<>();
    reached.forEach(each -> methods.add(each.getClassName() + "." + each.getMethodName()));
    String own = test.getDeclaringClass().getName();
    Map<String, Set<StackTraceElement>> byClass = new TreeMap<>();
    for (StackTraceElement each : reached) {
      byClass.computeIfAbsent(each.getClassName(), this::pointsOf);
    }
    byClass
        .getOrDefault(own, new HashSet<>())
        .removeIf(
            each ->
                each.getMethodName().equals(test.getName())
                    || !methods.contains(own + "." + each.getMethodName()));
    byClass.values().removeIf(Set::isEmpty);
    return byClass;
  }

  private Set<StackTraceElement> pointsOf(String className) {
    Set<StackTraceElement> points =
        new TreeSet<>(
            Comparator.comparingInt(StackTraceElement::getLineNumber)
                .thenComparing(StackTraceElement::toString));
    ClassLoader loader = test.getDeclaringClass().getClassLoader();
    load(className, loader)
        .flatMap(owner -> load(Twin.className(owner), loader))
        .ifPresent(
            twin -> {
              for (Class<?> each : twin.getDeclaredClasses()) {
                load(each.getName(), loader)
                    .map(LineTable::ofGeneratedClass)
                    .ifPresent(table -> points.addAll(table.resumePoints()));
              }
            });
    return points;
  }

  /** Initialised, so that its line table is known. */
  private static Optional<Class<?>> load(String name, ClassLoader loader) {
    try {
      return Optional.of(Class.forName(name, true, loader));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }
}
