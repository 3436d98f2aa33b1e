package io.fermata.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations of a test, or else of its class, or else of the classes around that say.
 *
 * @param isVirtual whether time is
 * @param tolerated what does not fail the test
 */
record Settings(boolean isVirtual, Set<Finding> tolerated) {

  static Settings of(ExtensionContext context) {
    EnumSet<Finding> tolerated = EnumSet.noneOf(Finding.class);
    find(context, Tolerate.class).ifPresent(each -> tolerated.addAll(List.of(each.value())));
    return new Settings(find(context, RealTime.class).isEmpty(), tolerated);
  }

  boolean isTolerated(Finding finding) {
    return tolerated.contains(finding);
  }

  /** How long a method may take, as JUnit has it: a class speaks for its tests only. */
  static Optional<Duration> timeout(Method method, boolean isTest, ExtensionContext context) {
    Optional<Timeout> own = AnnotationSupport.findAnnotation(method, Timeout.class);
    return (own.isEmpty() && isTest ? find(context, Timeout.class) : own)
        .map(each -> Duration.of(each.value(), each.unit().toChronoUnit()));
  }

  /** The one at the test, or else at its class, or else at the classes around that. */
  static <A extends Annotation> Optional<A> find(ExtensionContext context, Class<A> type) {
    Optional<A> found = AnnotationSupport.findAnnotation(context.getTestMethod(), type);
    for (Optional<ExtensionContext> at = Optional.of(context);
        found.isEmpty() && at.isPresent();
        at = at.get().getParent()) {
      found = AnnotationSupport.findAnnotation(at.get().getTestClass(), type);
    }
    return found;
  }
}
