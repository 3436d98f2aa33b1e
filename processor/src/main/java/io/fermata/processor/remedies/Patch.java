package io.fermata.processor.remedies;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.SourcePositions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The patch of one compile: what is printed and has a remedy, as one unified diff that {@code git
 * apply} takes. Where there is nothing to mend there is no patch, and one of an earlier compile is
 * deleted.
 */
public final class Patch {

  private final Path target;
  private final SourcePositions positions;
  private final Map<Path, MendedFile> files = new TreeMap<>();

  /**
   * A patch of a compile that begins.
   *
   * @param target where it is written
   * @param positions of the compile's trees
   */
  public Patch(Path target, SourcePositions positions) {
    this.target = target;
    this.positions = positions;
  }

  /** Adds what mends a fault of this file. */
  public void add(CompilationUnitTree unit, Remedy remedy) {
    if (!remedy.isNone() && "file".equals(unit.getSourceFile().toUri().getScheme())) {
      files
          .computeIfAbsent(
              Path.of(unit.getSourceFile().toUri()).toAbsolutePath().normalize(),
              path -> read(unit))
          .add(remedy);
    }
  }

  private MendedFile read(CompilationUnitTree unit) {
    try {
      String text = unit.getSourceFile().getCharContent(true).toString();
      return new MendedFile(text, new ImportPlaces(unit, positions, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the patch, and tells of it.
   *
   * @return what to tell the user, if there is something to mend
   * @throws IOException if the patch can't be written, or a source not be read
   */
  public Optional<String> write() throws IOException {
    if (files.isEmpty()) {
      Files.deleteIfExists(target);
      return Optional.empty();
    }
    Path base = base(files.keySet().iterator().next());
    ByteArrayOutputStream patch = new ByteArrayOutputStream();
    for (Map.Entry<Path, MendedFile> each : files.entrySet()) {
      write(base, each.getKey(), each.getValue(), patch);
    }
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.write(target, patch.toByteArray());
    return Optional.of(describe(base));
  }

  private String describe(Path base) {
    int mended = files.values().stream().mapToInt(MendedFile::mended).sum();
    String findings = mended == 1 ? "1 finding" : mended + " findings";
    String in = files.size() == 1 ? "1 file" : files.size() + " files";
    Path absolute = target.toAbsolutePath().normalize();
    Path shown = absolute.startsWith(base) ? base.relativize(absolute) : absolute;
    return "[fermata] A patch mends %s in %s. Apply it in %s:%n  git apply %s"
        .formatted(findings, in, base, shown);
  }

  /**
   * What the paths in the patch begin at: the work tree of git that the sources stand in, from
   * which git takes them; elsewhere the working directory.
   */
  private static Path base(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".git"))) {
        return folder;
      }
    }
    return Path.of("").toAbsolutePath();
  }

  private static void write(Path base, Path file, MendedFile mended, OutputStream patch)
      throws IOException {
    String path = base.relativize(file).toString().replace('\\', '/');
    Charset charset = charsetOf(Files.readAllBytes(file), mended.text());
    UnifiedDiff diff = new UnifiedDiff(path, mended.text(), mended.edits());
    patch.write(diff.header().getBytes(StandardCharsets.UTF_8));
    patch.write(diff.hunks().getBytes(charset));
  }

  /** The charset that javac has read the file in, which no processor is told. */
  private static Charset charsetOf(byte[] bytes, String text) throws IOException {
    List<Charset> all =
        List.of(
            StandardCharsets.UTF_8,
            Charset.defaultCharset(),
            Charset.forName(System.getProperty("native.encoding", "UTF-8")),
            StandardCharsets.ISO_8859_1);
    for (Charset each : all) {
      if (new String(bytes, each).equals(text)) {
        return each;
      }
    }
    throw new IOException("a source is not what javac has read, or in an unknown encoding");
  }
}
