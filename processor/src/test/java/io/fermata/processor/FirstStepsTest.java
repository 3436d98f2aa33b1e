package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.Diagnostic.Kind;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The likeliest mistakes of a first hour, each the only one of its program: what javac says first
 * is said by Fermata, at the expression, and what comes behind it is not said in javac's words.
 */
class FirstStepsTest {

  private static final String BEFORE =
      """
      package app;
      import static io.fermata.Async.*;
      import io.fermata.*;
      import java.time.Duration;
      import java.util.List;
      import java.util.concurrent.Future;
      class Hello {
        @Coroutine static String fetch(String url) {
          await(sleep(Duration.ZERO));
          return url;
        }
        @Coroutine String greet() { return "hello"; }
        static String name() { return "name"; }
        static void print(String text) {}
      """;

  /** A coroutine with one mistake, and what the compiler marks. */
  private record Mistake(String code, String at, String method) {}

  private static final List<Mistake> MISTAKES =
      List.of(
          of("direct-call", "fetch", "void m() { String s = await(fetch(\"a\")); }"),
          of("direct-call", "fetch", "void m() { createTask(fetch(\"a\")); }"),
          of(
              "missing-await",
              "HelloAsync.fetch(\"a\")",
              "void m() { String s = HelloAsync.fetch(\"a\"); }"),
          of(
              "missing-await",
              "HelloAsync.fetch(\"a\")",
              "String m() { return HelloAsync.fetch(\"a\"); }"),
          of(
              "missing-await",
              "HelloAsync.fetch(\"a\")",
              "void m() { String s; s = HelloAsync.fetch(\"a\"); }"),
          of(
              "missing-await",
              "HelloAsync.fetch(\"a\")",
              "void m() { int n = HelloAsync.fetch(\"a\").length(); }"),
          of(
              "missing-await",
              "HelloAsync.fetch(\"a\")",
              "void m() { print(HelloAsync.fetch(\"a\")); }"),
          of(
              "missing-await",
              "HelloAsync.fetch(\"a\")",
              "void m() { for (String s : HelloAsync.fetch(\"a\")) {} }"),
          of("not-awaitable", "name()", "void m() { String s = await(name()); }"),
          of(
              "not-awaitable",
              "future",
              "void m(Future<String> future) { String s = await(future); }"),
          of(
              "not-awaitable",
              "() -> HelloAsync.fetch(\"a\")",
              "void m() { createTask(() -> HelloAsync.fetch(\"a\")); }"),
          of("not-awaitable", "Hello::name", "void m() { await(gather(Hello::name)); }"),
          of("wrong-argument", "1", "void m() { await(sleep(1)); }"),
          of(
              "wrong-argument",
              "0.5",
              "void m() { try (var t = timeout(0.5)) { await(sleep(Duration.ZERO)); } }"),
          of(
              "wrong-argument",
              "HelloAsync.greet",
              "void m() { String s = await(HelloAsync.greet()); }"),
          of(
              "unknown-name",
              "HelloAsync.name",
              "void m() { String s = await(HelloAsync.name()); }"),
          of(
              "unknown-name",
              "wait_for",
              "void m() { wait_for(HelloAsync.fetch(\"a\"), Duration.ZERO); }"),
          of("unsupported-method", "Coro<String>", "Coro<String> m() { return \"a\"; }"),
          of("async-argument", "Hello::name", "void m() { await(async(Hello::name)); }"),
          of(
              "await-outside",
              "await",
              "void m() { List.of(\"a\").forEach(s -> await(sleep(Duration.ZERO))); }"),
          of("nested-run", "run", "void m() { run(HelloAsync.fetch(\"a\")); }"));

  @TempDir Path folder;

  private static Mistake of(String code, String at, String method) {
    return new Mistake(code, at, method);
  }

