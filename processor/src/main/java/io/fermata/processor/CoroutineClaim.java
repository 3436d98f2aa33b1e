package io.fermata.processor;

import com.google.auto.service.AutoService;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Claims our annotations, and does nothing else. A processor claims all annotations that it asks
 * for or none, and {@link CoroutineProcessor}, which has to see them all, must leave the others'
 * alone; but javac warns of an annotation that nobody claims.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes("io.fermata.*")
public final class CoroutineClaim extends AbstractProcessor {

  /** For javac. */
  public CoroutineClaim() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return true;
  }
}
