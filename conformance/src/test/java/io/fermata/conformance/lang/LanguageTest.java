package io.fermata.conformance.lang;

import io.fermata.conformance.world.SourceText;
import java.util.Optional;

/** The cases as they are. */
final class LanguageTest extends CaseTests {
  @Override
  Optional<SourceText> prepared(SourceText source) {
    return Optional.of(source);
  }
}
