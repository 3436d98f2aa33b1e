package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which private members a {@code Lookup} opens, and which it does not. */
class PrivateLookupTest {
  private static final String LOOKUP =
      "static final java.lang.invoke.MethodHandles.Lookup L ="
          + " java.lang.invoke.MethodHandles.lookup();";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "private ", "public ", "protected "})
  void only_one_that_the_package_sees_and_nobody_else(String access) {
    assertEquals(access.isEmpty() ? 0 : 1, errors(access + LOOKUP, "return count;").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static java.lang.invoke.MethodHandles.Lookup L = null;",
        "final java.lang.invoke.MethodHandles.Lookup L = java.lang.invoke.MethodHandles.lookup();",
        "static final Object L = java.lang.invoke.MethodHandles.lookup();",
        "static final Lookup L = null; static class Lookup {}"
      })
  void only_a_static_final_field_of_that_type(String field) {
    assertEquals(1, errors(field, "return count;").size());
  }

  @Test
  void that_of_the_class_around() {
    assertEquals(
        List.of(),
        errors(
            LOOKUP + " static class Node { private int value; private Node() {} }",
            "return new Node().value;"));
  }

  @Test
  void none_of_a_nested_class_for_the_class_around() {
    assertEquals(1, errors("static class Node { " + LOOKUP + " }", "return count;").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return new Hidden().size();",
        "return hidden().size();",
        "return new A() { int get() { return 1; } }.get();",
        "return super.hashCode();",
        "return A.<Integer>same(1);"
      })
  void not_private_types_nor_what_only_the_class_itself_can_say(String body) {
    String members =
        " private static class Hidden { int size() { return 1; } }"
            + " private Hidden hidden() { return new Hidden(); }"
            + " private static <T> T same(T t) { return t; } private A() {}";
    assertNotEquals(List.of(), errors(LOOKUP + members, body));
  }

  private List<String> errors(String members, String body) {
    return new Javac(folder)
            .withRuntime()
            .source(
                "app/A.java",
                "package app; class A { private int count; "
                    + members
                    + " @io.fermata.Coroutine int get() { "
                    + body
                    + " } }")
            .processors(new CoroutineProcessor())
            .compile()
            .messages()
            .stream()
            .filter(each -> each.contains("private-access"))
            .toList();
  }
}
