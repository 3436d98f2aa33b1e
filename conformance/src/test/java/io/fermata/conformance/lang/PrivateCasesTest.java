package io.fermata.conformance.lang;

import io.fermata.conformance.world.PrivateSource;
import io.fermata.conformance.world.SourceText;

/** The cases with private members, which the twins reach by a {@code Lookup}. */
final class PrivateCasesTest extends CaseTests {
  @Override
  SourceText prepared(SourceText source) {
    return PrivateSource.of(source);
  }
}
