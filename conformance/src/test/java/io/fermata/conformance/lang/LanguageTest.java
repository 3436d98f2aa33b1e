package io.fermata.conformance.lang;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fermata.conformance.eclipse.EclipseTwins;
import io.fermata.conformance.world.SourceText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases as they are. */
final class LanguageTest extends CaseTests {
  @Override
  Optional<SourceText> prepared(SourceText source) {
    return Optional.of(source);
  }

  @Test
  void eclipseMakesTheTwinsThatJavacMakes(@TempDir Path folder) {
    compiled.forEach(
        (release, sources) -> {
          Map<String, String> expected = new TreeMap<>();
          sources.stream()
              .map(
                  each ->
                      requireNonNull(batches.get(release))
                          .compilation(each.className())
                          .generated())
              .distinct()
              .forEach(each -> expected.putAll(EclipseTwins.in(each)));
          Map<String, String> found =
              EclipseTwins.of(sources, release, folder.resolve("release" + release));
          assertFalse(found.isEmpty());
          assertEquals(expected, found);
        });
  }
}
