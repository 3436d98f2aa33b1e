package io.fermata.conformance.docs;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.processor.diagnostics.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiagnosticPagesTest {
  private static final Path PAGES = Path.of("../docs/diagnostics");

  @Test
  void everyCode_hasAPageAndEveryPageACode() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      SortedSet<String> pages =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("README.md"))
              .map(name -> name.replace(".md", ""))
              .collect(toCollection(TreeSet::new));
      assertEquals(codes(), pages);
    }
  }

  @Test
  void everyPage_isHeadedByItsCode() throws IOException {
    for (String code : codes()) {
      String page = Files.readString(PAGES.resolve(code + ".md"));
      assertTrue(page.startsWith("# " + code + "\n"), page);
    }
  }

  @Test
  void theIndex_listsEveryCodeWithItsKind() throws IOException {
    String index = Files.readString(PAGES.resolve("README.md"));
    for (Diagnostic diagnostic : Diagnostic.values()) {
      String link = "| [`" + diagnostic.code() + "`](" + diagnostic.code() + ".md) |";
      String kind = diagnostic.severity() == Diagnostic.Severity.ERROR ? "error" : "warning";
      assertTrue(
          index.lines().anyMatch(line -> line.startsWith(link) && line.endsWith(kind + " |")),
          diagnostic.code());
    }
  }

  private static SortedSet<String> codes() {
    return Arrays.stream(Diagnostic.values())
        .map(Diagnostic::code)
        .collect(toCollection(TreeSet::new));
  }
}
