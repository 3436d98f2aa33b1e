package io.fermata.processor;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
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
    assertEquals(List.of(), mended.messages(), () -> project.text("mended/" + file.getFileName()));
    assertFalse(Files.exists(project.patch()), "there is nothing left to mend");

    String result = lines.get(1);
    assertTrue(result.startsWith("// PRINTS "), result);
    assertEquals(result.substring("// PRINTS ".length()), project.result("mended." + nameOf(file)));
  }

  private static Set<String> mends(List<String> lines) {
    return new TreeSet<>(List.of(lines.get(0).substring("// MENDS ".length()).split(", ")));
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

    void source(String name, String text) throws IOException {
      Path file = root.resolve("sources").resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
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
          .withRuntime()
          .options("-Afermata.patch=" + patch(), "-Xlint:all,-try,-processing")
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
