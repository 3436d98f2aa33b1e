package io.fermata.processor;

import static com.google.testing.compile.Compiler.javac;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import io.fermata.processor.diagnostics.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
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
  private static final Pattern CODE = Pattern.compile("^\\[(fermata:[a-z-]+)]");

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
            .filter(each -> !FOUND_ELSEWHERE.contains(each))
            .filter(each -> messages.stream().noneMatch(pattern(each).asMatchPredicate()))
            .toList();
    assertEquals(List.of(), missing);
  }

  /** Found by the lowering, or never if all is well; their tests are with the passes. */
  private static final List<Diagnostic> FOUND_ELSEWHERE =
      List.of(Diagnostic.SUPER_CALL, Diagnostic.INTERNAL_ERROR);

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
    TreeSet<String> found = new TreeSet<>();
    String source = read(file);
    List<String> marks = marks(source);
    boolean positions = true;
    for (javax.tools.Diagnostic<? extends JavaFileObject> each : compile(file).diagnostics()) {
      Matcher code = CODE.matcher(each.getMessage(Locale.ROOT));
      if (code.find()) {
        String at = source.substring((int) each.getStartPosition(), (int) each.getEndPosition());
        String line = each.getLineNumber() + " " + kind(each.getKind()) + " " + code.group(1);
        String exact = line + " at " + at;
        found.add(marks.contains(exact) ? exact : marks.contains(line) ? line : exact);
        positions &= each.getMessage(Locale.ROOT).contains("\n");
      } else {
        assertTrue(each.getKind() == Kind.NOTE || each.getKind() == Kind.WARNING, each::toString);
      }
    }
    assertEquals(String.join("\n", new TreeSet<>(marks)), String.join("\n", found));
    assertTrue(positions, "each message has a remedy on its second line");
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
    String[] gaps = {"\u0001", "\u0001", "\u0001"};
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
    try (Stream<Path> files =
        Files.list(Path.of(NegativeTest.class.getResource("/negatives").toURI()))) {
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
