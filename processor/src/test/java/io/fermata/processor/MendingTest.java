package io.fermata.processor;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.palantir.javapoet.TypeSpec;
import io.fermata.processor.diagnostics.Diagnostic;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has faulty files mended by the patch that their compile writes: {@code git apply} takes it, and
 * what it makes compiles without a finding. A file names what it mends, and what its {@code
 * result()} gives afterwards.
 */
class MendingTest {

  private static final Pattern CODE = Pattern.compile("\\[fermata:([a-z-]+)]");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> a_file_with_the_patch_compiles_and_does_what_was_meant() {
    return files().map(file -> DynamicTest.dynamicTest(nameOf(file), () -> check(file)));
  }

  private void check(Path file) throws Exception {
    Project project = new Project(folder.resolve(nameOf(file)));
    List<String> lines = Files.readAllLines(file);
    project.source("mended/" + file.getFileName(), String.join("\n", lines) + "\n");

    assertEquals(mends(lines), codes(project.compile()));
    project.applyPatch();
    Javac.Result mended = project.compile();
    assertEquals(List.of(), own(mended), () -> project.text("mended/" + file.getFileName()));
    assertFalse(Files.exists(project.patch()), "there is nothing left to mend");

    String result = lines.get(1);
    assertTrue(result.startsWith("// PRINTS "), result);
    assertEquals(result.substring("// PRINTS ".length()), project.result("mended." + nameOf(file)));
  }

  /** What takes thought: which way to go, what to rename, what a lock is for. */
  private static final Map<String, String> WITHOUT_REMEDY =
      Map.ofEntries(
          Map.entry("await-in-synchronized", "a lock of coroutines is another object"),
          Map.entry("template-override", "the coroutine needs a name"),
          Map.entry("too-large", "what belongs together is the author's to say"),
          Map.entry("name-clash", "something needs another name"),
          Map.entry("stale-twin", "what has taken its place is not known"),
          Map.entry("lock-across-await", "a lock of coroutines is another object"),
          Map.entry("dropped-task", "it may be kept, or be of a group"),
          Map.entry("finally-jump", "what is behind the statement has to fit"),
          Map.entry("self-deadlock", "the method has to be split"),
          Map.entry("busy-loop", "what it waits for is not known"),
          Map.entry("overridden", "the design has to change"),
          Map.entry("internal-error", "it is a fault of Fermata's"));

  @Test
  void each_code_is_mended_or_has_a_reason_why_not() throws IOException {
    Set<String> mended = new TreeSet<>();
    for (Path each : files().toList()) {
      mended.addAll(mends(Files.readAllLines(each)));
    }
    Set<String> both = new TreeSet<>(mended);
    both.retainAll(WITHOUT_REMEDY.keySet());
    assertEquals(Set.of(), both);
    mended.addAll(WITHOUT_REMEDY.keySet());
    assertEquals(
        Arrays.stream(Diagnostic.values())
            .map(Diagnostic::code)
            .collect(toCollection(TreeSet::new)),
        mended);
    for (String code : mended) {
      String page = Files.readString(Path.of("../docs/diagnostics", code + ".md"));
      assertEquals(
          !WITHOUT_REMEDY.containsKey(code),
          page.contains("Mended by [`-Afermata.patch`](../mending.md)"),
          code);
    }
  }

  /** 8 private members, 20 uses. */
  private static final String FIRST_PROGRAM =
      """
      package app;

      import static io.fermata.Async.*;

      import io.fermata.Coroutine;
      import java.time.Duration;
      import java.util.ArrayList;
      import java.util.List;

      public class Shop {
        private final List<String> log = new ArrayList<>();
        private int stock = 3, sold;
        private static int shops;
        Duration pause = Duration.ofMillis(1);

        private Shop() {
          shops++;
        }

        private static final class Order {
          final int items;

          private Order(int items) {
            this.items = items;
          }
        }

        private boolean has(int items) {
          return items <= stock;
        }

        @Coroutine
        private void sell(int items) {
          Order order = new Order(items);
          await(sleep(pause));
          if (has(order.items)) {
            stock -= order.items;
            sold += order.items;
            log.add("sold " + sold);
          } else {
            log.add("no " + stock);
          }
          Order next = new Order(1);
          if (has(next.items)) {
            log.add("next " + next.items);
          }
        }

        @Coroutine
        static String open() {
          Shop shop = new Shop();
          await(gather(ShopAsync.sell(shop, 2), ShopAsync.sell(shop, 2)));
          shop.pause = Duration.ZERO;
          await(sleep(shop.pause));
          shop.stock++;
          shop.stock--;
          return shop.log + " " + shop.stock + " " + shop.sold + " " + shops;
        }

        static String result() {
          return run(ShopAsync.open());
        }
      }
      """;

