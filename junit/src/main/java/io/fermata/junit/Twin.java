package io.fermata.junit;

import io.fermata.Coro;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.function.Try;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The generated method that is called in place of a test's own. JUnit's means of reflection are
 * used, so that it is found wherever JUnit finds the tests.
 */
final class Twin {
  private static final ClassValue<Optional<Class<?>>> CLASSES =
      new ClassValue<>() {
        @Override
        protected Optional<Class<?>> computeValue(Class<?> owner) {
          Try<Class<?>> found =
              ReflectionSupport.tryToLoadClass(className(owner), owner.getClassLoader());
          return found.toOptional();
        }
      };

  private final Method method;
  private final boolean hasSelf;

  private Twin(Method method, boolean hasSelf) {
    this.method = method;
    this.hasSelf = hasSelf;
  }

  /** The twin of a method; empty for one that is no coroutine. */
  static Optional<Twin> of(Method template) {
    boolean hasSelf = !Modifier.isStatic(template.getModifiers());
    List<Class<?>> parameters = new ArrayList<>(Arrays.asList(template.getParameterTypes()));
    if (hasSelf) {
      parameters.add(0, template.getDeclaringClass());
    }
    return CLASSES
        .get(template.getDeclaringClass())
        .flatMap(
            type ->
                ReflectionSupport.findMethod(
                    type, template.getName(), parameters.toArray(Class<?>[]::new)))
        .filter(found -> Coro.class.isAssignableFrom(found.getReturnType()))
        .map(found -> new Twin(found, hasSelf));
  }

  /** {@code app.Outer_InnerAsync}. */
  static String className(Class<?> owner) {
    StringBuilder name = new StringBuilder(owner.getSimpleName()).append("Async");
    for (Class<?> outer = owner.getEnclosingClass();
        outer != null;
        outer = outer.getEnclosingClass()) {
      name.insert(0, outer.getSimpleName() + "_");
    }
    return owner.getPackageName().isEmpty() ? name.toString() : owner.getPackageName() + "." + name;
  }

  /** A coroutine that has not started. */
  Coro<?> create(@Nullable Object self, List<?> arguments) {
    List<@Nullable Object> all = new ArrayList<>(arguments);
    if (hasSelf) {
      all.add(0, self);
    }
    return (Coro<?>)
        Objects.requireNonNull(ReflectionSupport.invokeMethod(method, null, all.toArray()));
  }
}
