package io.fermata.processor;

import static com.google.testing.compile.Compiler.javac;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.OwnerClass;
import io.fermata.processor.diagnostics.Diagnostic;
import io.fermata.processor.diagnostics.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compiles what is wrong, file by file. A comment {@code // ERROR fermata:code at expression} names
 * what the next line brings; nothing else may be reported.
 */
class NegativeTest {

  private static final Pattern MARK =
      Pattern.compile("// (ERROR|WARNING) (fermata:[a-z-]+)(?: at (.*))?");
  private static final Pattern USE = Pattern.compile("// USES (.*) by (.*)");
  private static final Pattern USED =
      Pattern.compile("'(.*)' is private, .* in other classes: (.*?)(?: and (\\d+) more)?\\.$");
  private static final Pattern USED_BY = Pattern.compile("([\\w.]+) \\(lines? ([\\d, ]+)\\)");
  private static final Pattern CODE = Pattern.compile("^\\[(fermata:[a-z-]+)]");

  private static final int JAVA = Runtime.version().feature();

  @TestFactory
  Stream<DynamicTest> each_fault_is_reported_at_its_expression_and_nothing_else() {
    return negatives().map(file -> DynamicTest.dynamicTest(nameOf(file), () -> check(file)));
  }

  @Test
  void each_finding_has_a_negative_test() {
    List<String> messages =
        negatives()
            .flatMap(file -> compile(file).diagnostics().stream())
            .map(each -> each.getMessage(Locale.ROOT).replaceAll("\\s+", " "))
            .toList();
    List<Diagnostic> missing =
        Arrays.stream(Diagnostic.values())
            .filter(each -> each != Diagnostic.INTERNAL_ERROR)
            // It takes a second build: SecondBuildsTest.
            .filter(each -> !each.code().equals("stale-twin"))
            // Lombok has to be there: LombokTest.
            .filter(each -> each != Diagnostic.UNSUPPORTED_LOCKED)
            .filter(each -> each != Diagnostic.PRIVATE_BY_LOMBOK)
            // It takes a class that is compiled already: CompileTest.
            .filter(each -> each != Diagnostic.PRIVATE_USE)
            // What brings it is larger than a file to read: DeepCodeTest.
            .filter(each -> each != Diagnostic.TOO_DEEP)
            .filter(each -> JAVA >= 25 || each != Diagnostic.UNSUPPORTED_IMPLICIT)
            .filter(each -> messages.stream().noneMatch(pattern(each).asMatchPredicate()))
            .toList();
    assertEquals(List.of(), missing);
  }

  /** The one finding that no source should bring. */
  @Test
  void a_pass_that_fails_is_one_error_at_the_coroutine_and_names_the_pass() {
    String source =
        """
        package negative;
        class Broken {
          @io.fermata.Coroutine static void one() {}
          @io.fermata.Coroutine static void two() {}
        }
        """;
    Compilation compilation =
        javac()
            .withProcessors(new CoroutineProcessor(dump -> new FailingPasses()))
            .compile(JavaFileObjects.forSourceString("negative.Broken", source));
    assertEquals(
        List.of(
            "3 [fermata:internal-error] Fermata fails to compile 'Broken.one', in its attribution:"
                + " java.lang.IllegalStateException: one",
            "4 [fermata:internal-error] Fermata fails to compile 'Broken.two', in its attribution:"
                + " java.lang.IllegalStateException: two"),
        compilation.diagnostics().stream()
            .map(
                each ->
                    each.getLineNumber()
                        + " "
                        + each.getMessage(Locale.ROOT).lines().findFirst().orElseThrow())
            .toList());
  }

  @Test
  void an_error_of_the_compiler_itself_is_one_of_the_compile_and_leaves_no_processor() {
    Map<Passes<?>, String> failing =
        Map.of(new OverflowingPasses(), "too-large", new BrokenPasses(), "internal-error");
    for (Passes<?> passes : failing.keySet()) {
      Compilation compilation =
          javac()
              .withProcessors(new CoroutineProcessor(dump -> passes))
              .compile(
                  JavaFileObjects.forSourceString(
                      "negative.Broken",
                      "package negative; class Broken { @io.fermata.Coroutine void one() {} }"));
      assertEquals(1, compilation.errors().size(), () -> compilation.errors().toString());
      assertTrue(
          compilation
              .errors()
              .get(0)
              .getMessage(Locale.ROOT)
              .startsWith("[fermata:" + failing.get(passes)));
    }
  }

  private static final class OverflowingPasses implements Passes<String> {
    @Override
    public String lower(AttributedBody body, List<Fault> faults) {
      throw new StackOverflowError();
    }

    @Override
    public String emit(OwnerClass owner, List<String> bodies) {
      throw new AssertionError("after a fault");
    }
  }

  private static final class BrokenPasses implements Passes<String> {
    @Override
    public String lower(AttributedBody body, List<Fault> faults) {
      return body.method().name();
    }

    @Override
    public String emit(OwnerClass owner, List<String> bodies) {
      throw new NoClassDefFoundError("a.Missing");
    }
  }

  private static final class FailingPasses implements Passes<String> {
    @Override
    public String lower(AttributedBody body, List<Fault> faults) {
      throw new IllegalStateException(body.method().name());
    }

    @Override
    public String emit(OwnerClass owner, List<String> bodies) {
      throw new AssertionError("after a fault");
    }
  }

  @Test
  void each_code_has_a_page() {
    List<String> missing =
        Arrays.stream(Diagnostic.values())
            .map(Diagnostic::code)
            .distinct()
            .filter(code -> !Files.exists(Path.of("../docs/diagnostics", code + ".md")))
            .toList();
    assertEquals(List.of(), missing);
  }

  private static void check(Path file) {
    List<String> found = new ArrayList<>();
    String source = read(file);
    List<String> marks = marks(source);
    List<String> messages = new ArrayList<>();
    boolean positions = true;
    for (javax.tools.Diagnostic<? extends JavaFileObject> each : compile(file).diagnostics()) {
      Matcher code = CODE.matcher(each.getMessage(Locale.ROOT));
      if (code.find()) {
        String at = source.substring((int) each.getStartPosition(), (int) each.getEndPosition());
        String line = each.getLineNumber() + " " + kind(each.getKind()) + " " + code.group(1);
        String exact = line + " at " + at;
        found.add(marks.contains(exact) ? exact : marks.contains(line) ? line : exact);
        messages.add(each.getMessage(Locale.ROOT));
        positions &= each.getMessage(Locale.ROOT).contains("\n");
      } else {
        assertTrue(each.getKind() == Kind.NOTE || each.getKind() == Kind.WARNING, each::toString);
      }
    }
    assertEquals(sorted(marks), sorted(found));
    checkUses(source, messages);
    assertTrue(positions, "each message has a remedy on its second line");
  }

  /** What is private is told once, with all its uses, of which a comment stands above each. */
  private static void checkUses(String source, List<String> messages) {
    Map<String, List<String>> expected = uses(source);
    List<String> told = new ArrayList<>();
    for (String each : messages) {
      Matcher used = USED.matcher(each.lines().findFirst().orElseThrow());
      if (used.find()) {
        told.add(used.group(1));
        List<String> all = expected.getOrDefault(used.group(1), List.of());
        List<String> named = named(used.group(2));
        int more = used.group(3) == null ? 0 : Integer.parseInt(used.group(3));
        assertEquals(all.subList(0, Math.min(all.size(), named.size())), named);
        assertEquals(all.size(), named.size() + more, each);
        assertTrue(more == 0 || named.size() == 6, each);
      }
    }
    assertEquals(sorted(List.copyOf(expected.keySet())), sorted(told));
  }

  private static Map<String, List<String>> uses(String source) {
    Map<String, List<String>> uses = new TreeMap<>();
    String[] lines = source.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher use = USE.matcher(lines[i]);
      if (use.find()) {
        uses.computeIfAbsent(use.group(1), member -> new ArrayList<>())
            .add(use.group(2) + ":" + (i + 2));
      }
    }
    return uses;
  }

  private static List<String> named(String text) {
    return USED_BY
        .matcher(text)
        .results()
        .flatMap(
            each ->
                Arrays.stream(each.group(2).split(", ")).map(line -> each.group(1) + ":" + line))
        .toList();
  }

  /** One to a line; what is told twice stands there twice. */
  private static String sorted(List<String> lines) {
    return lines.stream().sorted().collect(joining("\n"));
  }

  private static String kind(Kind kind) {
    return kind == Kind.ERROR ? "ERROR" : "WARNING";
  }

  private static List<String> marks(String source) {
    List<String> marks = new ArrayList<>();
    String[] lines = source.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher mark = MARK.matcher(lines[i]);
      if (mark.find()) {
        // An annotation belongs to what it stands at: javac puts a declaration at its name.
        int line = i + 2;
        while (lines[line - 1].strip().startsWith("@") && mark.group(3) == null) {
          line++;
        }
        String at = mark.group(3) == null ? "" : " at " + mark.group(3);
        marks.add(line + " " + mark.group(1) + " " + mark.group(2) + at);
      }
    }
    return marks;
  }

  private static Pattern pattern(Diagnostic diagnostic) {
    String[] gaps = {"\u0001", "\u0001", "\u0001", "\u0001"};
    String regex =
        Arrays.stream(diagnostic.message(List.of(gaps)).replaceAll("\\s+", " ").split("\u0001", -1))
            .map(Pattern::quote)
            .collect(joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  private static Compilation compile(Path file) {
    return javac()
        .withProcessors(new CoroutineProcessor())
        .compile(JavaFileObjects.forSourceString("negative." + nameOf(file), read(file)));
  }

  private static Stream<Path> negatives() {
    Stream<Path> all = filesIn("/negatives");
    return JAVA >= 25 ? Stream.concat(all, filesIn("/negatives25")) : all;
  }

  private static Stream<Path> filesIn(String folder) {
    try (Stream<Path> files = Files.list(Path.of(NegativeTest.class.getResource(folder).toURI()))) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
