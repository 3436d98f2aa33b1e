package io.fermata.processor;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.Trees;
import io.fermata.processor.remedies.Patch;
import io.fermata.processor.remedies.Remedy;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic.Kind;

/** Makes the patch that {@code -Afermata.patch} asks for, if it does, and tells where it is. */
final class PatchWriter {

  private final String target;
  private final Optional<Patch> patch;
  private final Messager messager;

  PatchWriter(Options options, Trees trees, Messager messager) {
    this.target = options.patch().orElse("");
    this.messager = messager;
    this.patch =
        options
            .patch()
            .flatMap(this::path)
            .map(path -> new Patch(path, trees.getSourcePositions()));
  }

  private Optional<Path> path(String name) {
    try {
      return Optional.of(Path.of(name)).filter(path -> !name.isBlank());
    } catch (InvalidPathException e) {
      fail("names no file: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Adds what mends a fault that is told. */
  void add(CompilationUnitTree unit, Remedy remedy) {
    patch.ifPresent(each -> each.add(unit, remedy));
  }

  /** Writes the patch, when all is told. */
  void write() {
    try {
      if (patch.isPresent()) {
        patch.get().write().ifPresent(note -> messager.printMessage(Kind.NOTE, note));
      }
    } catch (IOException | RuntimeException e) {
      fail("can't be written: " + e);
    }
  }

  private void fail(String why) {
    messager.printMessage(Kind.ERROR, "[fermata] -Afermata.patch=%s %s".formatted(target, why));
  }
}
