package io.fermata.conformance.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Follows each link of README and of the pages in {@code docs} that stays in the project. */
class LinksTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  @Test
  void everyLink_leadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> pages = pages();
    for (Path page : pages) {
      Matcher link = LINK.matcher(prose(page));
      while (link.find()) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        if (!leadsSomewhere(target.normalize(), link.group(2))) {
          broken.add(page + ": " + link.group());
        }
      }
    }
    assertFalse(pages.isEmpty());
    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(Path target, @Nullable String anchor) throws IOException {
    return Files.exists(target) && (anchor == null || anchors(target).contains(anchor));
  }

  private static List<String> anchors(Path page) throws IOException {
    return HEADING.matcher(prose(page)).results().map(each -> anchor(each.group(1))).toList();
  }

  private static String anchor(String heading) {
    String words = heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "");
    return "#" + words.replace(' ', '-');
  }

  private static String prose(Path page) throws IOException {
    return CODE.matcher(Files.readString(page)).replaceAll("");
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }
}
