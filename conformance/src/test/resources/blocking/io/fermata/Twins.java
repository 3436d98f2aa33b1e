package io.fermata;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;

/** What the twins of the blocking world do: call the template. */
public final class Twins {
  private Twins() {}

  public static Object instance(Object self) {
    return Objects.requireNonNull(self, "self");
  }

  public static <T, X extends Throwable> ThrowingCoro<T, X> coro(
      Class<?> owner, String name, Class<?>[] types, Object self, Object... arguments) {
    return new ThrowingCoro<>(() -> Twins.<T>call(owner, name, types, self, arguments));
  }

  public static <T> AsyncGenerator<T> asyncGenerator(
      Class<?> owner, String name, Class<?>[] types, Object self, Object... arguments) {
    return new AsyncGenerator<>(handover(owner, name, types, self, arguments));
  }

  public static <T> Generator<T> generator(
      Class<?> owner, String name, Class<?>[] types, Object self, Object... arguments) {
    return new Generator<>(handover(owner, name, types, self, arguments));
  }

  private static <T> Handover<T> handover(
      Class<?> owner, String name, Class<?>[] types, Object self, Object... arguments) {
    return new Handover<>(
        out -> {
          Object[] all = new Object[arguments.length + 1];
          all[0] = out;
          System.arraycopy(arguments, 0, all, 1, arguments.length);
          call(owner, name, types, self, all);
        });
  }

  @SuppressWarnings("unchecked")
  private static <T> T call(
      Class<?> owner, String name, Class<?>[] types, Object self, Object... arguments)
      throws Throwable {
    Method method = owner.getDeclaredMethod(name, types);
    method.setAccessible(true);
    try {
      return (T) method.invoke(self, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
