package io.fermata.conformance.fuzz;

import io.fermata.conformance.script.Ending;
import io.fermata.conformance.script.Scenario;
import io.fermata.conformance.world.Batch;
import io.fermata.conformance.world.Compilation;
import io.fermata.conformance.world.Difference;
import io.fermata.conformance.world.SourceText;
import io.fermata.conformance.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes random programs, runs them in two worlds, and shrinks those that differ. */
final class Fuzzer {
  private static final int BATCH = 50;
  private static final Pattern INVALID_AS_IT_STANDS =
      Pattern.compile("DIFFERS: [^\n]*\nexpected:\\s*=> threw java\\.lang\\.VerifyError");

  private final World oracle;
  private final World tested;
  private final boolean shrinks;

  /** Compares {@code tested} with {@code oracle}. */
  Fuzzer(World oracle, World tested) {
    this.oracle = oracle;
    this.tested = tested;
    this.shrinks = !Boolean.getBoolean("fermata.fuzz.raw");
  }

  /**
   * A program that does not do the same in both worlds.
   *
   * @param source shrunk, ready to run
   * @param fault what javac said, or the difference
   */
  record Finding(long seed, String source, String fault) {
    @Override
    public String toString() {
      return "==== seed " + seed + "\n" + source + "\n---- " + fault;
    }
  }

  /**
   * What a run found.
   *
   * @param compared how many programs ran in both worlds
   * @param refused how many javac refused as they were written
   */
  record Report(int compared, int refused, List<Finding> findings) {}

  /**
   * Runs the programs of {@code count} seeds from {@code first}; stops after {@code most} findings.
   */
  Report run(long first, int count, int most) {
    List<Finding> findings = new ArrayList<>();
    int compared = 0;
    int refused = 0;
    for (long from = first; from < first + count && findings.size() < most; from += BATCH) {
      int size = (int) Math.min(BATCH, first + count - from);
      List<SourceText> sources = new ArrayList<>();
      for (long seed = from; seed < from + size; seed++) {
        sources.add(source(ProgramWriter.write("P" + seed, seed), "P" + seed));
      }
      Batch expected = Batch.of(oracle, sources, 17);
      List<SourceText> good =
          sources.stream().filter(s -> expected.compilation(s.className()).succeeded()).toList();
      refused += sources.size() - good.size();
      Batch actual = Batch.of(tested, good, 17);
      for (SourceText source : good) {
        if (findings.size() == most) {
          break;
        }
        compared++;
        long seed = Long.parseLong(source.simpleName().substring(1));
        Optional<String> fault = fault(expected, actual, source.className(), seed);
        if (fault.isPresent() && isJavacs(fault.get())) {
          System.out.println("seed " + seed + " javac itself fails, not the processor");
          refused++;
          compared--;
        } else if (fault.isPresent()) {
          System.out.println("seed " + seed + " " + firstLine(fault.get()));
          findings.add(found(seed, source, fault.get()));
        }
      }
      expected.delete();
      actual.delete();
    }
    return new Report(compared, refused, findings);
  }

  private Finding found(long seed, SourceText source, String fault) {
    // What hangs is not run again: its threads cannot be ended.
    return shrinks && !fault.contains("hangs at")
        ? shrunk(seed, kind(fault))
        : new Finding(seed, source.text(), fault);
  }

  private Finding shrunk(long seed, String kind) {
    String name = "P" + seed;
    Node smallest =
        Shrinker.shrink(
            ProgramWriter.write(name, seed),
            node -> fault(node, name, seed).map(Fuzzer::kind).orElse("").equals(kind));
    String fault = fault(smallest, name, seed).orElse("does not happen again on its own");
    return new Finding(seed, smallest.text(), fault);
  }

  /**
   * A crash of javac's on code that it should compile, or what it makes of the program as it stands
   * is no valid class; it has such bugs with switches around lambdas.
   */
  private static boolean isJavacs(String fault) {
    boolean isCrash =
        fault.startsWith("COMPILE: An exception has occurred in the compiler")
            && !fault.contains("at io.fermata.processor");
    return isCrash || INVALID_AS_IT_STANDS.matcher(fault).lookingAt();
  }

  private static String firstLine(String fault) {
    return fault.lines().findFirst().orElse("");
  }

  /** A program that does not compile must not turn into one that differs, nor the other way. */
  private static String kind(String fault) {
    return fault.substring(0, Math.min(8, fault.length()));
  }

  /**
   * What is wrong with {@code program}; empty if nothing is, if javac refuses it, or if it has been
   * shrunk to one that has nothing to run.
   */
  private Optional<String> fault(Node program, String name, long seed) {
    SourceText source = source(program, name);
    if (!source.text().contains(ProgramWriter.CASE)) {
      return Optional.empty();
    }
    Batch expected = Batch.of(oracle, List.of(source), 17);
    if (!expected.compilation(source.className()).succeeded()) {
      expected.delete();
      return Optional.empty();
    }
    Batch actual = Batch.of(tested, List.of(source), 17);
    Optional<String> fault = fault(expected, actual, source.className(), seed);
    expected.delete();
    actual.delete();
    return fault;
  }

  private static Optional<String> fault(Batch expected, Batch actual, String className, long seed) {
    Compilation compilation = actual.compilation(className);
    if (!compilation.succeeded()) {
      return Optional.of(
          "COMPILE: "
              + String.join("\n", compilation.errors())
              + "\n"
              + compilation.generatedSource(className + "Async"));
    }
    return Difference.find(expected, actual, className, "run", scenarios(seed))
        .map(difference -> "DIFFERS: " + difference);
  }

  private static List<Scenario> scenarios(long seed) {
    List<Scenario> scenarios = new ArrayList<>();
    scenarios.add(Scenario.all(Ending.DONE));
    scenarios.add(Scenario.all(Ending.LATER));
    for (int i = 0; i < 8; i++) {
      scenarios.add(Scenario.random(seed * 100 + i));
    }
    for (int i = 0; i < 6; i++) {
      scenarios.add(Scenario.at(i, Ending.FAILS_LATER, Ending.LATER));
      scenarios.add(Scenario.at(i, Ending.FAILED, Ending.DONE));
      scenarios.add(Scenario.at(i, Ending.TASK_CANCELLED, Ending.LATER));
    }
    return scenarios;
  }

  private static SourceText source(Node program, String name) {
    return new SourceText("fuzzed." + name, program.text());
  }
}
