package io.fermata.conformance.realcode;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All methods of public libraries, made coroutines, compile or are refused for what no coroutine
 * can do. The profile {@code libraries} of Maven fetches them.
 */
@EnabledIfSystemProperty(named = "fermata.libraries", matches = ".+")
final class LibrariesTest {
  private static final Path FOLDER = Path.of(System.getProperty("fermata.libraries", ""));
  private static final String SOURCES = "-sources.jar";
  private static final int SHOWN = 40;

  /** What is generated stays when there are faults in it. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("librariesAndAwaits")
  void methodsOfALibrary_compileAsCoroutinesOrAreRefused(String library, Awaits awaits)
      throws IOException {
    SourceJar sources = new SourceJar(FOLDER.resolve(library + SOURCES));
    LibraryCopies.Result result =
        new LibraryCopies(new Javac(binaries()), sources, awaits, folder).compile();
    System.out.printf(
        "%s, %s: %d coroutines compiled, %d methods refused%n",
        library, awaits, result.compiled(), result.refused());
    String faults =
        result.faults().stream().limit(SHOWN).map(Problem::toString).collect(joining("\n"));
    assertEquals("", faults, () -> "faults: " + result.faults().size());
    assertTrue(result.compiled() > result.refused(), result::toString);
  }

  /** The libraries are those whose sources lie in the folder; {@code -Dlibrary} chooses. */
  static Stream<Object[]> librariesAndAwaits() throws IOException {
    String chosen = System.getProperty("library", "");
    return jars().stream()
        .map(each -> each.getFileName().toString())
        .filter(each -> each.endsWith(SOURCES) && each.startsWith(chosen))
        .map(each -> each.substring(0, each.length() - SOURCES.length()))
        .flatMap(each -> Arrays.stream(Awaits.values()).map(awaits -> new Object[] {each, awaits}));
  }

  private static List<Path> binaries() throws IOException {
    return jars().stream().filter(each -> !each.toString().endsWith(SOURCES)).toList();
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> jars = Files.list(FOLDER)) {
      return jars.sorted().toList();
    }
  }
}
