package io.fermata.processor;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.annotation.processing.Processor;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles a code base of several hundred classes with lambdas and generics, some of whose methods
 * are made coroutines, and compares with what javac makes of the same sources alone. Alone but for
 * a processor that generates one class: javac repeats some warnings when there is any.
 */
class RealCodeTest {

  private static final String MARK = "@io.fermata.Coroutine ";
  private static final Pattern LINES = Pattern.compile("\\(lines? ([\\d, ]+)\\)");

  @TempDir Path folder;

  @Test
  void the_users_own_classes_and_warnings_are_what_javac_makes_without_the_processor()
      throws IOException {
    Map<String, String> sources = sources();
    Map<String, NavigableSet<Integer>> places = withoutFaulty(sources, placesIn(sources));

    Map<String, String> marked = mark(sources, places);
    Javac.Result with = compile("with", marked, new CoroutineProcessor());
    Javac.Result without = compile("without", marked, GeneratingProcessor.inert());

    assertEquals(List.of(), with.messages(Diagnostic.Kind.ERROR));
    Set<String> generated = new TreeSet<>(with.classFiles().keySet());
    generated.removeAll(without.classFiles().keySet());
    assertTrue(generated.stream().allMatch(each -> each.contains("Async")), generated::toString);
    long twins = generated.stream().filter(each -> each.endsWith("Async.class")).count();
    assertTrue(twins > 20, () -> twins + " twins");

    Map<String, byte[]> expected = new TreeMap<>(without.classFiles());
    expected.remove("inert/Generated.class");
    assertTrue(expected.size() > 300, () -> expected.size() + " classes");
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, with.classFiles().get(name), name));

    assertEquals(sorted(without.messages()), sorted(ofJavac(with)));
  }

  private static List<String> ofJavac(Javac.Result result) {
    return result.messages().stream().filter(each -> !each.contains("[fermata:")).toList();
  }

  private static List<String> sorted(List<String> messages) {
    List<String> sorted = new ArrayList<>(messages);
    Collections.sort(sorted);
    return sorted;
  }

  private Javac.Result compile(String name, Map<String, String> sources, Processor processor) {
    Javac javac =
        new Javac(folder.resolve(name))
            .withRuntime()
            .options("-Xlint:all,-processing", "-Xmaxwarns", "10000", "-Xmaxerrs", "10000")
            .options("--release", "17", "-encoding", "UTF-8")
            .processors(processor);
    sources.forEach(javac::source);
    return javac.compile();
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (JarFile jar = new JarFile(Javac.INPUTS.resolve("commons-lang3-sources.jar").toFile())) {
      for (JarEntry each : Collections.list(jar.entries())) {
        if (each.getName().endsWith(".java")) {
          try (InputStream in = jar.getInputStream(each)) {
            sources.put(each.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return sources;
  }

  /** Where the methods stand whose name nothing else has: nothing calls or overrides them. */
  private static Map<String, NavigableSet<Integer>> placesIn(Map<String, String> sources)
      throws IOException {
    Map<String, Integer> uses = new HashMap<>();
    Map<String, Map<Integer, String>> methods = new TreeMap<>();
    for (Map.Entry<String, String> each : sources.entrySet()) {
      methods.put(each.getKey(), methodsIn(each.getValue(), uses));
    }
    Map<String, NavigableSet<Integer>> places = new TreeMap<>();
    methods.forEach(
        (file, found) -> {
          NavigableSet<Integer> inFile = new TreeSet<>();
          found.forEach(
              (place, name) -> {
                if (uses.getOrDefault(name, 0) == 1) {
                  inFile.add(place);
                }
              });
          places.put(file, inFile);
        });
    return places;
  }

  private static Map<Integer, String> methodsIn(String source, Map<String, Integer> uses)
      throws IOException {
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, null, null, List.of(new TextFile(source)));
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    CompilationUnitTree unit = task.parse().iterator().next();
    Map<Integer, String> methods = new TreeMap<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree tree, Void unused) {
        use(tree.getName());
        if (isCandidate(tree)) {
          methods.put((int) positions.getStartPosition(unit, tree), tree.getName().toString());
        }
        return super.visitMethod(tree, null);
      }

      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        use(tree.getName());
        return super.visitIdentifier(tree, null);
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        use(tree.getIdentifier());
        return super.visitMemberSelect(tree, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
        use(tree.getName());
        return super.visitMemberReference(tree, null);
      }

      private void use(CharSequence name) {
        uses.merge(name.toString(), 1, Integer::sum);
      }
    }.scan(unit, null);
    return methods;
  }

  private static boolean isCandidate(MethodTree method) {
    return method.getReturnType() != null
        && method.getBody() != null
        && !method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED);
  }

  /** What uses private members, or implements a method of the JDK, is no coroutine. */
  private Map<String, NavigableSet<Integer>> withoutFaulty(
      Map<String, String> sources, Map<String, NavigableSet<Integer>> places) throws IOException {
    Map<String, NavigableSet<Integer>> left = places;
    Map<String, NavigableSet<Integer>> before;
    do {
      // An error names no more than some uses of what is private.
      before = left;
      left = withoutNamed(sources, before);
    } while (!left.equals(before));
    return left;
  }

  private Map<String, NavigableSet<Integer>> withoutNamed(
      Map<String, String> sources, Map<String, NavigableSet<Integer>> places) throws IOException {
    Map<String, NavigableSet<Integer>> left = new TreeMap<>();
    places.forEach((file, inFile) -> left.put(file, new TreeSet<>(inFile)));
    Javac.Result result = compile("faults", mark(sources, places), new CoroutineProcessor());
    Set<String> unexpected = new HashSet<>();
    for (Diagnostic<? extends JavaFileObject> each : result.diagnostics()) {
      if (each.getKind() == Diagnostic.Kind.ERROR) {
        String message = each.getMessage(Locale.ROOT);
        if (message.startsWith("[fermata:private-access]")
            || message.startsWith("[fermata:template-override]")) {
          String file =
              sources.keySet().stream()
                  .filter(each.getSource().getName()::endsWith)
                  .findFirst()
                  .orElseThrow();
          for (int position : positionsOf(each)) {
            int place = methodAt(requireNonNull(places.get(file)), position);
            requireNonNull(left.get(file)).remove(place);
          }
        } else {
          unexpected.add(each.toString());
        }
      }
    }
    assertEquals(Set.of(), unexpected);
    return left;
  }

  /** Where an error stands, and the lines that it names. */
  private static List<Integer> positionsOf(Diagnostic<? extends JavaFileObject> error)
      throws IOException {
    List<Integer> positions = new ArrayList<>(List.of((int) error.getPosition()));
    String text = error.getSource().getCharContent(true).toString();
    int[] ends = IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').toArray();
    LINES
        .matcher(error.getMessage(Locale.ROOT))
        .results()
        .flatMap(each -> Arrays.stream(each.group(1).split(", ")))
        .forEach(line -> positions.add(ends[Integer.parseInt(line) - 1]));
    return positions;
  }

  /** The place in the source without marks of the method at a position in the one with marks. */
  private static int methodAt(NavigableSet<Integer> places, int position) {
    int found = -1;
    int shift = 0;
    for (int place : places) {
      if (place + shift > position) {
        break;
      }
      found = place;
      shift += MARK.length();
    }
    return found;
  }

  private static Map<String, String> mark(
      Map<String, String> sources, Map<String, NavigableSet<Integer>> places) throws IOException {
    Map<String, String> marked = new TreeMap<>();
    sources.forEach(
        (file, text) -> {
          StringBuilder builder = new StringBuilder(text);
          requireNonNull(places.get(file))
              .descendingSet()
              .forEach(place -> builder.insert(place, MARK));
          marked.put(file, builder.toString());
        });
    return marked;
  }

  private static final class TextFile extends SimpleJavaFileObject {

    private final String text;

    TextFile(String text) {
      super(URI.create("string:///Text.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
