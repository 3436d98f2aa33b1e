package io.fermata.conformance.eclipse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Another processor: makes {@code app.Later1} in the first round and {@code app.Later2} then. */
@SupportedAnnotationTypes("*")
public final class LaterClasses extends AbstractProcessor {

  private int round;

  /** For compilers. */
  public LaterClasses() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
    round++;
    if (round <= 2) {
      String name = "Later" + round;
      try (Writer writer = processingEnv.getFiler().createSourceFile("app." + name).openWriter()) {
        writer.write("package app; class " + name + " { static int value() { return 4; } }");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return false;
  }
}
