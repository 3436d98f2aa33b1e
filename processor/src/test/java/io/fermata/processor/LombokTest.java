package io.fermata.processor;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.palantir.javapoet.TypeSpec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lombok's features, a file for each or for some that belong together. A file in {@code works}
 * tells what its {@code result()} gives; one in {@code errors} marks what is reported.
 */
class LombokTest {

  private static final Pattern MARK = Pattern.compile("// ERROR (fermata:[a-z-]+)(?: at (\\w+))?");
  private static final Pattern FOUND =
      Pattern.compile("(\\w+\\.java):(\\d+): error: \\[(fermata:[a-z-]+)].*");

  private enum Order {
    LOMBOK_FIRST,
    LOMBOK_LAST
  }

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> each_feature_does_in_a_coroutine_what_it_does_elsewhere() {
    return Stream.of(Order.values()).flatMap(this::featuresIn);
  }

  private Stream<DynamicTest> featuresIn(Order order) {
    Path place = folder.resolve("works" + order);
    assertEquals(List.of(), compile(place, files("works"), order));
    return files("works").stream()
        .map(file -> DynamicTest.dynamicTest(order + " " + nameOf(file), () -> check(file, place)));
  }

  private static void check(Path file, Path place) throws Exception {
    URL[] classes = {place.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, LombokTest.class.getClassLoader())) {
      Method result = loader.loadClass("lombokcases." + nameOf(file)).getDeclaredMethod("result");
      result.setAccessible(true);
      String expected = Files.readAllLines(file).get(0).substring("// PRINTS ".length());
      assertEquals(expected, result.invoke(null));
    }
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void what_cannot_be_is_an_error_at_its_place_with_a_remedy(Order order) {
    Map<String, String> expected = new TreeMap<>();
    files("errors").forEach(file -> expected.putAll(marks(file)));
    Map<String, String> found = new TreeMap<>();
    for (String line : compile(folder.resolve("errors"), files("errors"), order)) {
      Matcher error = FOUND.matcher(line.substring(line.lastIndexOf(File.separatorChar) + 1));
      if (error.matches()) {
        found.put(error.group(1) + ":" + error.group(2), error.group(3));
      } else if (line.contains(" error: ")) {
        found.put(line, "of javac");
      }
    }
    assertEquals(expected, found);
  }

  private static Map<String, String> marks(Path file) {
    Map<String, String> marks = new TreeMap<>();
    List<String> lines = read(file);
    for (int i = 0; i < lines.size(); i++) {
      Matcher mark = MARK.matcher(lines.get(i));
      if (mark.find()) {
        int line = i + 1;
        while (lines.get(line).strip().startsWith("@") && !mark.group(1).endsWith("direct-call")) {
          line++;
        }
        marks.put(file.getFileName() + ":" + (line + 1), mark.group(1));
      }
    }
    return marks;
  }

  private static List<String> compile(Path place, List<Path> files, Order order) {
    Path lombok = Javac.INPUTS.resolve("lombok.jar");
    List<String> path = new ArrayList<>();
    Stream.of(CoroutineProcessor.class, TypeSpec.class)
        .map(each -> Javac.placeOf(each.getName()).toString())
        .forEach(path::add);
    path.add(order == Order.LOMBOK_FIRST ? 0 : path.size(), lombok.toString());
    Javac javac = new Javac(place);
    for (Path each : files) {
      javac.source("lombokcases/" + each.getFileName(), String.join("\n", read(each)));
    }
    return javac
        .options(
            "-cp",
            Javac.placeOf("io.fermata.Coroutine") + File.pathSeparator + lombok,
            "-processorpath",
            path.stream().collect(joining(File.pathSeparator)))
        .compileInProcess()
        .lines()
        // From JDK 24 on, the JVM warns of how Lombok reaches into it.
        .filter(each -> !each.startsWith("WARNING: "))
        .toList();
  }

  private static List<Path> files(String kind) {
    try (Stream<Path> all =
        Files.list(Path.of(LombokTest.class.getResource("/lombok/" + kind).toURI()))) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }
}
