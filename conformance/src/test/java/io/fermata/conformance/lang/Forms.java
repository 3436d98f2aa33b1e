package io.fermata.conformance.lang;

import static java.util.stream.Collectors.joining;

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

/**
 * Forms of code of one folder of the resources: each origin of a value with each use of it, around
 * a resume point, as coroutines and blocking.
 */
final class Forms {
  private static final List<Scenario> SCENARIOS =
      List.of(Scenario.all(Ending.DONE), Scenario.all(Ending.LATER));

  /**
   * Where a value comes from.
   *
   * @param expression the value, {@code $} in a use
   */
  record Origin(String name, String before, String expression, String after) {
    boolean isVariable() {
      return expression.equals("x");
    }

    boolean waits() {
      return expression.contains("await(");
    }
  }

  private final Path folder;
  private final World blocking = BlockingWorld.create();
  private final World coroutines = new CoroutineWorld();

  Forms(String folder) {
    this.folder = Folders.resources().resolve(folder);
  }

  List<Origin> origins() throws IOException {
    return rows("origins.txt").stream()
        .map(row -> new Origin(row.get(0), row.get(1), row.get(2), row.get(3)))
        .toList();
  }

  /** A class of all forms of one origin. */
  SourceText source(Origin origin, List<List<String>> uses) throws IOException {
    String name = "Forms_" + origin.name();
    String forms = uses.stream().map(use -> form(origin, use)).collect(joining("\n"));
    String text =
        Files.readString(folder.resolve("Forms.java"))
            .replace("class Forms", "class " + name)
            .replace("// FORMS", forms);
    return new SourceText("cases." + name, text);
  }

  private static String form(Origin origin, List<String> use) {
    String again = "await(env.value(\"q\", 1))";
    String code = origin.before() + "\n" + again + ";\n" + use.get(1) + "\n" + origin.after();
    return ("@Coroutine static String m_" + use.get(0) + "(Env env) {\n")
        + "String s = \"\"; boolean flag = env != null;\n"
        + code.replace("$", origin.expression()).replace("AWAIT", again)
        + "\nreturn s;\n}";
  }

  /** What went wrong, form by form. */
  List<String> failures(List<SourceText> sources, int release) {
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

  /** The rows of a file of the folder, each in its columns. */
  List<List<String>> rows(String file) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(file))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" \\| ", -1)))
          .toList();
    }
  }
}
