package io.fermata.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Another processor of the compile: generates one class each round. */
@SupportedAnnotationTypes("*")
final class GeneratingProcessor extends AbstractProcessor {

  private final Deque<Map.Entry<String, String>> left;

  GeneratingProcessor(Map<String, String> sources) {
    this.left = new ArrayDeque<>(sources.entrySet());
  }

  /** A processor that does nothing but generate a class. */
  static GeneratingProcessor inert() {
    return new GeneratingProcessor(
        Map.of("inert.Generated", "package inert; final class Generated {}"));
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (!left.isEmpty()) {
      Map.Entry<String, String> next = left.poll();
      try (Writer writer = processingEnv.getFiler().createSourceFile(next.getKey()).openWriter()) {
        writer.write(next.getValue());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return false;
  }
}