  @Test
  void a_first_program_has_an_error_for_each_private_member_and_one_patch_for_all()
      throws Exception {
    Project project = new Project(folder.resolve("first"));
    project.source("app/Shop.java", FIRST_PROGRAM);
    Javac.Result first = project.compile();
    assertEquals(8, first.messages(Kind.ERROR).size(), first.messages()::toString);
    int uses =
        first.messages(Kind.ERROR).stream()
            .flatMap(
                each ->
                    Pattern.compile("\\(lines? ([^)]*)\\)(?: and (\\d+) more)?")
                        .matcher(each)
                        .results())
            .mapToInt(
                each ->
                    each.group(1).split(",").length
                        + (each.group(2) == null ? 0 : Integer.parseInt(each.group(2))))
            .sum();
    assertEquals(20, uses, first.messages()::toString);
    project.applyPatch();
    assertEquals(List.of(), project.compile().messages());
    assertEquals("[sold 2, next 1, no 1, next 1] 1 2 1", project.result("app.Shop"));
  }

  @Test
  void line_ends_and_the_end_of_the_file_stay_as_they_are() throws Exception {
    String text =
        """
        package app;
        class Hello {
          private int count;
          @io.fermata.Coroutine int next() throws InterruptedException { Thread.sleep(1); return count; } }
        """;
    String mended =
        """
        package app;

        import static io.fermata.Async.await;
        import static io.fermata.Async.sleep;

        import java.time.Duration;
        class Hello {
          int count;
          @io.fermata.Coroutine int next() throws InterruptedException { await(sleep(Duration.ofMillis(1))); return count; } }
        """;
    for (String lineEnd : List.of("\n", "\r\n")) {
      for (String end : List.of(lineEnd, "")) {
        Project project = new Project(folder.resolve("ends" + lineEnd.length() + end.length()));
        project.source("app/Hello.java", text.strip().replace("\n", lineEnd) + end);
        project.compile();
        project.applyPatch();
        assertEquals(mended.strip().replace("\n", lineEnd) + end, project.text("app/Hello.java"));
      }
    }
  }

  @Test
  void a_private_method_that_would_be_overridden_is_not_opened() throws Exception {
    String base =
        """
        package app;
        class Base {
          private int count() { return 1; }
          private static int free() { return 1; }
          @io.fermata.Coroutine int next() { return count() + free(); }
        }
        interface Face {
          private int count() { return 1; }
          @io.fermata.Coroutine default int next() { return count(); }
        }
        """;
    Project project = new Project(folder.resolve("overridden"));
    project.source("app/Base.java", base);
    project.source(
        "app/Outer.java",
        "package app; class Outer { static class Derived extends Base { int count() { return 2; } } }");
    assertEquals(3, project.compile().messages(Kind.ERROR).size());
    project.applyPatch();
    assertEquals(
        base.replace("private static int free", "static int free"), project.text("app/Base.java"));
  }

  @Test
  void what_is_in_the_way_of_another_remedy_comes_with_the_next_patch() throws Exception {
    Project project = new Project(folder.resolve("nested"));
    project.source(
        "app/Hello.java",
        """
        package app;
        import static io.fermata.Async.run;
        import io.fermata.Coroutine;
        class Hello {
          @Coroutine Hello self() { return this; }
          @Coroutine String name() { return "Ada"; }
          @Coroutine String all() { return self().name(); }
          static Object result() { return run(HelloAsync.all(new Hello())); }
        }
        """);
    assertEquals(2, project.compile().messages(Kind.ERROR).size());
    project.applyPatch();
    assertEquals(1, project.compile().messages(Kind.ERROR).size());
    project.applyPatch();
    assertEquals(List.of(), project.compile().messages());
    assertEquals("Ada", project.result("app.Hello"));
  }

