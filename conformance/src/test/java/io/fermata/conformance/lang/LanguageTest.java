package io.fermata.conformance.lang;

import io.fermata.conformance.world.SourceText;

/** The cases as they are. */
final class LanguageTest extends CaseTests {
  @Override
  SourceText prepared(SourceText source) {
    return source;
  }
}
