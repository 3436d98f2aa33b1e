package io.fermata.conformance.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.conformance.world.CaseFile;
import io.fermata.conformance.world.Folders;
import io.fermata.conformance.world.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/language.md} lists the cases of each feature; it is made from the cases. */
class LanguageTableTest {
  private static final Path PAGE = Path.of("../docs/language.md");
  private static final List<String> FOLDERS = List.of("cases", "cases21", "cases25");
  private static final String BEGIN = "<!-- made from the cases -->\n";
  private static final String END = "<!-- end -->\n";
  private static final Pattern DESCRIPTION =
      Pattern.compile("/\\*\\*\n \\* (?<what>.+)\\.\n \\*\n \\* <p>JLS (?<jls>.+)\\.\n \\*/");

  @Test
  void thePage_listsTheCasesThatThereAre() throws IOException {
    String page = Files.readString(PAGE);
    String made =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table()
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("fermata.rewriteGoldens")) {
      Files.writeString(PAGE, made);
    }
    assertEquals(made, Files.readString(PAGE), "write it anew with -Dfermata.rewriteGoldens=true");
  }

  private static String table() throws IOException {
    List<String> rows = new ArrayList<>();
    int cases = 0;
    for (String folder : FOLDERS) {
      Path root = Folders.resources().resolve(folder);
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          CaseFile found = CaseFile.of(SourceText.read(root, file));
          cases += found.cases().size();
          rows.add(row(found));
        }
      }
    }
    return "\n"
        + cases
        + " cases.\n\n| feature | JLS | class | cases |\n| --- | --- | --- | --- |\n"
        + String.join("", rows)
        + "\n";
  }

  private static String row(CaseFile file) {
    Matcher description = DESCRIPTION.matcher(file.source().text());
    if (!description.find()) {
      throw new AssertionError(file.source().className() + " does not say what it covers");
    }
    return "| %s | %s | `%s` | %s |\n"
        .formatted(
            description.group("what"),
            description.group("jls"),
            file.source().simpleName(),
            String.join(", ", file.cases().stream().map(LanguageTableTest::words).toList()));
  }

  /** {@code awaitInFinally} as "await in finally". */
  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
