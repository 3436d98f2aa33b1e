package io.fermata.conformance.realcode;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.fermata.conformance.realcode.Javac.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a library with copies of its methods that are coroutines; without those that javac
 * does not take even as plain methods.
 */
final class LibraryCopies {
  private static final Pattern REFUSAL = Pattern.compile("\\[fermata:(private-access|name-clash)]");

  private final Javac javac;
  private final Path folder;
  private final Map<String, CopiedSource> files = new TreeMap<>();

  /**
   * Makes the copies.
   *
   * @param folder takes what javac writes
   */
  LibraryCopies(Javac javac, SourceJar library, Awaits awaits, Path folder) throws IOException {
    this.javac = javac;
    this.folder = folder;
    for (Source each : compilable(library.read())) {
      files.put(each.name(), CoroutineCopies.ofMethods(each, awaits));
    }
    leaveOutWhatJavaForbids();
  }

  /** Without the files that need other libraries than are there. */
  private List<Source> compilable(Map<String, String> sources) throws IOException {
    Analysis analysis = javac.analyze(sources);
    while (!analysis.problems().isEmpty()) {
      sources.keySet().removeAll(analysis.problems().stream().map(Problem::file).collect(toSet()));
      analysis = javac.analyze(sources);
    }
    return analysis.sources();
  }

  private void leaveOutWhatJavaForbids() throws IOException {
    List<Problem> problems = javac.compilePlainly(texts(), newFolder());
    while (!problems.isEmpty()) {
      change(problems, LibraryCopies::withLess);
      problems = javac.compilePlainly(texts(), newFolder());
    }
  }

  /** Without copies that have problems, else with its members private again, else not at all. */
  private static @Nullable CopiedSource withLess(CopiedSource file, List<Problem> problems) {
    CopiedSource rest = file.withoutCopiesAt(problems);
    if (!rest.equals(file)) {
      return rest;
    }
    return file.isOpen() ? file.closed() : null;
  }

  private void change(
      List<Problem> problems,
      BiFunction<CopiedSource, List<Problem>, @Nullable CopiedSource> change) {
    Map<String, List<Problem>> byFile = problems.stream().collect(groupingBy(Problem::file));
    byFile.forEach(
        (name, some) -> files.computeIfPresent(name, (same, file) -> change.apply(file, some)));
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    files.forEach((name, file) -> texts.put(name, file.text()));
    return texts;
  }

  private int count() {
    return files.values().stream().mapToInt(CopiedSource::count).sum();
  }

  /**
   * What comes of the copies.
   *
   * @param compiled how many are coroutines
   * @param refused how many hold what no coroutine can do
   * @param faults the errors that say anything else
   */
  record Result(int compiled, int refused, List<Problem> faults) {}

  /** Compiles with the processor until there is no copy that has a problem. */
  Result compile() throws IOException {
    List<Problem> faults = new ArrayList<>();
    List<Problem> problems;
    int all = count();
    int before;
    do {
      before = count();
      problems = javac.compile(texts(), newFolder());
      problems.stream().filter(each -> isInCopy(each) && !isRefusal(each)).forEach(faults::add);
      change(problems, CopiedSource::withoutCopiesAt);
    } while (count() < before);
    faults.addAll(problems);
    return new Result(count(), all - count(), faults);
  }

  private Path newFolder() throws IOException {
    return Files.createTempDirectory(folder, "classes");
  }

  private boolean isInCopy(Problem problem) {
    CopiedSource file = files.get(problem.file());
    return file != null && file.copyAt(problem.position()).isPresent();
  }

  private static boolean isRefusal(Problem problem) {
    return REFUSAL.matcher(problem.message()).find();
  }
}
