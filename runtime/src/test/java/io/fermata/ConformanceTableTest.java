package io.fermata;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * {@code docs/conformance.md} tells for each behaviour that CPython's tests pin down which tests of
 * this module hold the runtime to it. A test carries the id of its row in its name: {@code
 * TASK_01_awaitingRunsInTheCallersTask}. {@code -Dfermata.rewriteGoldens} writes the table anew.
 */
class ConformanceTableTest {
  private static final Path TABLE = Path.of("..", "docs", "conformance.md");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern WITH_ID = Pattern.compile("([A-Z]+)_(\\d\\d)_\\w+");
  private static final Pattern AREA = Pattern.compile("([A-Z]+): (.+)");
  private static final Pattern ROW = Pattern.compile("(\\d\\d) (.+?)(?: -- (.+))?");

  private static final String INTRODUCTION =
      """
      # Conformance

      What CPython's own tests pin down about asyncio, and what streams, servers and datagrams must do, row by row, and the
      tests of `runtime` that hold Fermata to it. A test carries the id of its row in its name, and a row is *tested* when a
      test does: the build runs them all, and fails where one fails. This page is generated from the tests; after a change of
      theirs, write it anew:

      ```sh
      mvn -q -pl runtime verify -Dtest=ConformanceTableTest -Dfermata.rewriteGoldens
      ```
      """;

  private static final String DIFFERENCES =
      """

      ## Where Fermata differs on purpose

      | what | asyncio | Fermata, and why | test |
      | --- | --- | --- | --- |
      """;

  /** One behaviour. {@code whyNot} tells why it does not apply, if it does not. */
  private record Row(String id, String behaviour, String whyNot) {
    boolean isNotYet() {
      return whyNot != null && whyNot.startsWith("not yet: ");
    }
  }

  private record Area(String title, List<Row> rows) {}

  @Test
  void theTableIsThatOfTheTests() throws IOException {
    String table = table(areas(), testsById());
    if (System.getProperty("fermata.rewriteGoldens") != null) {
      Files.writeString(TABLE, table);
    }
    String written = Files.exists(TABLE) ? Files.readString(TABLE).replace("\r\n", "\n") : "";
    assertEquals(table, written, "docs/conformance.md is stale: -Dfermata.rewriteGoldens");
  }

  @Test
  void eachIdThatATestCarriesIsThatOfARow() throws IOException {
    Set<String> unknown = new TreeSet<>(testsById().keySet());
    areas().forEach(area -> area.rows().forEach(row -> unknown.remove(row.id())));
    assertEquals(Set.of(), unknown);
  }

  @Test
  void aRowHasATestUnlessItDoesNotApply() throws IOException {
    Set<String> tested = testsById().keySet();
    List<String> wrong = new ArrayList<>();
    for (Area area : areas()) {
      area.rows().stream()
          .filter(row -> tested.contains(row.id()) == (row.whyNot() != null))
          .forEach(row -> wrong.add(row.id()));
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void eachDifferenceHasATest() throws IOException {
    Set<String> named = new TreeSet<>();
    resource("differences.txt")
        .lines()
        .forEach(line -> named.add(line.substring(line.lastIndexOf('|') + 1).strip()));
    Set<String> there = new TreeSet<>();
    for (Path source : testSources()) {
      testMethods(source).forEach(method -> there.add(nameOf(method)));
    }
    named.removeAll(there);
    assertEquals(Set.of(), named);
  }

  private static List<Area> areas() throws IOException {
    String text = resource("asyncio-rows.txt") + "\n" + resource("net-rows.txt");
    List<Area> areas = new ArrayList<>();
    String prefix = "";
    for (String line : text.lines().filter(line -> !line.isEmpty()).toList()) {
      Matcher area = AREA.matcher(line);
      Matcher row = ROW.matcher(line);
      if (area.matches()) {
        prefix = area.group(1);
        areas.add(new Area(area.group(2), new ArrayList<>()));
      } else if (row.matches()) {
        String id = prefix + "-" + row.group(1);
        areas.get(areas.size() - 1).rows().add(new Row(id, row.group(2), row.group(3)));
      } else {
        throw new AssertionError("neither an area nor a row: " + line);
      }
    }
    return areas;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ConformanceTableTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What stands in the table's third column, by the id of the row. */
  private static Map<String, List<String>> testsById() throws IOException {
    Map<String, List<String>> tests = new TreeMap<>();
    for (Path source : testSources()) {
      for (Method method : testMethods(source)) {
        Matcher id = WITH_ID.matcher(method.getName());
        if (id.matches()) {
          tests
              .computeIfAbsent(id.group(1) + "-" + id.group(2), key -> new ArrayList<>())
              .add(nameOf(method));
        }
      }
    }
    return tests;
  }

  private static List<Path> testSources() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files.filter(file -> file.toString().endsWith("Test.java")).sorted().toList();
    }
  }

  private static String nameOf(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  private static List<Method> testMethods(Path source) {
    String file = TESTS.relativize(source).toString();
    String name = file.substring(0, file.length() - ".java".length()).replaceAll("[/\\\\]", ".");
    try {
      return Arrays.stream(Class.forName(name).getDeclaredMethods())
          .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
          .filter(method -> !AnnotationSupport.isAnnotated(method, Disabled.class))
          .sorted((a, b) -> a.getName().compareTo(b.getName()))
          .toList();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static String state(Row row) {
    if (row.whyNot() == null) {
      return "tested";
    }
    return row.isNotYet() ? row.whyNot() : "does not apply: " + row.whyNot();
  }

  private static String differences() throws IOException {
    return DIFFERENCES
        + resource("differences.txt")
            .lines()
            .map(line -> "| " + line.replaceAll("[|] (\\S+)$", "| `$1` |\n"))
            .collect(joining());
  }

  private static String table(List<Area> areas, Map<String, List<String>> tests)
      throws IOException {
    List<Row> rows = areas.stream().flatMap(area -> area.rows().stream()).toList();
    long notYet = rows.stream().filter(Row::isNotYet).count();
    long excepted = rows.stream().filter(row -> row.whyNot() != null).count() - notYet;
    StringBuilder text = new StringBuilder(INTRODUCTION);
    text.append(
        "\n%d rows, %d of which do not apply and %d are not there yet.\n"
            .formatted(rows.size(), excepted, notYet));
    text.append(differences());
    for (Area area : areas) {
      text.append("\n## ").append(area.title()).append("\n\n");
      text.append("| row | behaviour | tests | state |\n| --- | --- | --- | --- |\n");
      for (Row row : area.rows()) {
        List<String> names = tests.getOrDefault(row.id(), List.of());
        text.append("| %s | %s | ".formatted(row.id(), row.behaviour()))
            .append(names.stream().map(name -> "`" + name + "`").collect(joining("<br>")))
            .append(names.isEmpty() ? "| " : " | ")
            .append(state(row))
            .append(" |\n");
      }
    }
    return text.toString();
  }
}