  @Test
  void other_encodings_stay_as_they_are() throws Exception {
    Project project = new Project(folder.resolve("latin"));
    Path file = project.source("app/Cheese.java", "");
    String text =
        """
        package app;
        class Cheese {
          private int stück;
          @io.fermata.Coroutine int stück() { return stück; }
        }
        """;
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    project.compile("-encoding", "ISO-8859-1");
    project.applyPatch();
    assertEquals(text.replace("private ", ""), Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  @Test
  void a_patch_is_of_its_compile_alone_and_one_that_cannot_be_written_is_an_error()
      throws Exception {
    Project project = new Project(folder.resolve("stale"));
    project.source("app/Hello.java", "package app; class Hello {}");
    Files.createDirectories(project.patch().getParent());
    Files.writeString(project.patch(), "of an earlier compile");
    assertEquals(List.of(), project.compile().messages());
    assertFalse(Files.exists(project.patch()));

    project.source(
        "app/Hello.java",
        "package app; class Hello { private int n; @io.fermata.Coroutine int m() { return n; } }");
    List<String> notes = project.compile().messages(Kind.NOTE);
    assertEquals(1, notes.size(), notes::toString);
    assertTrue(notes.get(0).contains("[fermata] A patch mends 1 finding in 1 file."), notes.get(0));

    Files.delete(project.patch());
    Files.createDirectories(project.patch().resolve("full"));
    List<String> errors = project.compile().messages(Kind.ERROR);
    assertEquals(2, errors.size(), errors::toString);
    assertTrue(
        errors
            .get(1)
            .contains("[fermata] -Afermata.patch=" + project.patch() + " can't be written"),
        errors.get(1));
  }

  @Test
  void outside_of_git_paths_begin_at_the_working_directory() throws Exception {
    Path root = folder.resolve("plain folder");
    Path file = root.resolve("src/my app/Hello.java");
    Files.createDirectories(file.getParent());
    String text = "class Hello { private int n; @io.fermata.Coroutine int m() { return n; } }";
    Files.writeString(file, text);
    String path =
        Stream.of(CoroutineProcessor.class, TypeSpec.class)
            .map(each -> Javac.placeOf(each.getName()).toString())
            .collect(joining(File.pathSeparator));
    String output =
        run(
            root,
            1,
            Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
            "-cp",
            Javac.placeOf("io.fermata.Coroutine").toString(),
            "-processorpath",
            path,
            "-d",
            "out",
            "-Afermata.patch=out/fermata.patch",
            "src/my app/Hello.java");
    assertTrue(output.contains("git apply out/fermata.patch"), output);
    run(root, 0, "git", "apply", "out/fermata.patch");
    assertEquals(text.replace("private ", ""), Files.readString(file));
  }

  @Test
  void what_is_silenced_is_left_alone() throws Exception {
    Project project = new Project(folder.resolve("lombok"));
    project.source(
        "app/Hello.java",
        """
        package app;
        import java.time.Duration;
        import static io.fermata.Async.*;
        class Hello {
          @SuppressWarnings("fermata:never-awaited")
          @io.fermata.Coroutine void next() { sleep(Duration.ZERO); }
        }
        """);
    assertEquals(List.of(), project.compile().messages());
    assertFalse(Files.exists(project.patch()));
  }

  private static String run(Path root, int code, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(code, process.waitFor(), output);
    return output;
  }

  private static Set<String> mends(List<String> lines) {
    return new TreeSet<>(List.of(lines.get(0).substring("// MENDS ".length()).split(", ")));
  }

  /** JUnit's annotations have one that is not on the class path. */
  private static List<String> own(Javac.Result result) {
    return result.messages().stream().filter(each -> !each.contains("apiguardian")).toList();
  }

  private static Set<String> codes(Javac.Result result) {
    return result.messages().stream()
        .flatMap(each -> CODE.matcher(each).results())
        .map(each -> each.group(1))
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<Path> files() {
    try (Stream<Path> all = Files.list(Path.of(MendingTest.class.getResource("/mended").toURI()))) {
      return all.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  /** Sources in a work tree of git. */
  private static final class Project {

    private final Path root;

    Project(Path root) throws Exception {
      this.root = root;
      Files.createDirectories(root);
      git("init", "-q");
    }

    Path patch() {
      return root.resolve("target/fermata.patch");
    }

    Path source(String name, String text) throws IOException {
      Path file = root.resolve("sources").resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    }

    String text(String name) {
      try {
        return Files.readString(root.resolve("sources").resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Javac.Result compile(String... options) {
      return new Javac(root)
          .classPath(Javac.placeOf("org.junit.jupiter.api.Test"))
          .withRuntime()
          .options("-Afermata.patch=" + patch(), "-Xlint:all,-try,-processing,-classfile")
          .options(options)
          .processors(new CoroutineProcessor())
          .compile();
    }

    void applyPatch() throws Exception {
      assertTrue(Files.exists(patch()), "there is a patch");
      git("apply", patch().toString());
    }

    private void git(String... arguments) throws Exception {
      List<String> command = new ArrayList<>(List.of("git"));
      command.addAll(Arrays.asList(arguments));
      Process process =
          new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), () -> output + "\n" + patchText());
    }

    private String patchText() {
      try {
        return Files.exists(patch()) ? Files.readString(patch()) : "";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String result(String className) throws Exception {
      URL[] classes = {root.resolve("classes").toUri().toURL()};
      try (URLClassLoader loader =
          new URLClassLoader(classes, MendingTest.class.getClassLoader())) {
        Method result = loader.loadClass(className).getDeclaredMethod("result");
        result.setAccessible(true);
        return String.valueOf(result.invoke(null));
      }
    }
  }
}
