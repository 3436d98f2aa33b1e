package io.fermata.conformance.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.conformance.fuzz.Fuzzer.Finding;
import io.fermata.conformance.fuzz.Fuzzer.Report;
import io.fermata.conformance.world.BlockingWorld;
import io.fermata.conformance.world.Compilation;
import io.fermata.conformance.world.CoroutineWorld;
import io.fermata.conformance.world.SourceText;
import io.fermata.conformance.world.World;
import java.util.Collection;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random programs do as coroutines what they do blocking.
 *
 * <p>Properties: {@code fermata.fuzz.seed} is the seed of the first program, {@code
 * fermata.fuzz.programs} how many there are, {@code fermata.fuzz.raw} leaves findings as they are,
 * unshrunk. A long run, from the root of the project:
 *
 * <pre>{@code
 * mvn -pl conformance -am verify -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dfermata.fuzz.programs=20000 -Dfermata.fuzz.seed=1000000
 * }</pre>
 *
 * <p>One program again: the seed that a finding names, and 1 program. What a finding prints is
 * shrunk and complete: put it into {@code src/test/resources/cases} to keep it.
 */
final class FuzzTest {
  private static final World BLOCKING = BlockingWorld.create();

  @Test
  void randomProgramsDoAsCoroutinesWhatTheyDoBlocking() {
    long seed = Long.getLong("fermata.fuzz.seed", 1);
    int programs = Integer.getInteger("fermata.fuzz.programs", 80);
    Report report = new Fuzzer(BLOCKING, new CoroutineWorld()).run(seed, programs, 5);
    System.out.println(
        report.compared()
            + " random programs from seed "
            + seed
            + ", "
            + report.refused()
            + " refused");
    assertTrue(report.findings().isEmpty(), () -> text(report));
    assertTrue(report.compared() > programs / 2, "javac refuses too many of the programs");
  }

  @Test
  void sameSeedGivesTheSameProgram() {
    assertEquals(ProgramWriter.write("P", 7).text(), ProgramWriter.write("P", 7).text());
  }

  @Test
  void blockingRunsAgreeWithThemselves() {
    Report report = new Fuzzer(BLOCKING, BLOCKING).run(1, 25, 1);
    assertTrue(report.findings().isEmpty(), () -> text(report));
  }

  /** A world that evaluates {@code +=} wrongly, as a translation might. */
  @Test
  void wrongTranslationIsFoundAndShrunk() {
    World wrong =
        new World() {
          @Override
          public Compilation compile(Collection<SourceText> sources, int release) {
            return BLOCKING.compile(
                sources.stream()
                    .map(
                        s ->
                            new SourceText(
                                s.className(),
                                s.text().replace("env.caught(", "env.trace(\"\" + ")))
                    .toList(),
                release);
          }

          @Override
          public Cases load(Compilation compilation) {
            return BLOCKING.load(compilation);
          }
        };
    Report report = new Fuzzer(BLOCKING, wrong).run(1, 50, 1);
    assertFalse(report.findings().isEmpty());
    Finding finding = report.findings().get(0);
    assertTrue(finding.source().contains("env.caught("), finding.toString());
    assertTrue(finding.source().lines().count() < 40, finding.toString());
  }

  private static String text(Report report) {
    return report.findings().stream().map(Finding::toString).collect(Collectors.joining("\n\n"));
  }
}
