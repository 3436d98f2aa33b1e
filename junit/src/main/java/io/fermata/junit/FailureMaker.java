package io.fermata.junit;

import java.lang.reflect.Constructor;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.ReflectionSupport;

/** Makes the failures that are injected, of the class that the user asks for. */
final class FailureMaker {
  private final Class<? extends Throwable> type;

  FailureMaker(Class<? extends Throwable> type) {
    this.type = type;
    try {
      make("tried out");
    } catch (Exception e) {
      throw new ExtensionConfigurationException(
          "no "
              + type.getSimpleName()
              + " can be made to be injected: give it a constructor that takes a message, or"
              + " nothing.",
          e);
    }
  }

  Throwable make(String message) {
    if (type == InjectedFailure.class) {
      return new InjectedFailure(message);
    }
    for (Constructor<?> each : type.getDeclaredConstructors()) {
      if (each.getParameterCount() == 1 && each.getParameterTypes()[0] == String.class) {
        return ReflectionSupport.newInstance(type, message);
      }
    }
    return ReflectionSupport.newInstance(type);
  }
}
