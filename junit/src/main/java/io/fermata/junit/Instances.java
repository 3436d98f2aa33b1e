package io.fermata.junit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExecutableInvoker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The instances of a test class and of the classes around it, outermost first: those that JUnit has
 * made for a test, and for each of its runs new ones that are the same.
 */
final class Instances {
  private final ExtensionContext context;
  private final List<Object> originals;

  Instances(ExtensionContext context) {
    this.context = context;
    this.originals = context.getRequiredTestInstances().getAllInstances();
  }

  /** New instances, but for classes of which JUnit makes one for all tests. */
  List<Object> renewed() {
    List<Object> renewed = new ArrayList<>();
    for (Object original : originals) {
      Object outer = renewed.isEmpty() ? null : renewed.get(renewed.size() - 1);
      renewed.add(isPerClass(original.getClass()) ? original : renew(original, outer));
    }
    return renewed;
  }

  /** The one of these that stands for an instance of JUnit's; null for null. */
  @Nullable Object counterpart(@Nullable Object original, List<Object> renewed) {
    for (int i = 0; i < originals.size(); i++) {
      if (originals.get(i) == original) {
        return renewed.get(i);
      }
    }
    return original;
  }

  private boolean isPerClass(Class<?> type) {
    for (Optional<ExtensionContext> at = Optional.of(context);
        at.isPresent();
        at = at.get().getParent()) {
      if (at.get().getTestClass().filter(type::equals).isPresent()) {
        return at.get().getTestInstanceLifecycle().filter(Lifecycle.PER_CLASS::equals).isPresent();
      }
    }
    return false;
  }

  private Object renew(Object original, @Nullable Object outer) {
    Constructor<?> constructor = original.getClass().getDeclaredConstructors()[0];
    ExecutableInvoker invoker = context.getExecutableInvoker();
    Object renewed =
        outer == null ? invoker.invoke(constructor) : invoker.invoke(constructor, outer);
    ReflectionSupport.findFields(
            original.getClass(),
            field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic(),
            HierarchyTraversalMode.TOP_DOWN)
        .forEach(field -> copyInjected(field, original, renewed));
    return renewed;
  }

  /** No method of the test has seen the original: what the constructor did not set, others did. */
  private static void copyInjected(Field field, Object original, Object renewed) {
    try {
      ReflectionSupport.makeAccessible(field);
      Object injected = field.get(original);
      if (injected != null && !field.getType().isPrimitive() && field.get(renewed) == null) {
        field.set(renewed, injected);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(
          "the field " + field + " can't be read: open its package to io.fermata.junit.", e);
    }
  }
}
