package io.fermata.processor;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Finds javac's own environment behind those that build tools put around it: the tree API accepts
 * no other. IntelliJ hands out a proxy and tells how to unwrap it; Gradle hands out an object that
 * delegates to the one it keeps in a field.
 */
final class JavacEnvironment {

  private static final String JAVAC = "com.sun.tools.javac.processing.JavacProcessingEnvironment";
  private static final String INTELLIJ = "org.jetbrains.jps.javac.APIWrappers";
  private static final int DEEPEST = 8;

  private JavacEnvironment() {}

  /** javac's environment; empty if the compiler is another one. */
  static Optional<ProcessingEnvironment> behind(ProcessingEnvironment given) {
    ProcessingEnvironment env = given;
    for (int depth = 0; env != null && depth < DEEPEST; depth++) {
      if (isJavac(env.getClass())) {
        return Optional.of(env);
      }
      env = unwrapped(env);
    }
    return Optional.empty();
  }

  private static boolean isJavac(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().equals(JAVAC)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable ProcessingEnvironment unwrapped(ProcessingEnvironment env) {
    if (!Proxy.isProxyClass(env.getClass())) {
      return held(env);
    }
    ProcessingEnvironment unwrapped = unwrappedByIntelliJ(env);
    return unwrapped != null ? unwrapped : held(Proxy.getInvocationHandler(env));
  }

  private static @Nullable ProcessingEnvironment unwrappedByIntelliJ(ProcessingEnvironment proxy) {
    try {
      Object unwrapped =
          Class.forName(INTELLIJ, true, proxy.getClass().getClassLoader())
              .getMethod("unwrap", Class.class, Object.class)
              .invoke(null, ProcessingEnvironment.class, proxy);
      return unwrapped instanceof ProcessingEnvironment env && env != proxy ? env : null;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** The environment that an object keeps in one of its fields, whatever the field is called. */
  private static @Nullable ProcessingEnvironment held(Object holder) {
    for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (read(field, holder) instanceof ProcessingEnvironment env && env != holder) {
          return env;
        }
      }
    }
    return null;
  }

  private static @Nullable Object read(Field field, Object holder) {
    try {
      return field.trySetAccessible() ? field.get(holder) : null;
    } catch (IllegalAccessException e) {
      return null;
    }
  }
}
