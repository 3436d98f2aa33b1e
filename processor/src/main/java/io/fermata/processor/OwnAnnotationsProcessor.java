package io.fermata.processor;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
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
 *
 * <p>Once all annotations of a round are claimed, javac does not ask the processors behind, not
 * even those that want to see everything, such as Lombok. So nothing is claimed where there are
 * any; and this one has a name that puts it behind {@link CoroutineProcessor}.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes("io.fermata.*")
public final class OwnAnnotationsProcessor extends AbstractProcessor {

  private final boolean isLast = isLast();

  /** For javac. */
  public OwnAnnotationsProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  @SuppressWarnings("DoNotClaimAnnotations") // nobody else has a use for them
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return isLast;
  }

  private static boolean isLast() {
    try {
      List<String> behind = new ArrayList<>();
      ServiceLoader.load(Processor.class, OwnAnnotationsProcessor.class.getClassLoader()).stream()
          .map(each -> each.type().getName())
          .forEach(
              each -> {
                behind.add(each);
                if (each.equals(OwnAnnotationsProcessor.class.getName())) {
                  behind.clear();
                }
              });
      return behind.isEmpty();
    } catch (ServiceConfigurationError e) {
      return false;
    }
  }
}
