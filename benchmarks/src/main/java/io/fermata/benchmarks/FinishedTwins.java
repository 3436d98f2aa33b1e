package io.fermata.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * A processor that only writes the twins of an earlier build, which it finds in the folder of the
 * option {@code twins}: no processor that generates them takes less.
 */
@SupportedAnnotationTypes("io.fermata.Coroutine")
@SupportedOptions("twins")
public final class FinishedTwins extends AbstractProcessor {

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<Element> owners = new LinkedHashSet<>();
    for (TypeElement annotation : annotations) {
      round.getElementsAnnotatedWith(annotation).forEach(m -> owners.add(m.getEnclosingElement()));
    }
    owners.forEach(this::write);
    return false;
  }

  private void write(Element owner) {
    String name = owner + "Async";
    Path folder = Path.of(Objects.requireNonNull(processingEnv.getOptions().get("twins")));
    try (Writer writer = processingEnv.getFiler().createSourceFile(name, owner).openWriter()) {
      writer.write(Files.readString(folder.resolve(name.replace('.', '/') + ".java")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
