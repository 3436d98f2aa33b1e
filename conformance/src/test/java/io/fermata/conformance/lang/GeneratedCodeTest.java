package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.conformance.script.Ending;
import io.fermata.conformance.script.Outcome;
import io.fermata.conformance.script.Scenario;
import io.fermata.conformance.world.Compilation;
import io.fermata.conformance.world.CoroutineWorld;
import io.fermata.conformance.world.Folders;
import io.fermata.conformance.world.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the processor makes of a source: the same every time, and small enough to be compiled. */
final class GeneratedCodeTest {
  private static final int HOTSPOT_LIMIT = 8000;

  private final CoroutineWorld world = new CoroutineWorld();

  @Test
  void twoCompilesOfTheSameInputGiveTheSameBytes() throws IOException {
    List<SourceText> sources = cases();
    Compilation one = compiled(sources);
    Compilation two = compiled(sources);
    assertEquals(contents(one.generated()).keySet(), contents(two.generated()).keySet());
    assertEquals(contents(one.generated()), contents(two.generated()));
    assertEquals(contents(one.classes()), contents(two.classes()));
  }

  @Test
  void orderOfTheSourcesDoesNotShowInTheOutput() throws IOException {
    List<SourceText> sources = cases();
    List<SourceText> reversed = new ArrayList<>(sources);
    Collections.reverse(reversed);
    assertEquals(contents(compiled(sources).generated()), contents(compiled(reversed).generated()));
  }

  @Test
  void methodsOfAllCasesAreSmallEnoughForHotSpot() throws IOException {
    assertEquals(Map.of(), tooLong(compiled(cases())));
  }

  @Test
  void bodyOfFiveHundredResumePointsRunsAndIsSmallEnoughForHotSpot() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      body.append("    int v")
          .append(i)
          .append(" = await(env.value(\"v\", ")
          .append(i)
          .append("));\n");
      if (i % 50 == 0) {
        body.append(
            "    for (int k = 0; k < 2; k++) {\n      try {\n        sum += await(env.value(\"k\", k));\n");
        body.append("      } catch (IllegalStateException e) {\n        sum++;\n      }\n    }\n");
      }
      body.append("    sum += v")
          .append(i)
          .append(";\n    if (sum < 0) {\n      throw env.boom(\"never\");\n    }\n");
    }
    Compilation compilation = compiled(List.of(longBody("Long", body.toString())));
    Outcome outcome = world.load(compilation).run("cases.Long", "body", Scenario.all(Ending.LATER));
    assertEquals("returned Long:124760", outcome.end());
    assertEquals(Map.of(), tooLong(compilation));
  }

  @Test
  void longBodyWithAllLocalsLiveToTheEndIsSmallEnoughForHotSpot() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      body.append("    long v")
          .append(i)
          .append(" = await(env.value(\"v\", ")
          .append(i)
          .append("L));\n");
    }
    for (int i = 0; i < 200; i++) {
      body.append("    sum += v").append(i).append(" + await(env.value(\"w\", 1));\n");
    }
    Compilation compilation = compiled(List.of(longBody("Wide", body.toString())));
    Outcome outcome = world.load(compilation).run("cases.Wide", "body", Scenario.all(Ending.LATER));
    assertEquals("returned Long:20100", outcome.end());
    assertEquals(Map.of(), tooLong(compilation));
  }

  private static SourceText longBody(String name, String body) {
    return new SourceText(
        "cases." + name,
        "package cases;\nimport static io.fermata.Async.*;\nimport io.fermata.Coroutine;\n"
            + "import io.fermata.conformance.env.Env;\nfinal class "
            + name
            + " {\n  @Coroutine\n  static long body(Env env) {\n    long sum = 0;\n"
            + body
            + "    return sum;\n  }\n}\n");
  }

  private Compilation compiled(List<SourceText> sources) {
    Compilation compilation = world.compile(sources, 17);
    assertTrue(compilation.succeeded(), () -> String.join("\n", compilation.errors()));
    return compilation;
  }

  private static List<SourceText> cases() throws IOException {
    Path root = Folders.resources().resolve("cases");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .map(file -> SourceText.read(root, file))
          .toList();
    }
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file).toString(),
            Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  private static Map<String, Integer> tooLong(Compilation compilation) throws IOException {
    Map<String, Integer> tooLong = new TreeMap<>();
    try (Stream<Path> files = Files.walk(compilation.classes())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        if (!file.toString().contains("Async")) {
          continue;
        }
        ClassFile.codeLengths(file)
            .forEach(
                (method, length) -> {
                  if (length >= HOTSPOT_LIMIT) {
                    tooLong.put(file.getFileName() + " " + method, length);
                  }
                });
      }
    }
    return tooLong;
  }
}
