package io.fermata.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

class AttributionTest {

  private final RecordingPasses passes = new RecordingPasses();

  @Test
  void a_call_of_another_coroutine_has_the_type_of_its_twin() {
    compile(
        source(
            "app.Hello",
            """
            package app;
            import static io.fermata.Async.*;
            import io.fermata.*;
            import java.time.Duration;
            class Hello {
              @Coroutine static String sayAfter(Duration delay, String what) {
                await(sleep(delay));
                return what;
              }
              @Coroutine static void main() {
                var said = await(HelloAsync.sayAfter(Duration.ZERO, "hello"));
                var task = createTask(OtherAsync.count(new Other<>(said)));
                int n = await(task);
              }
            }
            """),
        source(
            "app.Other",
            """
            package app;
            import io.fermata.Coroutine;
            class Other<T> {
              Other(T t) {}
              @Coroutine int count() { return 1; }
            }
            """));
    assertTyped(
        "main: HelloAsync.sayAfter(Duration.ZERO, \"hello\") -> io.fermata.Coro<java.lang.String>");
    assertTyped("main: await(HelloAsync.sayAfter(Duration.ZERO, \"hello\")) -> java.lang.String");
    assertTyped("main: new Other<>(said) -> app.Other<java.lang.String>");
    assertTyped("main: await(task) -> java.lang.Integer");
    assertEquals(List.of(), passes.untyped);
  }

  @Test
  void inferred_types_are_known_where_the_source_names_none() {
    compile(
        source(
            "app.Inferred",
            """
            package app;
            import static io.fermata.Async.*;
            import io.fermata.*;
            import java.util.*;
            import java.util.stream.*;
            class Inferred {
              private record Pair(String a, int b) {}
              @Coroutine static void body(List<? extends Number> numbers) {
                var first = numbers.get(0);
                var anonymous = new Object() { int field = 1; };
                int field = anonymous.field;
                var map = Stream.of("a", "b").collect(Collectors.groupingBy(s -> s.length()));
                for (var entry : map.entrySet()) {
                  Object o = entry;
                  if (o instanceof Map.Entry<?, ?> e && e.getKey() != null) {
                    System.out.println(e);
                  }
                }
                var pair = new Pair("x", 1);
                int[][] grid = {{1}, {2}};
                Runnable run = () -> System.out.println(pair.b());
              }
            }
            """));
    assertTyped("body: var first = numbers.get(0); -> java.lang.Number");
    assertTyped("body: anonymous.field -> int");
    assertTyped(
        "body: Stream.of(\"a\", \"b\").collect(Collectors.groupingBy(s -> s.length()))"
            + " -> java.util.Map<java.lang.Integer, java.util.List<java.lang.String>>");
    assertTyped(
        "body: entry -> java.util.Map.Entry<java.lang.Integer, java.util.List<java.lang.String>>");
    assertTyped("body: e -> java.util.Map.Entry<?, ?>");
    assertTyped("body: pair.b() -> int");
  }

  @Test
  void a_second_class_of_a_file_is_found_and_nested_classes_have_bodies_too() {
    compile(
        source(
            "app.First",
            """
            package app;
            import io.fermata.Coroutine;
            class First {
              @Coroutine static int outer() { return Second.COUNT; }
              static class Inner {
                @Coroutine int inner() { return new Second().two(1); }
              }
            }
            class Second {
              static final int COUNT = 2;
              @Coroutine int two() { return COUNT; }
              int two(int unused) { return COUNT; }
            }
            """),
        source(
            "app.User",
            """
            package app;
            import static io.fermata.Async.await;
            import io.fermata.Coroutine;
            class User {
              @Coroutine static int use(First.Inner inner) {
                return await(First_InnerAsync.inner(inner)) + await(SecondAsync.two(new Second()));
              }
            }
            """));
    assertTyped("outer: Second.COUNT -> int");
    assertTyped("use: await(First_InnerAsync.inner(inner)) -> java.lang.Integer");
    assertTyped("use: await(SecondAsync.two(new Second())) -> java.lang.Integer");
    assertEquals(List.of(), passes.untyped);
  }

  private void assertTyped(String line) {
    assertTrue(
        passes.typed.contains(line), () -> line + " not in\n" + String.join("\n", passes.typed));
  }

  private void compile(JavaFileObject... sources) {
    Compilation compilation =
        javac().withProcessors(new CoroutineProcessor(dump -> passes)).compile(sources);
    assertThat(compilation).succeeded();
  }

  private static JavaFileObject source(String name, String text) {
    return JavaFileObjects.forSourceString(name, text);
  }
}
