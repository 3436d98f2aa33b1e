package io.fermata.benchmarks;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures how what the processor adds to a build grows with the size of one coroutine: 250, 500,
 * 1,000 and 2,000 resume points, in shapes that are common in generated code and in large dispatch
 * methods; of what is too long for a Java method as the user writes it (JVMS 4.7.3), a quarter of
 * that. Each build is a javac of its own, with the processor and without it in turn.
 *
 * <p>Arguments: the processor's jar, and how many pairs of builds (3 if missing).
 */
public final class CompileGrowth {
  private static final int[] SIZES = {250, 500, 1_000, 2_000};

  /**
   * What stands around, and what is repeated with its number in the place of {@code #}.
   *
   * @param share of the size that a Java method has room for: 1, or a quarter: 4
   */
  private record Shape(String around, String each, int share) {
    Shape(String around, String each) {
      this(around, each, 1);
    }

    String body(int size) {
      String all =
          IntStream.range(0, size / share)
              .mapToObj(i -> each.replace("#", String.valueOf(i)))
              .collect(joining("\n"));
      return around.replace("%s", all);
    }
  }

  private static final Map<String, Shape> SHAPES = new LinkedHashMap<>();

  static {
    SHAPES.put("in a row", new Shape("%s", "sum += await(done(#));"));
    SHAPES.put(
        "a case each",
        new Shape("switch (n) { %s default: sum = -1; }", "case #: sum += await(done(#)); break;"));
    SHAPES.put(
        "locals in cases",
        new Shape(
            "switch (n) { %s default -> sum = -1; }",
            "case # -> { int x = await(done(#)); sum += x; }"));
    SHAPES.put("branches", new Shape("%s", "if (n == #) { sum += await(done(#)); }"));
    SHAPES.put(
        "loops / 4",
        new Shape("%s", "for (int x : new int[] {1, 2}) { sum += await(done(x)); }", 4));
    SHAPES.put(
        "handlers / 4",
        new Shape(
            "%s",
            "try { sum += await(done(#)); } catch (IllegalStateException e) { sum = 1; } finally { sum++; }",
            4));
  }

  private CompileGrowth() {}

  /** Prints a line for each shape: medians of what the processor adds, in milliseconds. */
  public static void main(String[] args) throws IOException {
    int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    System.out.printf("%-16s", "added ms");
    for (int size : SIZES) {
      System.out.printf("%8d", size);
    }
    System.out.println();
    for (Map.Entry<String, Shape> shape : SHAPES.entrySet()) {
      System.out.printf("%-16s", shape.getKey());
      for (int size : SIZES) {
        System.out.printf("%8.0f", added(Path.of(args[0]), shape.getValue(), size, pairs));
        System.out.flush();
      }
      System.out.println();
    }
  }

  private static double added(Path processor, Shape shape, int size, int pairs) throws IOException {
    Path folder = Files.createTempDirectory("compile-growth");
    try {
      Path source = folder.resolve("Large.java");
      Files.writeString(source, text(shape.body(size)));
      List<String> sources = List.of(source.toString());
      ColdBuild build = new ColdBuild(List.of());
      List<Double> added = new ArrayList<>();
      for (int i = 0; i < pairs; i++) {
        List<String> options = List.of("-processorpath", processor.toString());
        double with = build.milliseconds(folder.resolve("with" + i), sources, options);
        double without =
            build.milliseconds(folder.resolve("without" + i), sources, List.of("-proc:none"));
        added.add(with - without);
      }
      return ColdBuild.median(added);
    } finally {
      ColdBuild.delete(folder);
    }
  }

  private static String text(String body) {
    return """
        import static io.fermata.Async.*;
        import io.fermata.*;
        import java.time.Duration;
        class Large {
          static Coro<Integer> done(int value) { return sleep(Duration.ZERO, value); }
          @Coroutine static long body(int n) {
            long sum = 0;
            %s
            return sum;
          }
        }
        """
        .formatted(body);
  }
}
