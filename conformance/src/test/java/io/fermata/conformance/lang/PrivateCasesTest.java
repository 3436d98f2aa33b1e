package io.fermata.conformance.lang;

import io.fermata.conformance.world.PrivateSource;
import io.fermata.conformance.world.SourceText;
import java.util.Optional;
import java.util.Set;

/**
 * The cases with private members, which the twins reach by a {@code Lookup}: those about members,
 * and all of them with {@code -Dfermata.privateCases=all}.
 */
final class PrivateCasesTest extends CaseTests {
  private static final Set<String> ABOUT_MEMBERS =
      Set.of(
          "CapturedTypes",
          "CheckedExceptions",
          "CompoundAssignments",
          "Conversions",
          "ExpressionPlaces",
          "Generics",
          "LambdasInClasses",
          "MethodReferences",
          "Operands",
          "Owners",
          "Patterns",
          "TryResources");

  private static final boolean ALL = System.getProperty("fermata.privateCases", "").equals("all");

  @Override
  Optional<SourceText> prepared(SourceText source) {
    return ALL || ABOUT_MEMBERS.contains(source.simpleName())
        ? Optional.of(PrivateSource.of(source))
        : Optional.empty();
  }
}
