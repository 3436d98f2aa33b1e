package io.fermata.processor.ecj;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** An object of ECJ's, whose classes are there only where ECJ runs. */
record EcjObject(Object target) {

  /** What a field holds that is never null. */
  EcjObject field(String name) {
    return new EcjObject(requireNonNull(value(name), name));
  }

  /** What a field holds, whatever its access is. */
  @Nullable Object value(String name) {
    try {
      return find(name).get(target);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw unknown(name, e);
    }
  }

  /** Sets a field. */
  void set(String name, Object value) {
    try {
      find(name).set(target, value);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw unknown(name, e);
    }
  }

  /** What a method returns that never returns null. */
  EcjObject call(String name, @Nullable Object... arguments) {
    return new EcjObject(requireNonNull(result(name, arguments), name));
  }

  /** Calls the public method of that name that takes these arguments. */
  @Nullable Object result(String name, @Nullable Object... arguments) {
    try {
      return find(name, arguments).invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw unknown(name, e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw unknown(name, e);
    }
  }

  private Field find(String name) throws NoSuchFieldException {
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      for (Field each : type.getDeclaredFields()) {
        if (each.getName().equals(name)) {
          each.setAccessible(true);
          return each;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  private Method find(String name, @Nullable Object... arguments) throws NoSuchMethodException {
    for (Method each : target.getClass().getMethods()) {
      if (each.getName().equals(name) && takes(each.getParameterTypes(), arguments)) {
        each.setAccessible(true);
        return each;
      }
    }
    throw new NoSuchMethodException(name);
  }

  private static boolean takes(Class<?>[] parameters, @Nullable Object... arguments) {
    for (int i = 0; i < Math.min(parameters.length, arguments.length); i++) {
      boolean isTaken = arguments[i] == null || wrapped(parameters[i]).isInstance(arguments[i]);
      if (!isTaken) {
        return false;
      }
    }
    return parameters.length == arguments.length;
  }

  private static Class<?> wrapped(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  private UnknownEcjException unknown(String member, @Nullable Throwable cause) {
    return new UnknownEcjException(target.getClass().getName() + "." + member, cause);
  }
}
