package io.fermata.conformance.eclipse;

import io.fermata.conformance.world.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The twins that Eclipse's compiler makes. */
public final class EclipseTwins {
  private EclipseTwins() {}

  /** The sources of the twins, by their paths. */
  public static Map<String, String> of(Collection<SourceText> sources, int release, Path folder) {
    List<Path> files = new ArrayList<>();
    for (SourceText each : sources) {
      String path = each.className().replace('.', '/') + ".java";
      files.add(Build.write(folder.resolve("sources").resolve(path), each.text()));
    }
    try (Compilers compilers = new Compilers()) {
      Build build = new Build(compilers.eclipse(), folder);
      build.onClassPath(System.getProperty("java.class.path", ""));
      build
          .with("-proc:only", "--release", String.valueOf(release))
          .with("-sourcepath", Files.createDirectories(folder.resolve("none")).toString())
          .compile(files);
      return build.twins();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The generated sources in a folder, by their paths. */
  public static Map<String, String> in(Path folder) {
    return Build.contents(folder, ".java", Build::text);
  }
}
