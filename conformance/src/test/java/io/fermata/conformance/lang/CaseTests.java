package io.fermata.conformance.lang;

import static org.junit.jupiter.api.Assertions.fail;

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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case in {@code resources/cases} does as a coroutine what it does blocking: the same trace,
 * result and exception, whatever its awaitables do.
 *
 * <p>The property {@code fermata.case} restricts the run to the cases whose name contains it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CaseTests {
  private final World blocking = BlockingWorld.create();
  private final World coroutines = new CoroutineWorld();
  private final List<Case> cases = new ArrayList<>();

  /** What is compiled with the coroutines' processor, by release. */
  final Map<Integer, List<SourceText>> compiled = new TreeMap<>();

  final Map<Integer, Batch> batches = new TreeMap<>();

  /** A body in both worlds. */
  record Case(CaseFile file, String method, int release, Batch oracle, Batch tested) {
    @Override
    public String toString() {
      return file.source().simpleName() + "." + method;
    }
  }

  @BeforeAll
  void compile() throws IOException {
    add("cases", 17);
    if (Runtime.version().feature() >= 21) {
      add("cases21", 21);
    }
    if (Runtime.version().feature() >= 25) {
      add("cases25", 25);
    }
  }

  /** The source as it is to be compiled; empty if it is left out. */
  abstract Optional<SourceText> prepared(SourceText source);

  private void add(String folder, int release) throws IOException {
    Path root = Folders.resources().resolve(folder);
    List<SourceText> sources;
    try (Stream<Path> files = Files.walk(root)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .sorted()
              .map(file -> SourceText.read(root, file))
              .flatMap(source -> prepared(source).stream())
              .toList();
    }
    Batch oracle = Batch.of(blocking, sources, release);
    Batch tested = Batch.of(coroutines, sources, release);
    compiled.put(release, sources);
    batches.put(release, tested);
    String wanted = System.getProperty("fermata.case", "");
    for (SourceText source : sources) {
      CaseFile file = CaseFile.of(source);
      for (String method : file.cases()) {
        Case found = new Case(file, method, release, oracle, tested);
        if (found.toString().contains(wanted)) {
          cases.add(found);
        }
      }
    }
  }

  Stream<Case> cases() {
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void caseDoesAsACoroutineWhatItDoesBlocking(Case tested) {
    String className = tested.file().source().className();
    Batch coroutine = tested.tested();
    if (!coroutine.compilation(className).succeeded()) {
      coroutine =
          Batch.of(coroutines, List.of(tested.file().only(tested.method())), tested.release());
    }
    Batch oracle = tested.oracle();
    Compilation expected = oracle.compilation(className);
    if (!expected.succeeded()) {
      fail("javac refuses the case itself: " + expected.errors());
    }
    Compilation compilation = coroutine.compilation(className);
    if (!compilation.succeeded()) {
      fail(
          String.join("\n", compilation.errors())
              + "\n"
              + tested.file().textOf(tested.method())
              + "\n"
              + compilation.generatedSource(className + "Async"));
    }
    Difference.find(oracle, coroutine, className, tested.method())
        .ifPresent(difference -> fail(tested.file().textOf(tested.method()) + "\n\n" + difference));
  }
}
