package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Typical coroutines and the twins that are written for them, to the byte. {@code
 * -Dfermata.rewriteGoldens=true} rewrites the twins.
 */
class GoldenTest {

  private static final Path GOLDENS = Path.of("src", "test", "resources", "goldens");
  private static final boolean REWRITES = Boolean.getBoolean("fermata.rewriteGoldens");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> the_twin_of_a_typical_class_is_the_golden() {
    return Javac.filesIn(GOLDENS, ".java").stream()
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .filter(name -> !name.endsWith("Async"))
        .map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
  }

  private void check(String name) throws IOException {
    String twin = twinOf(name);
    Path golden = GOLDENS.resolve(name + "Async.java");
    if (REWRITES) {
      Files.writeString(golden, twin);
    }
    assertEquals(Files.readString(golden), twin);
  }

  private String twinOf(String name) throws IOException {
    Path place = folder.resolve(name);
    Javac.Result result =
        new Javac(place)
            .withRuntime()
            .options("-Xlint:all,-processing,-try,-classfile,-options")
            .source("goldens/" + name + ".java", Files.readString(GOLDENS.resolve(name + ".java")))
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages());
    return Files.readString(place.resolve("classes/goldens/" + name + "Async.java"));
  }
}
