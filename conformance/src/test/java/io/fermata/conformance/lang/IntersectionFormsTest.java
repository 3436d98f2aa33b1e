package io.fermata.conformance.lang;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.conformance.script.Ending;
import io.fermata.conformance.script.Scenario;
import io.fermata.conformance.world.Batch;
import io.fermata.conformance.world.BlockingWorld;
import io.fermata.conformance.world.CaseFile;
import io.fermata.conformance.world.Compilation;
import io.fermata.conformance.world.CoroutineWorld;
import io.fermata.conformance.world.Difference;
import io.fermata.conformance.world.Folders;
import io.fermata.conformance.world.SourceText;
import io.fermata.conformance.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Values of several types at once, of every origin and in every use: each of {@code
 * resources/intersections/origins.txt} with each of the uses beside it, around a resume point. A
 * coroutine does with them what the same code does blocking.
 */
final class IntersectionFormsTest {
  private static final Path FOLDER = Folders.resources().resolve("intersections");
  private static final List<Scenario> SCENARIOS =
      List.of(Scenario.all(Ending.DONE), Scenario.all(Ending.LATER));

  /** Where a value comes from. */
  private record Origin(String name, String before, String expression, String after) {
    boolean isVariable() {
      return expression.equals("x");
    }

    boolean waits() {
      return expression.contains("await(");
    }
  }

  private final World blocking = BlockingWorld.create();
  private final World coroutines = new CoroutineWorld();

  @Test
  void formsOfJava17_doAsCoroutinesWhatTheyDoBlocking() throws IOException {
    List<SourceText> sources = new ArrayList<>();
    for (List<String> row : rows("origins.txt")) {
      Origin origin = new Origin(row.get(0), row.get(1), row.get(2), row.get(3));
      List<List<String>> uses = new ArrayList<>(rows("uses.txt"));
      uses.addAll(origin.waits() ? List.of() : rows("uses-inside.txt"));
      uses.addAll(origin.isVariable() ? rows("uses-of-variables.txt") : List.of());
      sources.add(source(origin, uses));
    }
    assertEquals(List.of(), failures(sources, 17));
  }

  @Test
  void formsOfJava21_doAsCoroutinesWhatTheyDoBlocking() throws IOException {
    List<SourceText> sources = new ArrayList<>();
    for (List<String> row : rows("origins.txt")) {
      Origin origin = new Origin(row.get(0), row.get(1), row.get(2), row.get(3));
      sources.add(source(origin, rows("uses-21.txt")));
    }
    boolean isThere = Runtime.version().feature() >= 21;
    assertEquals(List.of(), isThere ? failures(sources, 21) : List.of());
  }

  private static SourceText source(Origin origin, List<List<String>> uses) throws IOException {
    String name = "Forms_" + origin.name();
    String forms = uses.stream().map(use -> form(origin, use)).collect(joining("\n"));
    String text =
        Files.readString(FOLDER.resolve("Forms.java"))
            .replace("class Forms", "class " + name)
            .replace("// FORMS", forms);
    return new SourceText("cases." + name, text);
  }

  private static String form(Origin origin, List<String> use) {
    String again = "await(env.value(\"q\", 1))";
    return ("@Coroutine static String m_" + use.get(0) + "(Env env) {\n")
        + "String s = \"\"; boolean flag = env != null;\n"
        + (origin.before() + "\n" + again + ";\n")
        + (use.get(1).replace("$", origin.expression()).replace("AWAIT", again) + "\n")
        + (origin.after() + "\nreturn s;\n}");
  }

  /** What went wrong, form by form. */
  private List<String> failures(List<SourceText> sources, int release) {
    Batch oracle = Batch.of(blocking, sources, release);
    Batch tested = Batch.of(coroutines, sources, release);
    List<String> failures = new ArrayList<>();
    for (SourceText source : sources) {
      String className = source.className();
      failures.addAll(errors(oracle.compilation(className)));
      failures.addAll(errors(tested.compilation(className)));
      boolean isThere =
          oracle.compilation(className).succeeded() && tested.compilation(className).succeeded();
      for (String form : isThere ? CaseFile.of(source).cases() : List.<String>of()) {
        Difference.find(oracle, tested, className, form, SCENARIOS)
            .ifPresent(difference -> failures.add(className + "." + form + "\n" + difference));
      }
    }
    return failures;
  }

  private static List<String> errors(Compilation compilation) {
    return compilation.succeeded() ? List.of() : compilation.errors();
  }

  private static List<List<String>> rows(String file) throws IOException {
    try (Stream<String> lines = Files.lines(FOLDER.resolve(file))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" \\| ", -1)))
          .toList();
    }
  }
}