  @TestFactory
  Stream<DynamicTest> a_mistake_in_a_coroutine_is_told_in_one_error() {
    return MISTAKES.stream().map(each -> DynamicTest.dynamicTest(each.method(), () -> check(each)));
  }

  private void check(Mistake mistake) {
    String source = BEFORE + "  @Coroutine static " + mistake.method() + "\n}\n";
    List<Diagnostic<? extends JavaFileObject>> errors =
        compile("Hello" + MISTAKES.indexOf(mistake), source);
    assertEquals(1, errors.size(), errors::toString);
    assertEquals(mistake.code() + " at " + mistake.at(), told(errors.get(0), source));
  }

  @Test
  void a_mistake_in_a_plain_method_of_the_class_is_told_first() {
    List<String> mains =
        List.of("String s = HelloAsync.fetch(\"a\");", "print(HelloAsync.fetch(\"a\"));");
    for (String main : mains) {
      String source = BEFORE + "  public static void main(String[] a) { " + main + " }\n}\n";
      Diagnostic<? extends JavaFileObject> first =
          compile("Main" + mains.indexOf(main), source).get(0);
      assertEquals("missing-await at HelloAsync.fetch(\"a\")", told(first, source));
      assertEquals(
          "Run it with run(HelloAsync.fetch(…)); or make this method a coroutine, and await it"
              + " there.",
          first.getMessage(null).lines().skip(1).findFirst().orElseThrow().strip());
    }
  }

  @Test
  void a_function_that_is_not_imported_is_told_once() {
    String source =
        BEFORE.replace("import static io.fermata.Async.*;", "")
            + "  @Coroutine static void m() { await(sleep(Duration.ZERO)); }\n}\n";
    List<Diagnostic<? extends JavaFileObject>> errors = compile("Imports", source);
    assertEquals(
        List.of("unknown-name at await"), errors.stream().map(each -> told(each, source)).toList());
  }

  @Test
  void errors_that_have_nothing_to_do_with_coroutines_stay_javacs_own() {
    String source =
        BEFORE
            + """
              @Coroutine static void m() {
                String s = await(fetch("a"));
                int n = "text";
                missing(HelloAsync.fetch("b"));
              }
            }
            """;
    List<String> lines =
        compile("Both", source).stream()
            .map(each -> each.getMessage(null).lines().findFirst().orElseThrow())
            .toList();
    assertEquals(4, lines.size(), lines::toString);
    assertEquals(
        "[fermata:direct-call] 'Hello.fetch' is the template of a coroutine and never runs.",
        lines.get(0));
    assertEquals("incompatible types: java.lang.String cannot be converted to int", lines.get(2));
    assertEquals("cannot find symbol", lines.get(3));
  }

  @Test
  void what_the_user_calls_as_asyncio_does_is_the_users() {
    String source =
        """
        package app;
        import static io.fermata.Async.*;
        import io.fermata.Coroutine;
        class Hello {
          static void sleep(String s) {}
          @Coroutine static void m() { sleep(1); }
        }
        """;
    assertEquals(
        List.of("incompatible types: int cannot be converted to java.lang.String"),
        compile("Own", source).stream()
            .map(each -> each.getMessage(null).lines().findFirst().orElseThrow())
            .toList());
  }

  private static String told(Diagnostic<? extends JavaFileObject> error, String source) {
    String message = error.getMessage(null);
    String code =
        message.startsWith("[fermata:")
            ? message.substring("[fermata:".length(), message.indexOf(']'))
            : message;
    int start = (int) error.getStartPosition();
    return code + " at " + source.substring(start, (int) error.getEndPosition());
  }

  private List<Diagnostic<? extends JavaFileObject>> compile(String name, String source) {
    Javac.Result result =
        new Javac(folder.resolve(name))
            .withRuntime()
            .source("app/Hello.java", source)
            .processors(new CoroutineProcessor())
            .compile();
    return List.copyOf(
        result.diagnostics().stream().filter(each -> each.getKind() == Kind.ERROR).toList());
  }
}
